import type { LibraryEntry } from '../../shared/ipc/contract.ts'
import { t } from '../strings/t.ts'

/** What a row is called: its title; a file that can't be read goes by its file name. */
export function shownTitle(entry: LibraryEntry): string {
  if (entry.title.trim() !== '') return entry.title
  return entry.documentId === null ? entry.fileName : t('untitled')
}

/** A file name without `.sheaf`, and the title it may serve as. */
export function titleOr(title: string): string {
  return title.trim() === '' ? t('untitled') : title
}
