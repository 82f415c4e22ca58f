import { X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { InviteWish, PersonView } from '../../shared/ipc/together.ts'
import { mayWrite } from '../../shared/membership/role.ts'
import { IconButton } from '../design/icon-button.tsx'
import { Modal } from '../design/modal.tsx'
import { titleOr } from '../library/shown-title.ts'
import { t } from '../strings/t.ts'
import { useObserved } from '../window/observable.ts'
import type { WindowModel } from '../window/window-model.ts'
import { showLateLink } from './invites/late-link.ts'
import { InvitesPart } from './invites/invites-part.tsx'
import { DevicesSheet } from './people/devices-sheet.tsx'
import { FingerprintSheet } from './people/fingerprint-sheet.tsx'
import { PeopleList } from './people/people-list.tsx'
import { RemoveSheet } from './people/remove-sheet.tsx'
import { RequestsPart } from './people/requests-part.tsx'
import { WaitingPart } from './people/waiting-part.tsx'
import { sharingActions } from './sharing-actions.ts'
import { takeFocus } from './take-focus.ts'
import { SyncDetails } from './sync/sync-details.tsx'
import { useAttempt } from './use-attempt.ts'
import { WaysPart } from './ways/ways-part.tsx'
import './sharing.css'

export interface ShareDialogProps {
  readonly model: WindowModel
  /** Opens the dialog of Yjs servers in place of this one. */
  onYjs(): void
  onClose(): void
  readonly onClosed: () => void
}

/** What stands in place of the whole dialog for a while. */
interface Asked {
  readonly kind: 'fingerprint' | 'devices' | 'remove'
  readonly person: string
}

/** Sharing the document on the page: who is in, how others come in, and the ways the words go. */
export function ShareDialog({ model, onYjs, onClose, onClosed }: ShareDialogProps) {
  const view = useObserved(model.sharing.view)
  const sync = useObserved(model.sync.view)
  const claim = useObserved(model.sync.claim)
  const saved = useObserved(model.settledState, (state) => state?.save === 'saved')
  const title = useObserved(model.title)
  const usual = useObserved(model.settings, (settings) => settings?.relay ?? '')
  const [asked, setAsked] = useState<Asked | null>(null)
  // Here and not in its part: it outlives a look at a fingerprint, and is told only once.
  const [link, setLink] = useState<string | null>(null)
  const [answered, setAnswered] = useState<string | null>(null)
  const actions = useMemo(() => sharingActions(model), [model])
  const attempt = useAttempt(model.board)
  const label = t('share.title', titleOr(title ?? ''))

  const person = view?.people.find(({ id }) => id === asked?.person)
  const back = () => {
    attempt.forget()
    setAnswered(asked?.person ?? null)
    setAsked(null)
  }
  const makeLink = (wish: InviteWish) =>
    attempt.run('invite', async (isSeen) => {
      const made = await actions.invite(wish)
      if (isSeen()) setLink(made)
      else showLateLink(model.board, titleOr(title ?? ''), made)
    })
  const ask = (kind: Asked['kind']) => (about: PersonView) => setAsked({ kind, person: about.id })
  // The keyboard goes back to the person it came from.
  useEffect(() => {
    if (asked === null && answered !== null)
      document.querySelector<HTMLElement>(`.share [data-person="${answered}"]`)?.focus()
  }, [asked, answered])

  const carrier = view?.relay ?? (view?.shared === false && usual !== '' ? usual : null)
  return (
    <Modal label={label} className="share" onClose={onClose} onClosed={onClosed}>
      <div className="share__head">
        <h2 className="dialog__title grow clip" aria-hidden="true">
          {label}
        </h2>
        <IconButton icon={X} label={t('window.close')} onClick={onClose} />
      </div>
      {attempt.problem !== '' && (
        <p className="share__problem" role="alert">
          {attempt.problem}
        </p>
      )}
      {view !== null && person !== undefined && asked?.kind === 'fingerprint' && (
        <FingerprintSheet
          person={person}
          busy={attempt.busy}
          onVerify={(verified) => attempt.run('verify', () => actions.verify(person.id, verified))}
          onBack={back}
        />
      )}
      {view !== null && person !== undefined && asked?.kind === 'devices' && (
        <DevicesSheet
          person={person}
          isOwner={view.role === 'owner'}
          invites={view.invites.length}
          busy={attempt.busy}
          onRemove={({ id }, done) =>
            attempt.run(`device ${id}`, async () => {
              await actions.removeDevice(id)
              done()
            })
          }
          onBack={back}
        />
      )}
      {view !== null && person !== undefined && asked?.kind === 'remove' && (
        <RemoveSheet
          person={person}
          invites={view.invites.length}
          busy={attempt.busy}
          onRemove={() =>
            attempt.run('remove', async () => {
              await actions.remove(person.id)
              setAsked(null)
            })
          }
          onBack={back}
        />
      )}
      {view !== null && person === undefined && (
        <div className="share__columns" ref={takeFocus} tabIndex={-1}>
          <div className="share__main">
            <RequestsPart
              requests={view.requests}
              busy={attempt.busy}
              onAnswer={(request, admit) => attempt.run(`answer ${request}`, () => actions.answer(request, admit))}
            />
            <WaitingPart
              waiting={view.waiting}
              mayAdmit={mayWrite(view.role, 0)}
              busy={attempt.busy}
              onAdmit={(waiting) => attempt.run(`admit ${waiting}`, () => actions.admit(waiting))}
            />
            <PeopleList
              view={view}
              onRole={({ id }, role) => attempt.run(`role ${id} ${role}`, () => actions.setRole(id, role))}
              onCompare={ask('fingerprint')}
              onDevices={ask('devices')}
              onRemove={ask('remove')}
            />
            {view.role === 'owner' && (
              <InvitesPart
                view={view}
                relay={carrier}
                link={link}
                actions={actions}
                attempt={attempt}
                onMake={makeLink}
                onAnother={() => setLink(null)}
              />
            )}
          </div>
          <div className="share__side">
            <section className="share__part">
              <h3 className="share__heading">{t('sync.title')}</h3>
              <SyncDetails claim={claim} view={sync} saved={saved} brief />
            </section>
            <WaysPart view={view} sync={sync} usual={usual} actions={actions} attempt={attempt} onYjs={onYjs} />
          </div>
        </div>
      )}
    </Modal>
  )
}
