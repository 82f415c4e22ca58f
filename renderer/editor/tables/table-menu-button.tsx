import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { Fragment } from 'react'
import { shortcutWords } from '../../commands/shortcut.ts'
import { t } from '../../strings/t.ts'
import { useObserved } from '../../window/observable.ts'
import type { PageActionId } from '../actions/page-action.ts'
import { tableActions } from '../actions/table-actions.ts'
import type { TableMenu } from './table-menu.ts'

export interface TableMenuButtonProps {
  readonly menu: TableMenu
  act(id: PageActionId): void
  /** Gives the keyboard back to the page. */
  focusPage(): void
}

const GAP = 4

/** A line stands before these. */
const FIRST_OF_GROUP: ReadonlySet<PageActionId> = new Set<PageActionId>([
  'text.rowUp',
  'text.headerRow',
  'text.columnWider',
  'text.deleteRow',
])

/** The button at the corner of the table with the caret, and its menu. */
export function TableMenuButton({ menu, act, focusPage }: TableMenuButtonProps) {
  const place = useObserved(menu.place)
  const open = useObserved(menu.open)
  if (place === null) return null
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={(next) => menu.open.set(next)}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="table-menu chrome"
          aria-label={t('table.menu')}
          style={{ insetBlockStart: place.top, right: place.right }}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => menu.open.set(true)}
        >
          <Ellipsis className="icon" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu table-menu__list chrome"
          aria-label={t('table.menu')}
          align="end"
          side="bottom"
          sideOffset={GAP}
          collisionPadding={GAP}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            focusPage()
          }}
        >
          {tableActions
            .filter(({ id }) => id !== 'text.tableMenu')
            .map(({ id, icon: Icon, title, shortcut }) => (
              <Fragment key={id}>
                {FIRST_OF_GROUP.has(id) && <DropdownMenu.Separator className="menu__rule" />}
                <DropdownMenu.Item
                  className={id.startsWith('text.delete') ? 'menu__item menu__item--danger' : 'menu__item'}
                  onSelect={() => act(id)}
                >
                  <Icon className="icon" />
                  {title()}
                  {shortcut !== undefined && <span className="key">{shortcutWords(shortcut)}</span>}
                </DropdownMenu.Item>
              </Fragment>
            ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
