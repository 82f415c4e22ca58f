import { memo } from 'react'
import { t } from '../strings/t.ts'
import { HighlightedLine } from '../text/highlighted.tsx'
import type { FoundEntry } from './filter-entries.ts'
import type { LibraryActions } from './library-actions.ts'
import { shownTitle } from './shown-title.ts'

export interface TrashRowProps {
  readonly found: FoundEntry
  readonly index: number
  readonly tabbable: boolean
  readonly actions: LibraryActions
}

/** Characters that fit into a row's two lines, about. */
const ROOM = { title: 22, words: 28 } as const

/** One document in the trash, and the way back. */
export const TrashRow = memo(function TrashRow({ found, index, tabbable, actions }: TrashRowProps) {
  const { entry } = found
  const title = shownTitle(entry)
  return (
    <div className="library-item library-item--trashed">
      <span
        dir="auto"
        className={`library-item__title clip ${entry.title.trim() === '' ? 'library-item__title--none' : ''}`}
      >
        <HighlightedLine room={ROOM.title} text={title} ranges={found.inTitle} />
      </span>
      <span className="library-item__words clip" dir="auto">
        {entry.firstWords === '' ? (
          t('library.noText')
        ) : (
          <HighlightedLine room={ROOM.words} text={entry.firstWords} ranges={found.inWords} />
        )}
      </span>
      <button
        type="button"
        className="button button--small library-item__restore"
        data-row={index}
        tabIndex={tabbable ? 0 : -1}
        aria-label={t('library.restoreTitle', title)}
        onClick={() => actions.restore(entry)}
      >
        {t('library.restore')}
      </button>
    </div>
  )
})
