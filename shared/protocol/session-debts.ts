/** What a peer says it holds and does not send. */
import { WITHHELD } from './session-state.ts'
import { ledBy } from './tips.ts'
import type { Turn } from './turn.ts'

/** Notices that a peer owes what it says it holds, and for how long. */
export function watchDebts(turn: Turn): void {
  const { peer, held } = turn.state
  if (peer === null || peer.tips === null) return
  const owed = ledBy(peer.tips, held)
  const owesSince = owed.length === 0 ? null : (peer.owesSince ?? turn.now)
  const withheld = owesSince !== null && turn.now - owesSince >= WITHHELD
  if (withheld && !peer.told.withheld) turn.tell({ kind: 'withheld', writers: owed })
  turn.know({ owesSince, told: { ...peer.told, withheld } })
}
