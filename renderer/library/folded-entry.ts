import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import { fold } from '../text/fold.ts'
import { shownTitle } from './shown-title.ts'

export interface FoldedEntry {
  readonly title: string
  readonly firstWords: string
}

const FOLDED = new WeakMap<LibraryEntry, FoldedEntry>()

/** An entry's words as they are compared, folded once: ten thousand rows are looked through at each key. */
export function foldedEntry(entry: LibraryEntry): FoldedEntry {
  const known = FOLDED.get(entry)
  if (known) return known
  const made = { title: fold(shownTitle(entry)), firstWords: fold(entry.firstWords) }
  FOLDED.set(entry, made)
  return made
}
