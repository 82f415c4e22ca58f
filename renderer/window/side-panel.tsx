import { X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { IconButton } from '../design/icon-button.tsx'
import { t } from '../strings/t.ts'
import './side-panel.css'

export interface SidePanelProps {
  readonly title: string
  /** Whether it stands above the page, because the window is too narrow for both. */
  readonly over: boolean
  /** Whether it takes the keyboard when it comes. */
  readonly takesFocus: boolean
  onClose(): void
  readonly children: ReactNode
}

/** The frame of what stands at the right of the page: a title, a way out, and room that scrolls. */
export function SidePanel({ title, over, takesFocus, onClose, children }: SidePanelProps) {
  const room = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (takesFocus) room.current?.querySelector<HTMLElement>('[tabindex="0"], button, input, textarea')?.focus()
  }, [takesFocus])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    onClose()
  }

  return (
    <aside className={`panel chrome ${over ? 'panel--over' : ''}`} aria-label={title} data-region onKeyDown={onKeyDown}>
      <header className="panel__head">
        <h2 className="panel__title">{title}</h2>
        <IconButton icon={X} label={t('panel.close')} onClick={onClose} />
      </header>
      <div ref={room} className="panel__room">
        {children}
      </div>
    </aside>
  )
}
