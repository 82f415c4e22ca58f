import type { LucideIcon } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { ariaShortcut, type Shortcut, shortcutWords } from '../commands/shortcut.ts'

export interface CardButtonProps {
  readonly icon: LucideIcon
  readonly label: string
  readonly shortcut?: Shortcut
  /** Whether its name stands on it. */
  readonly words?: boolean
  onClick(): void
}

/** What can be done at a card: arrows go from one to the next. */
export function CardButton({ icon: Icon, label, shortcut, words = false, onClick }: CardButtonProps) {
  return (
    <Toolbar.Button
      className={`button button--quiet ${words ? '' : 'button--icon'}`}
      aria-label={words ? undefined : label}
      title={shortcut === undefined ? label : `${label} (${shortcutWords(shortcut)})`}
      aria-keyshortcuts={shortcut && ariaShortcut(shortcut)}
      onClick={onClick}
    >
      <Icon className="icon" />
      {words && label}
    </Toolbar.Button>
  )
}
