/** A claim about where words are, in words and with a sign. */
import {
  ArrowUpFromLine,
  CheckCheck,
  CircleHelp,
  CloudOff,
  LaptopMinimal,
  type LucideIcon,
  Radar,
  Server,
  TriangleAlert,
} from 'lucide-react'
import { unreachable } from '../../../shared/errors.ts'
import type { SyncView } from '../../../shared/ipc/together.ts'
import { t } from '../../strings/t.ts'
import type { SyncClaim } from './sync-claim.ts'

export interface SyncWords {
  readonly icon: LucideIcon
  readonly words: string
}

/** The one short phrase beside "Saved". */
export function syncWords(claim: SyncClaim): SyncWords {
  switch (claim.kind) {
    case 'nothing':
      return { icon: LaptopMinimal, words: '' }
    case 'unknown':
      return { icon: CircleHelp, words: t('sync.unknown') }
    case 'here':
      return { icon: LaptopMinimal, words: t('state.here') }
    case 'sending':
      return { icon: ArrowUpFromLine, words: t('sync.sending') }
    case 'sent':
      return { icon: Server, words: t('sync.sent') }
    case 'received':
      return { icon: CheckCheck, words: t('sync.received', claim.devices) }
    case 'offline':
      return { icon: CloudOff, words: t('sync.offline') }
    case 'looking':
      return { icon: Radar, words: t('sync.looking') }
    case 'blocked':
      return { icon: TriangleAlert, words: t('sync.blocked') }
    case 'yjs':
      // Said beside it, as long as it is so.
      return { icon: Server, words: '' }
    default:
      return unreachable(claim)
  }
}

/** The same as a sentence, where there is room for one. `saved`: every word is on the disk. */
export function syncTitle(claim: SyncClaim, view: SyncView | null, saved: boolean): string {
  if (!saved) return t('sync.notSavedTitle')
  switch (claim.kind) {
    case 'received':
      return t('sync.receivedTitle', claim.devices, Math.max(claim.devices, view?.devices ?? 0))
    case 'sent':
      return t('sync.sentTitle')
    case 'sending':
      return t('sync.sendingTitle')
    case 'here':
      return view !== null && view.devices > 0 ? t('sync.waitingTitle') : t('sync.here')
    case 'offline':
    case 'looking':
    case 'blocked':
      return t('sync.waitingTitle')
    case 'yjs':
      return t('sync.yjsTitle')
    case 'nothing':
    case 'unknown':
      return t('sync.unknown')
    default:
      return unreachable(claim)
  }
}
