import { Switch as Primitive } from 'radix-ui'

export interface SwitchProps {
  readonly label: string
  readonly on: boolean
  readonly disabled?: boolean
  onChange(on: boolean): void
}

/** On or off, at once. */
export function Switch({ label, on, disabled = false, onChange }: SwitchProps) {
  return (
    <Primitive.Root className="switch" aria-label={label} checked={on} disabled={disabled} onCheckedChange={onChange}>
      <Primitive.Thumb className="switch__knob" />
    </Primitive.Root>
  )
}
