import { UserPlus } from 'lucide-react'
import type { RequestView } from '../../../shared/ipc/together.ts'
import { t } from '../../strings/t.ts'
import { mayWords } from '../role-words.ts'
import { personName } from '../../presence/person-name.ts'
import { FingerprintGroups } from './fingerprint-sheet.tsx'

export interface RequestsPartProps {
  readonly requests: readonly RequestView[]
  readonly busy: boolean
  onAnswer(request: string, admit: boolean): void
}

/** Who asks to be let in, with the fingerprint to go by. */
export function RequestsPart({ requests, busy, onAnswer }: RequestsPartProps) {
  if (requests.length === 0) return null
  return (
    <section className="share__part share__part--asking">
      <h3 className="share__heading" id="share-requests">
        <UserPlus className="icon" />
        {t('request.title')}
      </h3>
      <ul aria-labelledby="share-requests">
        {requests.map(({ id, name, role, fingerprint }) => (
          <li key={id} className="request">
            <p className="strong" dir="auto">
              {t('request.text', personName(name), mayWords(role))}
            </p>
            <p className="small quiet">{t('request.compare')}</p>
            <FingerprintGroups fingerprint={fingerprint} />
            <div className="request__actions">
              <button
                type="button"
                className="button button--primary"
                aria-label={t('request.of', t('request.admit'), personName(name))}
                disabled={busy}
                onClick={() => onAnswer(id, true)}
              >
                {t('request.admit')}
              </button>
              <button
                type="button"
                className="button"
                aria-label={t('request.of', t('request.turnAway'), personName(name))}
                disabled={busy}
                onClick={() => onAnswer(id, false)}
              >
                {t('request.turnAway')}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
