/** The timeline of a document: who wrote when and how much, in sittings that pauses part from each other. */
import type { Entry } from '../log/list-entries.ts'
import type { Author } from './authors.ts'

export interface Sitting {
  readonly author: Author
  /** Seconds since 1970, by the author's clock; null when no time was kept. */
  readonly began: number | null
  readonly ended: number | null
  /** The moment after its last edit: so many edits of the document had been made, by anybody. */
  readonly moment: number
  readonly edits: number
  /** UTF-16 units of text that came in, and that went. */
  readonly charactersInserted: number
  readonly charactersDeleted: number
}

/** Seconds without an edit after which somebody is taken to have come back. */
const PAUSE = 15 * 60

/** `edits` in time order. Sittings in the order in which they ended. */
export function sittings(
  edits: readonly Pick<Entry, 'writer' | 'time' | 'charactersInserted' | 'charactersDeleted'>[],
  authors: ReadonlyMap<string, Author>,
): Sitting[] {
  const open = new Map<string, Sitting>()
  const done: Sitting[] = []
  for (const [index, edit] of edits.entries()) {
    const author = authors.get(edit.writer) ?? { key: edit.writer, name: null }
    const sitting = open.get(author.key)
    const goesOn = sitting !== undefined && isSoon(sitting.ended, edit.time)
    if (sitting !== undefined && !goesOn) done.push(sitting)
    const before = goesOn ? sitting : { began: edit.time, edits: 0, charactersInserted: 0, charactersDeleted: 0 }
    open.set(author.key, {
      author,
      began: before.began,
      ended: edit.time,
      moment: index + 1,
      edits: before.edits + 1,
      charactersInserted: before.charactersInserted + edit.charactersInserted,
      charactersDeleted: before.charactersDeleted + edit.charactersDeleted,
    })
  }
  return [...done, ...open.values()].sort((a, b) => a.moment - b.moment)
}

/** A clock that was set back makes no pause. */
function isSoon(before: number | null, after: number | null): boolean {
  return before === null || after === null || after - before <= PAUSE
}
