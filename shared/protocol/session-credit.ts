/** What a peer holds because it sent it: it is not sent back. */
import type { Taken } from './session-state.ts'
import { furthest, type Tips, withTips } from './tips.ts'
import type { Turn } from './turn.ts'

/** Who sent a record that is now the last of its writer holds it, and what is before it. */
export function credit(turn: Turn, { writers, tips }: Extract<Taken, { kind: 'kept' }>): void {
  const { peer, offered } = turn.state
  if (peer === null || peer.tips === null) return
  const held = writers.flatMap((writer) => {
    const [end, ...others] = tips.get(writer) ?? []
    return end !== undefined && others.length === 0 && offered.has(end.recId) ? [[writer, [end]] as const] : []
  })
  if (held.length > 0) turn.know({ tips: withTips(peer.tips, new Map(held)) })
}

/** Who sent these, of whatever use they are here, holds them. */
export function creditWith(turn: Turn, sent: Tips): void {
  const { peer } = turn.state
  if (peer === null || peer.tips === null) return
  const before = peer.tips
  const more = [...sent].flatMap(([writer, tips]) => {
    const last = tips.at(-1)
    return last !== undefined && last.seq > furthest(before.get(writer)) ? [[writer, [last]] as const] : []
  })
  if (more.length > 0) turn.know({ tips: withTips(before, new Map(more)) })
}
