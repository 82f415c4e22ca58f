import { useState } from 'react'
import type { InviteWish, SharingView } from '../../../shared/ipc/together.ts'
import { t } from '../../strings/t.ts'
import type { SharingActions } from '../sharing-actions.ts'
import type { Attempt } from '../use-attempt.ts'
import { InviteForm } from './invite-form.tsx'
import { InviteLink } from './invite-link.tsx'
import { InviteList } from './invite-list.tsx'
import './invites.css'

export interface InvitesPartProps {
  readonly view: SharingView
  /** The relay that carries invites, or null. */
  readonly relay: string | null
  /** The link that was just made, or null. */
  readonly link: string | null
  readonly actions: SharingActions
  readonly attempt: Attempt
  onMake(wish: InviteWish): void
  onAnother(): void
}

/** Inviting: a new link, and those that are still good. */
export function InvitesPart({ view, relay, link, actions, attempt, onMake, onAnother }: InvitesPartProps) {
  const [dropped, setDropped] = useState(false)
  return (
    <section className="share__part">
      <h3 className="share__heading">{t('invite.title')}</h3>
      {link === null ? (
        <InviteForm busy={attempt.runs('invite')} reachable={relay !== null || view.lan} onMake={onMake} />
      ) : (
        <InviteLink link={link} overRelay={relay !== null} onAnother={onAnother} />
      )}
      <InviteList
        invites={view.invites}
        dropped={dropped}
        onDrop={(invite) => {
          setDropped(false)
          attempt.run(`drop ${invite}`, async () => {
            await actions.dropInvite(invite)
            setDropped(true)
          })
        }}
      />
    </section>
  )
}
