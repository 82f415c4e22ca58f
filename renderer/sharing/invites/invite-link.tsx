import { Check, Copy } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../strings/t.ts'
import { copyText } from '../../window/copy-text.ts'
import { QrCode } from '../qr-code.tsx'

export interface InviteLinkProps {
  readonly link: string
  /** Whether a relay lets people in, or only this computer. */
  readonly overRelay: boolean
  onAnother(): void
}

/** A link that was just made: to copy, to scan, and what whoever gets it has to do. */
export function InviteLink({ link, overRelay, onAnother }: InviteLinkProps) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])

  return (
    <div className="invite invite--made">
      <QrCode text={link} label={t('invite.qr')} />
      <div className="invite__made">
        <div className="invite__row">
          <label className="field grow">
            <input
              aria-label={t('invite.link')}
              value={link}
              readOnly
              spellCheck={false}
              onFocus={(event) => event.target.select()}
            />
          </label>
          <button
            type="button"
            className="button button--primary"
            ref={button}
            onClick={() => setCopied(copyText(link))}
          >
            {copied === true ? <Check className="icon" /> : <Copy className="icon" />}
            {t('invite.copy')}
          </button>
        </div>
        <p className="small" role="status">
          {copied === true && t('invite.copied')}
          {copied === false && t('invite.copyFailed')}
        </p>
        <p className="small quiet">{t('invite.onlyNow')}</p>
        <p className="small quiet">
          {t('invite.theyDo')} {t(link.startsWith('sheaf:') ? 'invite.theyClick' : 'invite.theyClickPage')}
        </p>
        {!overRelay && <p className="small quiet">{t('invite.theyDoNear')}</p>}
        <button type="button" className="button button--small" onClick={onAnother}>
          {t('invite.another')}
        </button>
      </div>
    </div>
  )
}
