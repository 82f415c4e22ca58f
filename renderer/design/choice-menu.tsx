import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactElement } from 'react'

export interface ChoiceMenuProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  onChange(value: T): void
  /** Hears that the menu is gone; `preventDefault` keeps the focus from going back to the button. */
  onCloseAutoFocus?: (event: Event) => void
  /** The button that opens it. */
  readonly children: ReactElement
}

const GAP = 4

/** A menu of which exactly one entry holds. */
export function ChoiceMenu<T extends string>({
  label,
  value,
  options,
  onChange,
  onCloseAutoFocus,
  children,
}: ChoiceMenuProps<T>) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu chrome"
          aria-label={label}
          align="start"
          sideOffset={GAP}
          {...(onCloseAutoFocus && { onCloseAutoFocus })}
        >
          <DropdownMenu.RadioGroup value={value}>
            {options.map((option) => (
              <DropdownMenu.RadioItem
                key={option.value}
                value={option.value}
                className="menu__item"
                onSelect={() => onChange(option.value)}
              >
                <span className="menu__check">{option.value === value && <Check className="icon" />}</span>
                {option.label}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
