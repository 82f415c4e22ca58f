/**
 * Joins the updates one writer captured, in the order they were made, into one canonical update.
 *
 * Letters typed one after the other become one struct, exactly as Yjs itself would encode them after the fact. This is
 * linear in the input, where `Y.mergeUpdates` is quadratic and joins nothing; and it ships only what was captured,
 * where `encodeStateAsUpdate` ships the whole delete set.
 */
import {
  type DeleteRange,
  encodeUpdate,
  joinRanges,
  KIND,
  kindOf,
  parseUpdate,
  sliceText,
  type UpdateStruct,
  type YjsUpdate,
} from './yjs-update.ts'

/** Throws `RangeError` when an update is malformed, or out of order: after a gap, or before the first one. */
export function joinUpdates(updates: readonly Uint8Array[]): Uint8Array {
  return encodeUpdate(joinParsed(updates.map((update) => parseUpdate(update))))
}

export function joinParsed(updates: readonly YjsUpdate[]): YjsUpdate {
  const structs = new Map<number, UpdateStruct[]>()
  const deletes = new Map<number, DeleteRange[]>()
  for (const update of updates) {
    for (const [client, list] of update.structs) {
      let joined = structs.get(client)
      if (joined === undefined) structs.set(client, (joined = []))
      for (const struct of list) append(client, joined, struct)
    }
    for (const [client, ranges] of update.deletes) deletes.set(client, [...(deletes.get(client) ?? []), ...ranges])
  }
  for (const [client, list] of structs) structs.set(client, joinText(client, list))
  for (const [client, ranges] of deletes) deletes.set(client, joinRanges(ranges))
  return { structs, deletes }
}

/** Appends a struct unless it is held already: a window resends what it is not sure was saved. */
function append(client: number, list: UpdateStruct[], struct: UpdateStruct): void {
  const last = list.at(-1)
  const next = last === undefined ? struct.clock : last.clock + last.length
  if (struct.clock > next) throw new RangeError('The update leaves a gap after the one before it.')
  if (struct.clock < (list[0]?.clock ?? next)) throw new RangeError('The update comes after one that builds on it.')
  if (struct.clock + struct.length <= next) return
  list.push(struct.clock === next ? struct : sliceText(client, struct, next - struct.clock))
}

/** Joins runs of text that continue each other. Collects first, concatenates once: linear also for a long run. */
function joinText(client: number, list: readonly UpdateStruct[]): UpdateStruct[] {
  const joined: UpdateStruct[] = []
  let run: { first: UpdateStruct; parts: string[]; end: number } | null = null
  const flush = (): void => {
    if (run === null) return
    const text = run.parts.length === 1 ? (run.parts[0] ?? '') : run.parts.join('')
    joined.push({ ...run.first, text, length: text.length })
    run = null
  }
  for (const struct of list) {
    if (struct.text === null) {
      flush()
      joined.push(struct)
    } else if (run !== null && continues(client, run.first, run.end, struct)) {
      run.parts.push(struct.text)
      run.end += struct.length
    } else {
      flush()
      run = { first: struct, parts: [struct.text], end: struct.clock + struct.length }
    }
  }
  flush()
  return joined
}

function continues(client: number, first: UpdateStruct, end: number, next: UpdateStruct): boolean {
  return (
    kindOf(next) === KIND.string &&
    next.origin !== null &&
    next.origin.client === client &&
    next.origin.clock === end - 1 &&
    next.clock === end &&
    sameId(first.rightOrigin, next.rightOrigin) &&
    // Text that hangs from a map key has that bit in its info; such items are never neighbours.
    (first.info & 0x20) === (next.info & 0x20)
  )
}

function sameId(a: UpdateStruct['rightOrigin'], b: UpdateStruct['rightOrigin']): boolean {
  return a === b || (a !== null && b !== null && a.client === b.client && a.clock === b.clock)
}
