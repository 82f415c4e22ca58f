import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../strings/t.ts'
import { copyText } from '../../window/copy-text.ts'

export interface PairingCodeProps {
  /** The newest code, or ''. */
  readonly code: string
  readonly busy: boolean
  onShow(): void
}

/** A code by which another computer finds this one: to be pasted there where an address is asked for. */
export function PairingCode({ code, busy, onShow }: PairingCodeProps) {
  const [copied, setCopied] = useState('')
  return (
    <div className="pairing">
      {code !== '' && (
        <>
          <div className="relay">
            <label className="field grow">
              <input
                aria-label={t('ways.code')}
                value={code}
                readOnly
                spellCheck={false}
                onFocus={(event) => event.target.select()}
              />
            </label>
            <button type="button" className="button" onClick={() => setCopied(copyText(code) ? code : '')}>
              {copied === code ? <Check className="icon" /> : <Copy className="icon" />}
              {t('ways.copyCode')}
            </button>
          </div>
          <p className="small quiet">{t('ways.codeHelp')}</p>
        </>
      )}
      <button type="button" className="button button--small" disabled={busy} onClick={onShow}>
        {t(code === '' ? 'ways.showCode' : 'ways.anotherCode')}
      </button>
      <p className="visually-hidden" role="status">
        {copied !== '' && copied === code && t('invite.copied')}
      </p>
    </div>
  )
}
