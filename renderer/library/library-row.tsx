import { ExternalLink, FileText, FolderSearch, PencilLine, Trash2 } from 'lucide-react'
import { type MouseEvent, memo } from 'react'
import { type MenuGroups, RightClickMenu } from '../design/menu.tsx'
import { t } from '../strings/t.ts'
import { HighlightedLine } from '../text/highlighted.tsx'
import { type Observable, useObserved } from '../window/observable.ts'
import type { FoundEntry } from './filter-entries.ts'
import type { LibraryActions } from './library-actions.ts'
import { ProblemMark } from './problem-mark.tsx'
import { RenameField } from './rename-field.tsx'
import { shownTitle, titleOr } from './shown-title.ts'
import { when, whenInFull } from './when.ts'

export interface LibraryRowProps {
  readonly found: FoundEntry
  readonly index: number
  /** Whether its document is on the page. */
  readonly current: boolean
  /** The open document's title as it is being written: the list is told of it a moment later. */
  readonly currentTitle: Observable<string | null>
  /** Whether Tab comes here. */
  readonly tabbable: boolean
  readonly renaming: boolean
  /** A moment of today, for saying when. */
  readonly now: number
  readonly actions: LibraryActions
  onRename(id: string | null): void
}

/** Characters that fit into a row's two lines, about. */
const ROOM = { title: 26, words: 38 } as const

/** One document in the list. */
export const LibraryRow = memo(function LibraryRow(props: LibraryRowProps) {
  const { found, index, current, currentTitle, tabbable, renaming, now, actions, onRename } = props
  const { entry } = found
  const writtenTitle = useObserved(currentTitle, (title) => (current ? title : null))
  const title = writtenTitle === null ? shownTitle(entry) : titleOr(writtenTitle)
  const untitled = (writtenTitle ?? entry.title).trim() === ''
  const inTitle = title === shownTitle(entry) ? found.inTitle : []

  if (renaming) {
    return (
      <RenameField
        title={writtenTitle ?? entry.title}
        onRename={(next) => void actions.rename(entry, next).then(() => onRename(null))}
        onCancel={() => onRename(null)}
      />
    )
  }

  const groups: MenuGroups = [
    [
      { label: t('command.open'), icon: FileText, shortcut: 'Enter', run: () => actions.open(entry, true) },
      { label: t('command.openInWindow'), icon: ExternalLink, run: () => actions.openInWindow(entry) },
    ],
    [
      { label: t('command.rename'), icon: PencilLine, shortcut: 'F2', run: () => onRename(entry.id) },
      { label: t('command.reveal'), icon: FolderSearch, run: () => actions.reveal(entry) },
    ],
    [{ label: t('command.trash'), icon: Trash2, shortcut: 'Delete', danger: true, run: () => actions.trash(entry) }],
  ]

  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey) actions.openInWindow(entry)
    else actions.open(entry, false)
  }

  return (
    <RightClickMenu label={title} groups={groups}>
      <button
        type="button"
        className="library-item"
        data-row={index}
        aria-current={current ? 'page' : undefined}
        tabIndex={tabbable ? 0 : -1}
        title={title}
        onClick={open}
        onDoubleClick={() => actions.open(entry, true)}
      >
        <span className={`library-item__title clip ${untitled ? 'library-item__title--none' : ''}`} dir="auto">
          <HighlightedLine room={ROOM.title} text={title} ranges={inTitle} />
        </span>
        <time
          className="library-item__when"
          dateTime={new Date(entry.changedAt).toISOString()}
          title={whenInFull(entry.changedAt)}
        >
          {when(entry.changedAt, now)}
        </time>
        <span className="library-item__words clip" dir="auto">
          {entry.firstWords === '' ? (
            t('library.noText')
          ) : (
            <HighlightedLine room={ROOM.words} text={entry.firstWords} ranges={found.inWords} />
          )}
        </span>
        {entry.problem && <ProblemMark problem={entry.problem} />}
      </button>
    </RightClickMenu>
  )
})
