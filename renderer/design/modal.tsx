import { Dialog } from 'radix-ui'
import { type ReactNode, useState } from 'react'

export interface ModalProps {
  /** Its name, for screen readers. */
  readonly label: string
  readonly className?: string
  onClose(): void
  /** Called once the dialog is gone and the keyboard's focus is back where it was. */
  readonly onClosed?: () => void
  readonly children: ReactNode
}

/**
 * A dialog above the window: it keeps the keyboard inside, closes on Escape and on a press outside, and gives the focus
 * back. The scrim is our own element: the library's injects a style sheet, which the content security policy forbids.
 */
export function Modal({ label, className = '', onClose, onClosed, children }: ModalProps) {
  const [focusedBefore] = useState(() => document.activeElement)

  const giveFocusBack = (event: Event) => {
    event.preventDefault()
    if (focusedBefore instanceof HTMLElement && focusedBefore.isConnected) focusedBefore.focus({ preventScroll: true })
    onClosed?.()
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <div className="scrim" />
        <Dialog.Content
          className={`dialog chrome ${className}`}
          aria-describedby={undefined}
          onCloseAutoFocus={giveFocusBack}
        >
          <Dialog.Title className="visually-hidden">{label}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
