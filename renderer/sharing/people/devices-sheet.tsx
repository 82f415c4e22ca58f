import { Copy, FileText, KeyRound, Laptop, Unlink } from 'lucide-react'
import { useState } from 'react'
import type { DeviceView, PersonView } from '../../../shared/ipc/together.ts'
import { personName } from '../../presence/person-name.ts'
import { t } from '../../strings/t.ts'
import { Facts } from './facts.tsx'
import { Sheet } from './sheet.tsx'

export interface DevicesSheetProps {
  readonly person: PersonView
  /** Whether this window's person owns the document: with a computer they remove, open invites end, and a key begins at once. */
  readonly isOwner: boolean
  /** Invites that can still be used. */
  readonly invites: number
  readonly busy: boolean
  /** Resolves the question when it is done. */
  onRemove(device: DeviceView, done: () => void): void
  onBack(): void
}

/** The computers a person is in with, and the way out for each but this one: asked first, because nothing can undo it. */
export function DevicesSheet({ person, isOwner, invites, busy, onRemove, onBack }: DevicesSheetProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const at = person.devices.findIndex(({ id }) => id === chosen)
  const device = person.devices[at]
  if (device !== undefined)
    return (
      <Sheet key="remove" title={t('devices.removeTitle', at + 1)} onBack={() => setChosen(null)}>
        <Facts
          facts={[
            [Copy, t('devices.keeps'), t('devices.keepsText')],
            [KeyRound, t('devices.next'), t(isOwner ? 'devices.nextText' : 'devices.nextTextLater')],
            [FileText, t('devices.only'), t('devices.onlyText')],
            ...(isOwner && invites > 0
              ? [[Unlink, t('remove.invites', invites), t('devices.invitesText')] as const]
              : []),
          ]}
        />
        <p>{t('devices.stolen')}</p>
        <div className="sheet__actions">
          <button
            type="button"
            className="button button--danger"
            disabled={busy}
            onClick={() => onRemove(device, () => setChosen(null))}
          >
            {busy ? t('remove.doing') : t('devices.removeDo', at + 1)}
          </button>
          <button type="button" className="button" onClick={() => setChosen(null)}>
            {t('window.cancel')}
          </button>
        </div>
      </Sheet>
    )
  const title = person.you ? t('devices.yours') : t('devices.title', personName(person.name))
  return (
    <Sheet key="list" title={title} onBack={onBack}>
      <p className="sheet__text">{t('devices.text')}</p>
      <ol className="devices" aria-label={title}>
        {person.devices.map((one, index) => (
          <li key={one.id} className="device">
            <Laptop className="icon" />
            <div className="grow">
              <p className="strong">{one.here ? t('devices.here', index + 1) : t('devices.one', index + 1)}</p>
              <p className="small quiet">{deviceWords(one)}</p>
            </div>
            {!one.here && (
              <button
                type="button"
                className="button"
                aria-label={t('devices.removeOf', index + 1)}
                onClick={() => setChosen(one.id)}
              >
                {t('devices.remove')}
              </button>
            )}
          </li>
        ))}
      </ol>
    </Sheet>
  )
}

/** What it writes as, and whether it is there. */
function deviceWords({ name, online }: DeviceView): string {
  const words = t(online ? 'people.online' : 'people.away')
  return name === '' ? `${t('devices.silent')} · ${words}` : `${t('devices.as', name)} · ${words}`
}
