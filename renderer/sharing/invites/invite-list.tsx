import type { InviteView } from '../../../shared/ipc/together.ts'
import { useToday } from '../../library/use-today.ts'
import { t } from '../../strings/t.ts'
import { mayWords } from '../role-words.ts'
import { untilWhen } from './until-when.ts'

export interface InviteListProps {
  readonly invites: readonly InviteView[]
  /** Whether one was just taken back. */
  readonly dropped: boolean
  onDrop(invite: string): void
}

/** The invites that are still good, each with what is left of it, to be taken back. */
export function InviteList({ invites, dropped, onDrop }: InviteListProps) {
  const now = useToday()
  return (
    <>
      {invites.length > 0 && (
        <>
          <h4 className="share__subheading" id="share-invites">
            {t('invite.open')}
          </h4>
          <ul className="invites" aria-labelledby="share-invites">
            {invites.map((invite) => (
              <li key={invite.id} className="invites__row">
                <div className="grow">
                  <p>{t('invite.row', mayWords(invite.role))}</p>
                  <p className="small quiet">{inviteFacts(invite, now)}</p>
                </div>
                <button
                  type="button"
                  className="button button--small"
                  aria-label={t(
                    'invite.dropRow',
                    `${t('invite.row', mayWords(invite.role))}, ${inviteFacts(invite, now)}`,
                  )}
                  onClick={() => onDrop(invite.id)}
                >
                  {t('invite.drop')}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="small quiet" role="status">
        {dropped && t('invite.dropped')}
      </p>
    </>
  )
}

/** How often and how long it can still be used, and whether somebody has to let people in. */
export function inviteFacts({ left, uses, expires, approval }: InviteView, now: number): string {
  const facts = [t('invite.left', left, uses), t('invite.expires', untilWhen(expires, now))]
  if (approval) facts.push(t('invite.asks'))
  return facts.join(' · ')
}
