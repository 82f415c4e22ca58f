import { type FormEvent, useId, useState } from 'react'
import { t } from '../../strings/t.ts'

export interface AddressFormProps {
  readonly busy: boolean
  onLook(address: string): void
}

/** A host or an IP address, perhaps with its zone, and a port. */
const ADDRESS = /^(?:\[[0-9a-f:.]+(?:%[\w.-]+)?\]|[\w.-]+):\d{1,5}$/i
/** A code that another computer shows: its address between a name and a secret. */
const CODE = /^sheaf-pair:(.*)#[\w-]{43}$/i

/** The address of a computer that is not found by itself. */
export function AddressForm({ busy, onLook }: AddressFormProps) {
  const [typed, setTyped] = useState('')
  const [bad, setBad] = useState(false)
  const [asked, setAsked] = useState('')
  const problem = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const text = typed.trim()
    const address = addressOf(text)
    setBad(!isAddress(address))
    setAsked(isAddress(address) ? address : '')
    if (isAddress(address)) onLook(text)
  }
  return (
    <form className="relay" onSubmit={submit} noValidate>
      <label className="field grow">
        <input
          aria-label={t('ways.address')}
          aria-invalid={bad}
          aria-describedby={bad ? problem : undefined}
          value={typed}
          placeholder={t('ways.addressExample')}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value)
            setBad(false)
            setAsked('')
          }}
        />
      </label>
      <button type="submit" className="button" disabled={busy || typed.trim() === ''}>
        {t('ways.look')}
      </button>
      <p className="small quiet relay__help" role="status">
        {asked === '' ? t('ways.addressHelp') : t('ways.looking', asked)}
      </p>
      {bad && (
        <p className="small relay__bad" id={problem} role="alert">
          {t('ways.badAddress')}
        </p>
      )}
    </form>
  )
}

/** The address in what was typed. */
export function addressOf(text: string): string {
  return CODE.exec(text)?.[1] ?? text
}

export function isAddress(text: string): boolean {
  return ADDRESS.test(text) && Number(text.slice(text.lastIndexOf(':') + 1)) <= 65535
}
