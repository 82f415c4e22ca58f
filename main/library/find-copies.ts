/** Of several files with one document id, tells the document's own file from its copies. Computes only. */
import type { DocumentId } from '../../shared/ids.ts'
import { conflictOriginals } from './conflict-name.ts'
import type { IndexRow } from './library-index.ts'

export interface Copy {
  readonly row: IndexRow
  readonly original: IndexRow
  /** Named by a sync provider as a second version of the original: to be merged and set aside without asking. */
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
  return [...byDocument].flatMap(([documentId, same]) => {
    if (same.length < 2) return []
    const place = placeOf(documentId)
    const paths = new Set(same.map((row) => row.path))
    const original =
      same.find((row) => row.path === place) ??
      same.find((row) => !conflictOriginals(row.path).some((path) => paths.has(path))) ??
      same[0]
    if (original === undefined) return []
    return same
      .filter((row) => row !== original)
      .map((row) => ({ row, original, conflict: conflictOriginals(row.path).includes(original.path) }))
  })
}
