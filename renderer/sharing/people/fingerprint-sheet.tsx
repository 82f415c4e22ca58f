import { ShieldCheck } from 'lucide-react'
import type { PersonView } from '../../../shared/ipc/together.ts'
import { t } from '../../strings/t.ts'
import { QrCode } from '../qr-code.tsx'
import { personName } from '../../presence/person-name.ts'
import { Sheet } from './sheet.tsx'

export interface FingerprintSheetProps {
  readonly person: PersonView
  readonly busy: boolean
  onVerify(verified: boolean): void
  onBack(): void
}

/** A person's fingerprint, to be compared with what they see themselves. */
export function FingerprintSheet({ person, busy, onVerify, onBack }: FingerprintSheetProps) {
  const { you, verified, fingerprint } = person
  const name = personName(person.name)
  return (
    <Sheet title={you ? t('fingerprint.yours') : t('fingerprint.title', name)} onBack={onBack}>
      <p className="sheet__text">{you ? t('fingerprint.yoursText') : t('fingerprint.text', name)}</p>
      <div className="fingerprint">
        <QrCode text={fingerprint} label={t('fingerprint.qr')} />
        <FingerprintGroups fingerprint={fingerprint} />
      </div>
      {!you && verified && (
        <div className="sheet__actions">
          <p className="person__verified">
            <ShieldCheck className="icon" />
            {t('fingerprint.isVerified', name)}
          </p>
          <button type="button" className="button" disabled={busy} onClick={() => onVerify(false)}>
            {t('fingerprint.unverify')}
          </button>
        </div>
      )}
      {!you && !verified && (
        <>
          <p className="sheet__text quiet">{t('fingerprint.differ')}</p>
          <div className="sheet__actions">
            <button type="button" className="button button--primary" disabled={busy} onClick={() => onVerify(true)}>
              <ShieldCheck className="icon" />
              {t('fingerprint.same')}
            </button>
          </div>
        </>
      )}
    </Sheet>
  )
}

/** Twelve groups of five digits, four in a row. */
export function FingerprintGroups({ fingerprint }: { readonly fingerprint: string }) {
  return (
    <ol className="fingerprint__groups" aria-label={t('fingerprint.groups')}>
      {fingerprint.split(' ').map((group, index) => (
        <li key={`${index} ${group}`}>{group}</li>
      ))}
    </ol>
  )
}
