/** Splits one update into several that together say the same, each small enough for a record. */
import { encodeUpdate, KIND, kindOf, parseUpdate, sliceText, type UpdateStruct } from './yjs-update.ts'

/** Bytes and structs one record may hold; the relay's frame and every reader's decoding limit build on them. */
export const MAX_RECORD_UPDATE = 192 * 1024
export const MAX_RECORD_STRUCTS = 40_000

/** Parts in the order they must be folded; deletions come with the last. An update within bounds comes back alone. */
export function splitUpdate(
  bytes: Uint8Array,
  maxBytes = MAX_RECORD_UPDATE,
  maxStructs = MAX_RECORD_STRUCTS,
): Uint8Array[] {
  const update = parseUpdate(bytes)
  let count = 0
  for (const list of update.structs.values()) count += list.length
  if (bytes.length <= maxBytes && count <= maxStructs) return [bytes]

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
      if (part.length > 0 && (size + cost > maxBytes || part.length >= maxStructs)) flush()
      part.push(piece)
      size += cost
    }
    flush()
  }
  if (update.deletes.size > 0) parts.push(encodeUpdate({ structs: new Map(), deletes: update.deletes }))
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
