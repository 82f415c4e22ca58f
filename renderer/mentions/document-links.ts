/** What a page reaches beyond itself: other documents by their ids, and the clipboard for where a link leads. */
import type { DocumentId } from '../../shared/ids.ts'
import type { LibraryEntry, LibraryView } from '../../shared/ipc/contract.ts'
import type { Observable } from '../window/observable.ts'

export interface DocumentLinks {
  /** Null until the window knows its library. */
  readonly library: Observable<LibraryView | null>
  /** Opens a document, or says why it can't be; `label` is what to call one nobody knows. */
  open(documentId: DocumentId, label: string, inNewWindow: boolean): void
  /** Makes an empty document and answers its id when the library has it; null when that failed, which the person was told. */
  create(title: string): Promise<DocumentId | null>
  /** Puts an address on the clipboard and says so. */
  copyAddress(href: string): void
  /** Brings a document back from the trash. */
  restore(entry: LibraryEntry): void
}

/** What the library knows of a document: its row, or why there is none. */
export type KnownDocument =
  | { readonly kind: 'here' | 'trashed'; readonly entry: LibraryEntry }
  | { readonly kind: 'absent' }
  /** The library is still being looked through. */
  | { readonly kind: 'unknown' }

const rowsOf = new WeakMap<LibraryView, ReadonlyMap<DocumentId, KnownDocument>>()

/** Looks a document up by its id. A page with thousands of mentions asks for each whenever the library changes. */
export function knownDocument(view: LibraryView | null, documentId: DocumentId | null): KnownDocument {
  if (view === null) return { kind: 'unknown' }
  let rows = rowsOf.get(view)
  if (rows === undefined) {
    rows = new Map([...rowsByDocument(view.trash, 'trashed'), ...rowsByDocument(view.entries, 'here')])
    rowsOf.set(view, rows)
  }
  const known = documentId === null ? undefined : rows.get(documentId)
  return known ?? { kind: view.complete ? 'absent' : 'unknown' }
}

/** Of several rows with one id, a copy stands back behind the document itself. */
function rowsByDocument(entries: readonly LibraryEntry[], kind: 'here' | 'trashed'): [DocumentId, KnownDocument][] {
  return [...entries]
    .sort((a, b) => Number(b.problem === 'copy') - Number(a.problem === 'copy'))
    .flatMap((entry) => (entry.documentId === null ? [] : [[entry.documentId, { kind, entry }]]))
}
