import { t } from '../strings/t.ts'
import type { LibraryPlace } from './library-place.ts'

export interface EmptyListProps {
  readonly query: string
  readonly place: LibraryPlace
  /** False while the folder is still being looked through. */
  readonly complete: boolean
}

/** What a list without rows says: one thing to know. */
export function EmptyList({ query, place, complete }: EmptyListProps) {
  const words = wordsFor(query, place, complete)
  if (!words) return null
  return (
    <div className="empty">
      <p className="strong">{words.title}</p>
      {words.help !== '' && <p>{words.help}</p>}
    </div>
  )
}

function wordsFor(query: string, place: LibraryPlace, complete: boolean): { title: string; help: string } | null {
  if (query !== '') return { title: t('library.nothingFound', query), help: t('library.nothingFoundHelp') }
  if (!complete) return { title: t('library.looking'), help: '' }
  switch (place.kind) {
    case 'trash':
      return { title: t('library.trashEmpty'), help: t('library.trashEmptyHelp') }
    case 'folder':
      return { title: t('library.folderEmpty'), help: t('library.folderEmptyHelp') }
    case 'all':
      return null
  }
}
