import { type ReactNode, useState } from 'react'
import type { SharingView, SyncView, Ways, WayView } from '../../../shared/ipc/together.ts'
import { t } from '../../strings/t.ts'
import type { SharingActions } from '../sharing-actions.ts'
import type { Attempt } from '../use-attempt.ts'
import { AddressForm } from './address-form.tsx'
import { OwnAddresses } from './own-addresses.tsx'
import { PairingCode } from './pairing-code.tsx'
import { RelayForm } from './relay-form.tsx'
import { Switch } from './switch.tsx'
import { WayStatus } from './way-status.tsx'
import './ways.css'

export interface WaysPartProps {
  readonly view: SharingView
  readonly sync: SyncView | null
  /** The relay of the settings, or ''. */
  readonly usual: string
  readonly actions: SharingActions
  readonly attempt: Attempt
  onYjs(): void
}

/** The ways this document goes to others: each switched on or off, and how it is doing. */
export function WaysPart({ view, sync, usual, actions, attempt, onYjs }: WaysPartProps) {
  const way = (name: WayView['way']) => sync?.ways.find((each) => each.way === name && each.state !== 'off')
  const [lan, relayWay, yjs] = [way('lan'), way('relay'), way('yjs')]
  const { busy } = attempt
  const [code, setCode] = useState('')
  const setWays = (ways: Ways) => attempt.run('ways', () => actions.setWays(ways))
  return (
    <section className="share__part">
      <h3 className="share__heading">{t('ways.title')}</h3>
      <Way
        title={t('ways.lan')}
        help={t('ways.lanHelp')}
        control={
          <Switch
            label={t('ways.lan')}
            on={view.lan}
            disabled={busy}
            onChange={(lan) => setWays({ relay: view.relay, lan })}
          />
        }
      >
        {view.lan && view.shared && lan !== undefined && <WayStatus way={lan} />}
        {view.lan && view.shared && (
          <>
            <AddressForm busy={busy} onLook={(address) => attempt.run('connect', () => actions.connect(address))} />
            <OwnAddresses ask={actions.addresses} />
            <PairingCode
              busy={busy}
              code={code}
              onShow={() => attempt.run('code', async () => setCode(await actions.pairingCode()))}
            />
          </>
        )}
      </Way>
      <Way title={t('ways.relay')} help={t('ways.relayHelp')}>
        <RelayChoice view={view} usual={usual} busy={busy} onUse={(relay) => setWays({ relay, lan: view.lan })} />
        {relayWay !== undefined && <WayStatus way={relayWay} />}
      </Way>
      <Way title={t('ways.yjs')} help={t('ways.yjsHelp')}>
        {yjs !== undefined && <WayStatus way={yjs} />}
        <button type="button" className="button button--small" onClick={onYjs}>
          {yjs === undefined ? t('ways.yjsOpen') : t('ways.yjsChange')}
        </button>
      </Way>
    </section>
  )
}

interface RelayChoiceProps {
  readonly view: SharingView
  readonly usual: string
  readonly busy: boolean
  onUse(relay: string | null): void
}

/** The relay the document is on, for its owner to change; before it is shared, what sharing would do. */
function RelayChoice({ view, usual, busy, onUse }: RelayChoiceProps) {
  if (view.role !== 'owner') return <p className="ways__address">{view.relay ?? t('way.off')}</p>
  if (!view.shared && usual !== '') return <p className="ways__address small">{t('ways.relayUsual', usual)}</p>
  return (
    <>
      <RelayForm
        relay={view.relay ?? ''}
        label={t('ways.relayField')}
        busy={busy}
        onUse={(relay) => onUse(relay === '' ? null : relay)}
      />
      {!view.shared && <p className="small quiet">{t('ways.relayAtOnce')}</p>}
    </>
  )
}

interface WayProps {
  readonly title: string
  readonly help: string
  readonly control?: ReactNode
  readonly children: ReactNode
}

function Way({ title, help, control, children }: WayProps) {
  return (
    <div className="ways__way">
      <div className="ways__head">
        <div className="grow">
          <p className="strong">{title}</p>
          <p className="small quiet">{help}</p>
        </div>
        {control}
      </div>
      {children}
    </div>
  )
}
