/** Page actions as items of a menu, alone and behind an item of their own. */
import { ChevronRight, type LucideIcon } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { Fragment, type ReactNode } from 'react'
import { shortcutWords } from '../commands/shortcut.ts'
import type { PageAction, PageActionId } from './actions/page-action.ts'

const GAP = 4

export interface ActionItemsProps {
  readonly actions: readonly PageAction[]
  /** A line stands before these. */
  readonly firstOfGroup?: ReadonlySet<PageActionId>
  act(action: PageAction): void
}

export function ActionItems({ actions, firstOfGroup, act }: ActionItemsProps) {
  return actions.map((action) => {
    const { id, icon: Icon, title, shortcut } = action
    return (
      <Fragment key={id}>
        {firstOfGroup?.has(id) === true && <DropdownMenu.Separator className="menu__rule" />}
        <DropdownMenu.Item
          className={id.startsWith('text.delete') ? 'menu__item menu__item--danger' : 'menu__item'}
          onSelect={() => act(action)}
        >
          <Icon className="icon" />
          {title()}
          {shortcut !== undefined && <span className="key">{shortcutWords(shortcut)}</span>}
        </DropdownMenu.Item>
      </Fragment>
    )
  })
}

export interface SubMenuProps {
  readonly label: string
  readonly icon?: LucideIcon
  readonly children: ReactNode
}

/** An item behind which others stand. */
export function SubMenu({ label, icon: Icon, children }: SubMenuProps) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu__item">
        {Icon !== undefined && <Icon className="icon" />}
        {label}
        <ChevronRight className="icon menu__more" />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className="menu menu--tall chrome" collisionPadding={GAP}>
          {children}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  )
}
