import { Unlink } from 'lucide-react'
import { useState } from 'react'
import { safeHref } from '../../../shared/document/safe-href.ts'
import { hrefOf } from '../../links/find-address.ts'
import { t } from '../../strings/t.ts'
import type { FormattingActions } from './formatting-actions.ts'
import type { SelectionFacts } from './selection-watch.ts'

export interface LinkFieldProps {
  readonly facts: SelectionFacts
  readonly actions: Pick<FormattingActions, 'setLink' | 'removeLink' | 'focusPage'>
  onDone(): void
}

/** The address of the selected words, in the toolbar. */
export function LinkField({ facts, actions, onDone }: LinkFieldProps) {
  const [address, setAddress] = useState(facts.href ?? '')
  const [bad, setBad] = useState(false)
  const apply = () => {
    // A mail address by itself would be read as a name before a host.
    const href = hrefOf(address.trim()) ?? safeHref(address) ?? safeHref(`https://${address.trim()}`)
    if (address.trim() === '' || href === null) {
      setBad(true)
      return
    }
    actions.setLink(href)
    onDone()
    actions.focusPage()
  }
  return (
    <form
      className="toolbar__link"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <input
        // The person has just asked for this field.
        ref={focusOnce}
        className={`toolbar__address ${bad ? 'is-invalid' : ''}`}
        aria-label={t('page.linkAddress')}
        aria-invalid={bad}
        title={bad ? t('page.linkBad') : undefined}
        placeholder="https://"
        value={address}
        onChange={(event) => {
          setAddress(event.target.value)
          setBad(false)
        }}
      />
      <button type="submit" className="button button--quiet">
        {t('page.linkApply')}
      </button>
      {facts.href !== null && (
        <button
          type="button"
          className="button button--quiet button--icon"
          aria-label={t('page.linkRemove')}
          title={t('page.linkRemove')}
          onClick={() => {
            actions.removeLink()
            onDone()
            actions.focusPage()
          }}
        >
          <Unlink className="icon" />
        </button>
      )}
      {bad && (
        <span className="visually-hidden" role="alert">
          {t('page.linkBad')}
        </span>
      )}
    </form>
  )
}

function focusOnce(field: HTMLInputElement | null): void {
  field?.select()
  field?.focus()
}
