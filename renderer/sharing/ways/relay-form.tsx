import { type FormEvent, useId, useState } from 'react'
import { isRelayUrl } from '../../../shared/membership/relay-url.ts'
import { t } from '../../strings/t.ts'

export interface RelayFormProps {
  /** The relay that is used now, or ''. */
  readonly relay: string
  readonly label: string
  readonly busy: boolean
  /** A new address, or '' for no relay. */
  onUse(relay: string): void
}

/** The address of a relay: typed, looked at before it is taken, and given up. */
export function RelayForm({ relay, label, busy, onUse }: RelayFormProps) {
  const [typed, setTyped] = useState(relay)
  const [before, setBefore] = useState(relay)
  const [bad, setBad] = useState(false)
  const problem = useId()
  if (before !== relay) {
    setBefore(relay)
    setTyped(relay)
  }

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const next = typed.trim()
    const good = next === '' || isRelayUrl(next)
    setBad(!good)
    if (good && next !== relay) onUse(next)
  }

  return (
    <form className="relay" onSubmit={submit} noValidate>
      <label className="field grow">
        <input
          aria-label={label}
          aria-invalid={bad}
          aria-describedby={bad ? problem : undefined}
          value={typed}
          placeholder={t('ways.relayExample')}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setTyped(event.target.value)
            setBad(false)
          }}
        />
      </label>
      {typed.trim() !== relay && (
        <button type="submit" className="button" disabled={busy}>
          {t('ways.use')}
        </button>
      )}
      {typed.trim() === relay && relay !== '' && (
        <button type="button" className="button" disabled={busy} onClick={() => onUse('')}>
          {t('ways.stop')}
        </button>
      )}
      {bad && (
        <p className="small relay__bad" id={problem} role="alert">
          {t('ways.badRelay')}
        </p>
      )}
    </form>
  )
}
