import { GripVertical } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type PointerEvent, useRef } from 'react'
import { t } from '../../strings/t.ts'
import { useObserved } from '../../window/observable.ts'
import { ActionItems, SubMenu } from '../action-items.tsx'
import { blockActions } from '../actions/block-actions.ts'
import { kindActions } from '../actions/kind-actions.ts'
import { lineActions, toneActions } from '../actions/line-actions.ts'
import type { PageAction } from '../actions/page-action.ts'
import type { BlockHandle } from './block-handle.ts'
import { handFocusOver } from '../../design/hand-focus-over.ts'

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
            onCloseAutoFocus={handFocusOver(focusPage)}
          >
            <SubMenu label={t('block.turnInto')}>
              <ActionItems actions={kindActions} act={act} />
            </SubMenu>
            <SubMenu label={t('block.callout')}>
              <ActionItems actions={toneActions} act={act} />
            </SubMenu>
            <SubMenu label={t('block.lines')}>
              <ActionItems actions={lineActions} act={act} />
            </SubMenu>
            <DropdownMenu.Separator className="menu__rule" />
            <ActionItems actions={blockActions.filter(({ id }) => id !== 'text.blockMenu')} act={act} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {drop !== null && <div className="drop-line" style={{ insetBlockStart: drop }} />}
    </>
  )
}
