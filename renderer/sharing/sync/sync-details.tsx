import {
  CheckCheck,
  Clock,
  CloudOff,
  LaptopMinimal,
  LockOpen,
  type LucideIcon,
  MonitorSmartphone,
  Server,
  Wifi,
} from 'lucide-react'
import type { SyncView, WayView } from '../../../shared/ipc/together.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import { useToday } from '../../library/use-today.ts'
import { when } from '../../library/when.ts'
import { t } from '../../strings/t.ts'
import { wayWords } from '../ways/way-status.tsx'
import { whyNotThatWay } from '../why-not-words.ts'
import { isUnencrypted, type SyncClaim } from './sync-claim.ts'
import { syncTitle } from './sync-words.ts'
import './sync.css'

export interface SyncDetailsProps {
  readonly claim: SyncClaim
  readonly view: SyncView | null
  readonly saved: boolean
  /** Leaves out how the ways are doing, where they stand below. */
  readonly brief?: boolean
}

interface Place {
  readonly name: string
  readonly icon: LucideIcon
  readonly facts: readonly string[]
  /** Whether everything written here is there; null for a way, which keeps nothing. */
  readonly whole: boolean | null
}

/** Where the words are: one sentence, then each place with what is true of it. */
export function SyncDetails({ claim, view, saved, brief = false }: SyncDetailsProps) {
  const now = useToday()
  return (
    <>
      <p className="strong sync__title">{syncTitle(claim, view, saved)}</p>
      {(claim.kind === 'offline' || claim.kind === 'looking') && <p className="quiet">{t('sync.keepWriting')}</p>}
      {claim.kind === 'blocked' && !brief && <BlockedWords way={claim.way} why={claim.why} />}
      {isUnencrypted(view) && (
        <p className="sync__open">
          <LockOpen className="icon" />
          {t('sync.yjsText')}
        </p>
      )}
      <ul className="sync__places" aria-label={t('sync.title')}>
        {places(view, saved, claim, now, brief).map(({ name, icon: Icon, facts, whole }) => (
          <li key={name} className="sync__place">
            <Icon className="icon" />
            <div className="grow">
              <p>{name}</p>
              {facts.map((fact) => (
                <p key={fact} className="small quiet">
                  {fact}
                </p>
              ))}
            </div>
            {whole === true && <CheckCheck className="icon sync__whole" />}
            {whole === false && <Clock className="icon sync__partly" />}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What is in the way, what to do and what is safe. */
function BlockedWords({ way, why }: { readonly way: WayView['way']; readonly why: WhyNot }) {
  const { happened, todo } = whyNotThatWay(way, why)
  return (
    <p className="quiet">
      {happened} {todo} {t('way.safe')}
    </p>
  )
}

/** What is true of each place the words are at, or go to. */
function places(
  view: SyncView | null,
  saved: boolean,
  claim: SyncClaim,
  now: number,
  brief: boolean,
): readonly Place[] {
  const here: Place = {
    name: t('sync.thisComputer'),
    icon: LaptopMinimal,
    facts: [saved ? t('state.saved') : t('sync.notSaved')],
    whole: saved,
  }
  if (view === null) return [here]
  // What was heard of the words before says nothing of those that are on their way to the disk.
  const told = claim.kind === 'received' || claim.kind === 'sent'
  const { received, devices, sent, heardAt } = view
  const others: Place = {
    name: t('sync.others'),
    icon: MonitorSmartphone,
    facts: [
      t('sync.othersSome', told ? received : 0, devices),
      ...(heardAt === null ? [] : [t('sync.heard', when(heardAt, now))]),
    ],
    whole: told && received === devices,
  }
  const ways = view.ways.flatMap((way): readonly Place[] => {
    if (way.state === 'off') return []
    // A way keeps nothing: it is told only for how it is doing.
    if (brief && way.way !== 'relay') return []
    const { words } = wayWords(way)
    switch (way.way) {
      case 'relay': {
        const kept = told && sent
        const icon = way.state === 'problem' ? CloudOff : Server
        return [
          {
            name: t('ways.relay'),
            icon,
            facts: [...(brief ? [] : [words]), t(kept ? 'sync.relaySent' : 'sync.relayNotSent')],
            whole: kept,
          },
        ]
      }
      case 'lan':
        return devices === 0 ? [] : [{ name: t('ways.lan'), icon: Wifi, facts: [words], whole: null }]
      case 'yjs':
        return [{ name: t('ways.yjs'), icon: Server, facts: [words], whole: null }]
    }
  })
  return devices === 0 ? [here, ...ways] : [here, others, ...ways]
}
