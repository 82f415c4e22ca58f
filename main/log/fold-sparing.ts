/**
 * Folding one update after the other, for a log that Yjs chokes on as a whole: somebody who may write can sign words that
 * are well formed and still too much for it, nodes in each other ten thousand deep that are deleted at one stroke. What it
 * throws at is left out, and is the only thing that is: an update is put in when all it leans on is there, so that nobody
 * can have another's words blamed. Which are left out depends on the updates and their order alone.
 */
import * as Y from 'yjs'
import { parseUpdate, type StructId, type YjsUpdate } from '../../shared/log/yjs-update.ts'
import { FROM_LOG } from './fold.ts'

interface Entry {
  readonly bytes: Uint8Array
  readonly update: YjsUpdate
}

/** `make` gives an empty document. Each update is one that the log took in, or one of our own. */
export function foldSparing(updates: readonly Uint8Array[], make: () => Y.Doc): Y.Doc {
  let entries: readonly Entry[] = updates.map((bytes) => ({ bytes, update: parseUpdate(bytes) }))
  for (;;) {
    const doc = make()
    const odd = foldUntil(doc, entries)
    if (odd === null) return doc
    // Half of it may be in: begun anew without it.
    entries = entries.filter((entry) => entry !== odd)
  }
}

/** Answers the update Yjs threw at; what was folded by then is of no use. */
function foldUntil(doc: Y.Doc, entries: readonly Entry[]): Entry | null {
  let waiting = entries
  for (let before = -1; waiting.length !== before; ) {
    before = waiting.length
    const later: Entry[] = []
    for (const entry of waiting) {
      if (!stands(doc, entry.update)) later.push(entry)
      else if (!isFolded(doc, entry)) return entry
    }
    waiting = later
  }
  // These lean on what nobody has yet: Yjs keeps them until it comes.
  return waiting.find((entry) => !isFolded(doc, entry)) ?? null
}

function isFolded(doc: Y.Doc, { bytes }: Entry): boolean {
  try {
    Y.applyUpdate(doc, bytes, FROM_LOG)
    return true
  } catch {
    // Whatever it throws: it is asked to do nothing else than to read these.
    return false
  }
}

/** Whether all that an update leans on is in the document, or in the update before it. */
function stands(doc: Y.Doc, { structs, deletes }: YjsUpdate): boolean {
  const ends = new Map<number, number>()
  const end = (client: number): number => ends.get(client) ?? Y.getState(doc.store, client)
  for (const [client, list] of structs) {
    const [first, last] = [list[0], list.at(-1)]
    if (first === undefined || last === undefined) continue
    if (first.clock > end(client)) return false
    ends.set(client, Math.max(end(client), last.clock + last.length))
  }
  const isThere = (id: StructId): boolean => id.clock < end(id.client)
  for (const list of structs.values()) {
    for (const { origin, rightOrigin, parent } of list) {
      if (origin !== null && !isThere(origin)) return false
      if (rightOrigin !== null && !isThere(rightOrigin)) return false
      if (parent !== null && 'clock' in parent && !isThere(parent)) return false
    }
  }
  return [...deletes].every(([client, ranges]) => ranges.every(({ clock, length }) => clock + length <= end(client)))
}
