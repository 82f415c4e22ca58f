import { Hourglass } from 'lucide-react'
import type { WaitingView } from '../../../shared/ipc/together.ts'
import { personName } from '../../presence/person-name.ts'
import { t } from '../../strings/t.ts'

export interface WaitingPartProps {
  readonly waiting: readonly WaitingView[]
  /** Whether this window's person may let words in. */
  readonly mayAdmit: boolean
  readonly busy: boolean
  onAdmit(waiting: string): void
}

/** Words that are kept and don't count, each with its author and why. */
export function WaitingPart({ waiting, mayAdmit, busy, onAdmit }: WaitingPartProps) {
  if (waiting.length === 0) return null
  return (
    <section className="share__part share__part--asking">
      <h3 className="share__heading" id="share-waiting">
        <Hourglass className="icon" />
        {t('waiting.title')}
      </h3>
      <p className="small quiet">{t('waiting.help')}</p>
      <ul aria-labelledby="share-waiting">
        {waiting.map(({ id, author, words, reason }) => (
          <li key={id} className="request">
            <p className="strong" dir="auto">
              {t(`waiting.${reason}`, personName(author))}
            </p>
            {words === '' ? (
              <p className="quiet">{t('waiting.noWords')}</p>
            ) : (
              <blockquote className="waiting__words" dir="auto">
                {words}
              </blockquote>
            )}
            {mayAdmit && (
              <button
                type="button"
                className="button"
                aria-label={t('request.of', t('waiting.admit'), personName(author))}
                disabled={busy}
                onClick={() => onAdmit(id)}
              >
                {t('waiting.admit')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
