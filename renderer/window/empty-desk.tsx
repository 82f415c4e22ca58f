import { FolderOpen, RotateCcwKey, SquarePen, UsersRound } from 'lucide-react'
import { shortcutWords } from '../commands/shortcut.ts'
import type { LibraryActions } from '../library/library-actions.ts'
import { t } from '../strings/t.ts'

export interface EmptyDeskProps {
  /** Name of the library folder when it holds nothing, else null. */
  readonly emptyFolder: string | null
  readonly actions: LibraryActions
  onJoin(): void
  onRestore(): void
}

/** What stands in place of a page: the one thing to do next. */
export function EmptyDesk({ emptyFolder, actions, onJoin, onRestore }: EmptyDeskProps) {
  return (
    <div className="quiet-center chrome">
      <h1>{emptyFolder === null ? t('noDocument.title') : t('empty.title')}</h1>
      <p>{emptyFolder === null ? t('noDocument.text') : t('empty.text', emptyFolder)}</p>
      <div className="quiet-center__actions">
        <button type="button" className="button button--primary" onClick={() => actions.create()}>
          <SquarePen className="icon" />
          {t('library.new')}
          <span className="key">{shortcutWords('Mod+N')}</span>
        </button>
        {emptyFolder !== null && (
          <button type="button" className="button" onClick={() => actions.chooseFolder()}>
            <FolderOpen className="icon" />
            {t('empty.folder')}
          </button>
        )}
        <button type="button" className="button" onClick={onJoin}>
          <UsersRound className="icon" />
          {t('command.join')}
        </button>
      </div>
      {emptyFolder !== null && (
        <button type="button" className="button button--quiet quiet-center__more" onClick={onRestore}>
          <RotateCcwKey className="icon" />
          {t('command.restoreWords')}
        </button>
      )}
    </div>
  )
}
