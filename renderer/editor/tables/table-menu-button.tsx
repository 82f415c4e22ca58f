import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { t } from '../../strings/t.ts'
import { useObserved } from '../../window/observable.ts'
import { ActionItems } from '../action-items.tsx'
import type { PageActionId } from '../actions/page-action.ts'
import { FIRST_OF_GROUP, tableActions } from '../actions/table-actions.ts'
import type { TableMenu } from './table-menu.ts'
import { handFocusOver } from '../../design/hand-focus-over.ts'

export interface TableMenuButtonProps {
  readonly menu: TableMenu
  act(id: PageActionId): void
  /** Gives the keyboard back to the page. */
  focusPage(): void
}

const GAP = 4

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
          className="menu menu--tall chrome"
          aria-label={t('table.menu')}
          align="end"
          side="bottom"
          sideOffset={GAP}
          collisionPadding={GAP}
          onCloseAutoFocus={handFocusOver(focusPage)}
        >
          <ActionItems
            actions={tableActions.filter(({ id }) => id !== 'text.tableMenu')}
            firstOfGroup={FIRST_OF_GROUP}
            act={({ id }) => act(id)}
          />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
