import { GripVertical, ImageIcon, Pilcrow, Table2 } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useRef } from 'react'
import { ActionItems, SubMenu } from '../editor/action-items.tsx'
import { blockActions } from '../editor/actions/block-actions.ts'
import { kindActions } from '../editor/actions/kind-actions.ts'
import { linkActions } from '../editor/actions/link-actions.ts'
import type { PageAction } from '../editor/actions/page-action.ts'
import { FIRST_OF_GROUP, tableActions } from '../editor/actions/table-actions.ts'
import type { SpellingWatch } from '../spelling/spelling-watch.ts'
import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import { ClipboardItems } from './clipboard-items.tsx'
import type { PageMenuActions } from './page-menu-actions.ts'
import type { PageMenu, PageMenuTarget } from './page-menu.ts'
import { SpellingItems } from './spelling-items.tsx'
import './page-menu.css'
import { handFocusOver } from '../design/hand-focus-over.ts'

export interface PageMenuListProps {
  readonly menu: PageMenu
  readonly spelling: SpellingWatch
  readonly actions: PageMenuActions
  /** Adds a word to the person's own dictionary. */
  onLearn(word: string): void
}

const GAP = 4

/** The menu of a right click on the page, the menu key or Shift+F10. */
export function PageMenuList(props: PageMenuListProps) {
  const { menu, actions } = props
  const target = useObserved(menu.target)
  /** Where it was opened last: it is drawn there until it is gone. */
  const last = useRef<PageMenuTarget | null>(null)
  const chosen = useRef<(() => void) | null>(null)
  const giveFocusBack = handFocusOver(actions.focusPage)
  last.current = target ?? last.current
  if (last.current === null) return null
  return (
    <DropdownMenu.Root modal={false} open={target !== null} onOpenChange={(open) => !open && menu.close()}>
      <DropdownMenu.Trigger asChild>
        <span
          className="page-menu__place"
          aria-hidden="true"
          aria-label={t('menu.page')}
          style={{ left: last.current.left, top: last.current.top }}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu menu--tall chrome"
          aria-label={t('menu.page')}
          side="right"
          align="start"
          // Beside the pointer: the button that opened it is released on nothing.
          sideOffset={GAP / 2}
          collisionPadding={GAP}
          onCloseAutoFocus={(event) => {
            giveFocusBack(event)
            const run = chosen.current
            chosen.current = null
            if (run !== null) setTimeout(run, 0)
          }}
        >
          <PageMenuItems
            {...props}
            target={last.current}
            // Only after the menu is gone and the page has the keyboard again: the clipboard asks who has it.
            choose={(run) => {
              chosen.current = run
            }}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface PageMenuItemsProps extends PageMenuListProps {
  readonly target: PageMenuTarget
  choose(run: () => void): void
}

function PageMenuItems({ menu, spelling, actions, onLearn, target, choose }: PageMenuItemsProps) {
  const { misspelling } = target
  const onLink = linkActions.some((action) => action.id === 'text.removeLink' && actions.can(action))
  const links = linkActions.filter(
    (action) => (action.id !== 'text.link' || onLink || actions.hasSelection()) && actions.can(action),
  )
  const act = (action: PageAction) => choose(() => actions.act(action))
  const only = (list: readonly PageAction[]) =>
    list.filter((action) => !action.id.endsWith('Menu') && actions.can(action))
  const [blocks, kinds, tables] = [only(blockActions), only(kindActions), only(tableActions)]
  return (
    <>
      {misspelling !== null && (
        <SpellingItems
          menu={menu}
          onReplace={(word) => choose(() => menu.replace(misspelling, word))}
          onLearn={() => choose(() => onLearn(misspelling.word))}
          onIgnore={() => choose(() => spelling.ignore(misspelling.word))}
        />
      )}
      {links.length > 0 && (
        <>
          <ActionItems actions={links} act={act} />
          <DropdownMenu.Separator className="menu__rule" />
        </>
      )}
      {actions.hasPicture() && (
        <>
          <DropdownMenu.Item className="menu__item" onSelect={() => choose(() => actions.describePicture())}>
            <ImageIcon className="icon" />
            {t('menu.imageDescription')}
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu__rule" />
        </>
      )}
      <ClipboardItems actions={actions} choose={choose} />
      {blocks.length > 0 && (
        <>
          <DropdownMenu.Separator className="menu__rule" />
          {tables.length > 0 && (
            <SubMenu icon={Table2} label={t('menu.table')}>
              <ActionItems actions={tables} firstOfGroup={FIRST_OF_GROUP} act={act} />
            </SubMenu>
          )}
          {kinds.length > 0 && (
            <SubMenu icon={Pilcrow} label={t('block.turnInto')}>
              <ActionItems actions={kinds} act={act} />
            </SubMenu>
          )}
          <SubMenu icon={GripVertical} label={t('menu.block')}>
            <ActionItems actions={blocks} act={act} />
          </SubMenu>
        </>
      )}
    </>
  )
}
