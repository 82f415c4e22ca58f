import type { LibraryEntry, LibraryOrder, LibraryView } from '../../shared/ipc/contract.ts'
import { locale } from '../strings/t.ts'
import { isInFolder } from './folders.ts'
import { shownTitle } from './shown-title.ts'

/** What the list shows: all documents, one folder with the folders inside it, or the trash. */
export type LibraryPlace =
  | { readonly kind: 'all' }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'trash' }

/** The rows of a place, in order. The library comes last changed first. */
export function entriesAt(view: LibraryView, place: LibraryPlace, order: LibraryOrder): readonly LibraryEntry[] {
  if (place.kind === 'trash') return view.trash
  const here = place.kind === 'all' ? view.entries : view.entries.filter((entry) => isInFolder(entry, place.folder))
  if (order === 'changed') return here
  const byTitle = new Intl.Collator(locale(), { numeric: true })
  return [...here].sort((a, b) => byTitle.compare(shownTitle(a), shownTitle(b)))
}
