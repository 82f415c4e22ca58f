import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { ariaShortcut, type Shortcut } from '../commands/shortcut.ts'
import { Hint } from './hint.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: LucideIcon
  /** Its name, for screen readers and the hint. */
  readonly label: string
  readonly shortcut?: Shortcut
  readonly small?: boolean
}

/** A button that is only a sign; its name and shortcut appear on hover and on focus. */
export function IconButton({ icon: Icon, label, shortcut, small = false, className = '', ...rest }: IconButtonProps) {
  const size = small ? 'button--small' : ''
  return (
    <Hint label={label} shortcut={shortcut}>
      <button
        type="button"
        className={`button button--quiet button--icon ${size} ${className}`}
        aria-label={label}
        aria-keyshortcuts={shortcut && ariaShortcut(shortcut)}
        {...rest}
      >
        <Icon className="icon" />
      </button>
    </Hint>
  )
}
