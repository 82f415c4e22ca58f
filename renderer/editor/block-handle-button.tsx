import { ChevronRight, GripVertical } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type PointerEvent, useRef } from 'react'
import { shortcutWords } from '../commands/shortcut.ts'
import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import { blockActions } from './actions/block-actions.ts'
import { kindActions } from './actions/kind-actions.ts'
import { lineActions, toneActions } from './actions/line-actions.ts'
import type { PageAction } from './actions/page-action.ts'
import type { BlockHandle } from './block-handle.ts'

export interface BlockHandleButtonProps {
  readonly handle: BlockHandle
  /** Does an action on the handle's block. */
  act(action: PageAction): void
  /** Gives the keyboard back to the page. */
  focusPage(): void
}

/** CSS pixels the pointer may move before a press becomes a drag. */
const DRAG_DISTANCE = 4
const GAP = 4

/** The button left of a block: a click or Enter opens its menu, dragging moves the block. */
export function BlockHandleButton({ handle, act, focusPage }: BlockHandleButtonProps) {
  const place = useObserved(handle.place)
  const open = useObserved(handle.menuOpen)
  const drop = useObserved(handle.drop)
  const pressed = useRef<{ readonly y: number; dragging: boolean } | null>(null)
  if (place === null) return null

  const move = (event: PointerEvent) => {
    const press = pressed.current
    if (press === null) return
    if (!press.dragging && Math.abs(event.clientY - press.y) > DRAG_DISTANCE) press.dragging = handle.beginDrag()
    if (press.dragging) handle.drag(event.clientY)
  }
  const release = (drops: boolean) => {
    const press = pressed.current
    pressed.current = null
    if (press === null) return
    if (press.dragging) handle.endDrag(drops)
    else if (drops) handle.menuOpen.set(true)
  }
  return (
    <>
      <DropdownMenu.Root modal={false} open={open} onOpenChange={(next) => handle.menuOpen.set(next)}>
        <DropdownMenu.Trigger asChild>
          <button
            type="button"
            className="block-handle chrome"
            aria-label={t('block.actions')}
            title={t('block.handle')}
            style={{ insetBlockStart: place.top, blockSize: place.height }}
            onPointerDown={(event) => {
              // The press may become a drag, so it is the release that opens the menu.
              event.preventDefault()
              if (event.button !== 0 || open) return
              event.currentTarget.setPointerCapture(event.pointerId)
              pressed.current = { y: event.clientY, dragging: false }
            }}
            onPointerMove={move}
            onPointerUp={() => release(true)}
            onPointerCancel={() => release(false)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') release(false)
            }}
          >
            <GripVertical className="icon" />
          </button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className="menu chrome"
            aria-label={t('block.actions')}
            align="start"
            side="bottom"
            sideOffset={GAP}
            collisionPadding={GAP}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              focusPage()
            }}
          >
            <SubMenu label={t('block.turnInto')} actions={kindActions} act={act} />
            <SubMenu label={t('block.callout')} actions={toneActions} act={act} />
            <SubMenu label={t('block.lines')} actions={lineActions} act={act} />
            <DropdownMenu.Separator className="menu__rule" />
            {blockActions
              .filter(({ id }) => id !== 'text.blockMenu')
              .map((action) => (
                <ActionItem key={action.id} action={action} act={act} />
              ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {drop !== null && <div className="drop-line" style={{ insetBlockStart: drop }} />}
    </>
  )
}

interface ActionProps {
  act(action: PageAction): void
}

function SubMenu({
  label,
  actions,
  act,
}: ActionProps & { readonly label: string; readonly actions: readonly PageAction[] }) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu__item">
        {label}
        <ChevronRight className="icon menu__more" />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className="menu chrome" collisionPadding={GAP}>
          {actions.map((action) => (
            <ActionItem key={action.id} action={action} act={act} />
          ))}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  )
}

function ActionItem({ action, act }: ActionProps & { readonly action: PageAction }) {
  const Icon = action.icon
  return (
    <DropdownMenu.Item
      className={action.id === 'text.deleteBlock' ? 'menu__item menu__item--danger' : 'menu__item'}
      onSelect={() => act(action)}
    >
      <Icon className="icon" />
      {action.title()}
      {action.shortcut !== undefined && <span className="key">{shortcutWords(action.shortcut)}</span>}
    </DropdownMenu.Item>
  )
}
