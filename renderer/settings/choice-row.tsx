import { RadioGroup } from 'radix-ui'
import { SettingRow } from './setting-row.tsx'

export interface ChoiceRowProps<T extends string> {
  readonly label: string
  readonly help?: string
  readonly value: T
  readonly options: readonly (readonly [value: T, label: string])[]
  onChange(value: T): void
}

/** One choice among a few words that stand side by side. */
export function ChoiceRow<T extends string>({ label, help, value, options, onChange }: ChoiceRowProps<T>) {
  return (
    <SettingRow label={label} {...(help === undefined ? {} : { help })}>
      <RadioGroup.Root
        className="segments"
        aria-label={label}
        value={value}
        onValueChange={(next) => {
          const chosen = options.find(([option]) => option === next)
          if (chosen !== undefined) onChange(chosen[0])
        }}
      >
        {options.map(([option, words]) => (
          <RadioGroup.Item key={option} value={option}>
            {words}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </SettingRow>
  )
}
