import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { type Shortcut, shortcutWords } from '../commands/shortcut.ts'

export interface HintProps {
  readonly label: string
  readonly shortcut?: Shortcut | undefined
  readonly children: ReactNode
}

const GAP = 6

/** Names the control it wraps while the pointer or the keyboard rests on it. */
export function Hint({ label, shortcut, children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tooltip chrome" sideOffset={GAP} collisionPadding={GAP}>
          {label}
          {shortcut && <span className="key">{shortcutWords(shortcut)}</span>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
