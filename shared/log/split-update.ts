/** Splits one update into several that together say the same, each small enough for a record. */
import { MAX_RECORD_PARTS, partsOf } from './update-bounds.ts'
import {
  type DeleteRange,
  encodeUpdate,
  KIND,
  kindOf,
  parseUpdate,
  sliceText,
  type UpdateStruct,
  type YjsUpdate,
} from './yjs-update.ts'

/** Bytes one record should hold; a single value that is larger can't be cut. */
const MAX_RECORD_UPDATE = 192 * 1024
/** Bytes that a deleted range takes at most. */
const RANGE = 16

/** Parts in the order they must be folded; deletions come last. An update within bounds comes back alone. */
export function splitUpdate(
  bytes: Uint8Array,
  maxBytes = MAX_RECORD_UPDATE,
  maxParts = MAX_RECORD_PARTS,
): Uint8Array[] {
  const update = parseUpdate(bytes)
  if (bytes.length <= maxBytes && partsOf(update) <= maxParts) return [bytes]

  const parts: Uint8Array[] = []
  for (const [client, list] of [...update.structs].sort(([a], [b]) => b - a)) {
    let part: UpdateStruct[] = []
    let size = 0
    const flush = (): void => {
      if (part.length > 0) parts.push(encodeUpdate({ structs: new Map([[client, part]]), deletes: new Map() }))
      part = []
      size = 0
    }
    for (const piece of list.flatMap((struct) => pieces(client, struct, Math.floor(maxBytes / 4)))) {
      // 64 covers a struct's ids and parent key; text counts at most three bytes a UTF-16 unit.
      const cost = 64 + (piece.text === null ? piece.content.length : piece.text.length * 3)
      if (part.length > 0 && (size + cost > maxBytes || part.length >= maxParts)) flush()
      part.push(piece)
      size += cost
    }
    flush()
  }
  return [...parts, ...splitDeletes(update, Math.max(1, Math.min(maxParts, Math.floor(maxBytes / RANGE))))]
}

function splitDeletes({ deletes }: YjsUpdate, maxRanges: number): Uint8Array[] {
  const ranges = [...deletes].flatMap(([client, list]) => list.map((range) => [client, range] as const))
  const parts: Uint8Array[] = []
  for (let from = 0; from < ranges.length; from += maxRanges) {
    const part = new Map<number, DeleteRange[]>()
    for (const [client, range] of ranges.slice(from, from + maxRanges)) {
      const known = part.get(client)
      if (known === undefined) part.set(client, [range])
      else known.push(range)
    }
    parts.push(encodeUpdate({ structs: new Map(), deletes: part }))
  }
  return parts
}

/** Cuts long text, never between the halves of a surrogate pair: the bytes of half a character would be lost. */
function pieces(client: number, struct: UpdateStruct, maxLength: number): UpdateStruct[] {
  if (kindOf(struct) !== KIND.string || struct.text === null || struct.length <= maxLength) return [struct]
  let cut = maxLength
  const unit = struct.text.charCodeAt(cut - 1)
  if (unit >= 0xd800 && unit <= 0xdbff) cut -= 1
  const head: UpdateStruct = { ...struct, text: struct.text.slice(0, cut), length: cut }
  return [head, ...pieces(client, sliceText(client, struct, cut), maxLength)]
}
