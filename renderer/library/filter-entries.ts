/** The rows of the library that a few typed words leave over. */
import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import { fold } from '../text/fold.ts'
import { findAll, type Range } from '../text/ranges.ts'
import { foldedEntry } from './folded-entry.ts'

/** A row with the places to mark in it. */
export interface FoundEntry {
  readonly entry: LibraryEntry
  readonly inTitle: readonly Range[]
  readonly inWords: readonly Range[]
}

const NOWHERE: readonly Range[] = []

/** The entries that have every word of the query in their title or first words, in the order given. */
export function filterEntries(entries: readonly LibraryEntry[], query: string): readonly FoundEntry[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries.map((entry) => ({ entry, inTitle: NOWHERE, inWords: NOWHERE }))
  const found: FoundEntry[] = []
  for (const entry of entries) {
    const { title, firstWords } = foldedEntry(entry)
    if (!words.every((word) => title.includes(word) || firstWords.includes(word))) continue
    // Asked for only by the few rows in sight.
    found.push({
      entry,
      get inTitle() {
        return findAll(title, words)
      },
      get inWords() {
        return findAll(firstWords, words)
      },
    })
  }
  return found
}
