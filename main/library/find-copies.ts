/** Of several files with one document id, tells the document's own file from its copies. Computes only. */
import path from 'node:path'
import type { DocumentId } from '../../shared/ids.ts'
import { conflictNames, pathKey } from './conflict-name.ts'
import type { IndexRow } from './library-index.ts'

export interface Copy {
  readonly row: IndexRow
  readonly original: IndexRow
  /** Named by a sync program as a second version of the original: to be merged and set aside without asking. */
  readonly conflict: boolean
}

/** `placeOf`: the path of the document's own file, as far as it is settled. Rows come in the order they were first seen. */
export function findCopies(rows: readonly IndexRow[], placeOf: (documentId: DocumentId) => string | null): Copy[] {
  const byDocument = new Map<DocumentId, IndexRow[]>()
  for (const row of rows) {
    const documentId = row.summary?.documentId
    if (documentId === undefined) continue
    byDocument.set(documentId, [...(byDocument.get(documentId) ?? []), row])
  }
  // Whatever stands there: a file that can't be read just now is still the one that a conflict name speaks of.
  const standing = new Set(rows.map((row) => pathKey(row.path)))
  return [...byDocument].flatMap(([documentId, same]) => {
    if (same.length < 2) return []
    const original = originalOf(same, placeOf(documentId))
    return same
      .filter((row) => row !== original)
      .map((row) => ({ row, original, conflict: isConflictCopy(row.path, original.path, standing) }))
  })
}

function originalOf(same: readonly IndexRow[], place: string | null): IndexRow {
  const named = (row: IndexRow, onlyCertain: boolean): IndexRow | undefined => {
    const keys = conflictNames(row.path)
      .filter((name) => name.certain || !onlyCertain)
      .map((name) => pathKey(name.original))
    return same.find((other) => other !== row && keys.includes(pathKey(other.path)))
  }
  const settled = same.find((row) => row.path === place)
  // The file itself was away while its conflict copy was there, and stood in for it: now it is back.
  if (settled !== undefined) return named(settled, true) ?? settled
  return same.find((row) => named(row, false) === undefined) ?? (same[0] as IndexRow)
}

function isConflictCopy(file: string, original: string, standing: ReadonlySet<string>): boolean {
  const names = conflictNames(file)
  if (names.some((name) => pathKey(name.original) === pathKey(original))) return true
  // The document's file has another name by now: the id says whose copy it is, if no other file claims the name.
  const isBeside = path.dirname(file) === path.dirname(original)
  return isBeside && names.some((name) => name.certain) && !names.some((name) => standing.has(pathKey(name.original)))
}
