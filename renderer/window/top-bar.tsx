import { Ellipsis, ListTree, PanelLeft, SquarePen, X } from 'lucide-react'
import type { Command, CommandId } from '../commands/command.ts'
import { IconButton } from '../design/icon-button.tsx'
import { ButtonMenu, type MenuGroups } from '../design/menu.tsx'
import { titleOr } from '../library/shown-title.ts'
import { PeopleList } from '../presence/people-list.tsx'
import { ShareButton } from '../sharing/share-button.tsx'
import { t } from '../strings/t.ts'
import { useObserved } from './observable.ts'
import type { WindowModel } from './window-model.ts'

export interface TopBarProps {
  readonly model: WindowModel
  /** Whether the library is out of sight. */
  readonly bare: boolean
  commands(): readonly Command[]
}

const MORE: readonly (readonly CommandId[])[] = [
  ['find.show', 'find.replace', 'view.counts', 'view.focus', 'view.typewriter'],
  ['document.rename', 'document.reveal', 'document.openInWindow'],
  ['document.share', 'document.yjs'],
  ['document.export', 'document.print'],
  ['document.trash'],
]

/** Above the page: where the document is, and what can be done with it. */
export function TopBar({ model, bare, commands }: TopBarProps) {
  const documentId = useObserved(model.documentId)
  const aids = useObserved(model.aids)
  // What the menu offers depends on these two; typing changes neither.
  useObserved(model.library)
  useObserved(model.state, (state) => state?.mode)
  const focused = useObserved(model.settings, (settings) => settings !== null && settings.focus !== 'off')
  useObserved(model.panelOver)
  useObserved(model.panelNarrow)
  const panel = useObserved(model.settings, () => model.panelShown())
  const groups = moreGroups(commands())
  const run = (id: CommandId) =>
    commands()
      .find((command) => command.id === id)
      ?.run()

  return (
    <header className="topbar chrome" aria-label={t('window.toolbar')} data-region>
      {bare && (
        <>
          <IconButton icon={PanelLeft} label={t('library.show')} shortcut="Mod+\" onClick={() => run('view.library')} />
          <IconButton icon={SquarePen} label={t('library.new')} shortcut="Mod+N" onClick={() => run('document.new')} />
        </>
      )}
      {documentId === null ? <span className="grow" /> : <DocumentPath model={model} />}
      {aids !== null && <PeopleList presence={aids.presence} />}
      {focused && <IconButton icon={X} label={t('focus.leave')} onClick={() => model.setFocus('off')} />}
      {documentId !== null && <ShareButton model={model} />}
      {documentId !== null && (
        <IconButton
          icon={ListTree}
          label={t('panel.outline')}
          shortcut="Mod+Shift+O"
          aria-pressed={panel === 'outline'}
          onClick={() => run('view.outline')}
        />
      )}
      {documentId !== null && (
        <ButtonMenu label={t('window.more')} groups={groups}>
          <button type="button" className="button button--quiet button--icon" aria-label={t('window.more')}>
            <Ellipsis className="icon" />
          </button>
        </ButtonMenu>
      )}
    </header>
  )
}

function DocumentPath({ model }: { readonly model: WindowModel }) {
  const title = useObserved(model.title)
  const folder = useObserved(model.state, (state) => state?.file.folder ?? '')
  return (
    <div className="topbar__path">
      {folder !== '' && (
        <>
          <span className="topbar__folder">{folder.replaceAll('/', ' / ')}</span>
          <span className="sep topbar__folder" aria-hidden="true">
            /
          </span>
        </>
      )}
      <b className="clip" dir="auto">
        {title === null ? '' : titleOr(title)}
      </b>
    </div>
  )
}

/** The commands of the menu that can be done now. */
function moreGroups(commands: readonly Command[]): MenuGroups {
  return MORE.map((ids) =>
    ids.flatMap((id) => {
      const command = commands.find((each) => each.id === id)
      if (!command || command.unavailable !== '') return []
      const { title, icon, shortcut, run } = command
      return [{ label: title, icon, shortcut, danger: id === 'document.trash', run }]
    }),
  ).filter((entries) => entries.length > 0)
}
