import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { t } from '../strings/t.ts'

/** Widths of the library in CSS pixels. */
export const WIDTHS = { least: 220, most: 480, usual: 288, step: 16 } as const

export interface ResizeHandleProps {
  readonly width: number
  /** Called on the way: show it. */
  onWidth(width: number): void
  /** Called at the end: remember it. */
  onSettled(width: number): void
}

export const boundedWidth = (width: number) => Math.round(Math.min(Math.max(width, WIDTHS.least), WIDTHS.most))

/** The edge of the library: dragged by the pointer, moved by arrow keys, set back by a double click. */
export function ResizeHandle({ width, onWidth, onSettled }: ResizeHandleProps) {
  const [dragging, setDragging] = useState(false)

  const set = (next: number) => {
    const bounded = boundedWidth(next)
    onWidth(bounded)
    onSettled(bounded)
  }

  const widthAt = (event: PointerEvent<HTMLElement>) => {
    const library = event.currentTarget.parentElement?.getBoundingClientRect()
    if (!library) return width
    const mirrored = getComputedStyle(event.currentTarget).direction === 'rtl'
    return boundedWidth(mirrored ? library.right - event.clientX : event.clientX - library.left)
  }

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setDragging(true)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: width - WIDTHS.step,
      ArrowRight: width + WIDTHS.step,
      Home: WIDTHS.least,
      End: WIDTHS.most,
      Enter: WIDTHS.usual,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    set(to)
  }

  return (
    <hr
      className="library__resize"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('library.width')}
      aria-valuenow={width}
      aria-valuemin={WIDTHS.least}
      aria-valuemax={WIDTHS.most}
      data-dragging={dragging || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => dragging && onWidth(widthAt(event))}
      onPointerUp={(event) => {
        if (!dragging) return
        setDragging(false)
        onSettled(widthAt(event))
      }}
      onKeyDown={onKeyDown}
      onDoubleClick={() => set(WIDTHS.usual)}
    />
  )
}
