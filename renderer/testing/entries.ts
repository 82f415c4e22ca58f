/** Tiny builders of library rows, for tests. */
import type { LibraryEntry, LibraryView } from '../../shared/ipc/contract.ts'

let made = 0

export function entry(title: string, facts: Partial<LibraryEntry> = {}): LibraryEntry {
  made += 1
  return {
    id: `entry-${made}`,
    documentId: made.toString(16).padStart(64, '0'),
    title,
    fileName: title === '' ? `Untitled ${made}` : title,
    folder: '',
    firstWords: '',
    words: 0,
    changedAt: Date.now(),
    problem: null,
    ...facts,
  }
}

export function library(entries: readonly LibraryEntry[], facts: Partial<LibraryView> = {}): LibraryView {
  return { name: 'Writing', path: '/home/alice/Writing', entries, trash: [], complete: true, ...facts }
}
