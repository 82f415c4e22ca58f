import { ChevronDown } from 'lucide-react'
import { ChoiceMenu } from '../design/choice-menu.tsx'

export interface ChoiceButtonProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  onChange(value: T): void
}

/** One choice in the middle of a sentence: a button that shows it and opens the others. */
export function ChoiceButton<T extends string>({ label, value, options, onChange }: ChoiceButtonProps<T>) {
  const words = options.find((option) => option.value === value)?.label ?? ''
  return (
    <ChoiceMenu label={label} value={value} options={options} onChange={onChange}>
      <button type="button" className="button choice" aria-label={`${label}: ${words}`}>
        {words}
        <ChevronDown className="icon icon--small" />
      </button>
    </ChoiceMenu>
  )
}
