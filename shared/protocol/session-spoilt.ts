/**
 * Records that can't be opened, from a peer that can't see that: a relay hands on what anybody put there under a good
 * header. They are passed over, and the peer hears which they are.
 *
 * As long as it keeps them it is told that all it has of their writer is held here too. What follows such a record can't be
 * taken in, and would be sent again with everything that happens.
 */
import { toHex } from '../ids.ts'
import { readEnvelope, type SealedRecord } from './envelope.ts'
import { creditWith } from './session-credit.ts'
import type { SessionState, Taken } from './session-state.ts'
import { furthest, NO_TIPS, sameEnds, type Tip, type Tips, tipsDigest, tipsOf, withTips } from './tips.ts'
import type { Turn } from './turn.ts'

/** Those of whom nothing came since, by this way or another: else it is tried again. */
export function stillSpoilt({ spoilt }: SessionState, held: Tips): Tips {
  if (spoilt.size === 0) return spoilt
  return new Map([...spoilt].filter(([writer, ours]) => sameEnds(ours, held.get(writer))))
}

/** What is said to be held follows what the peer has of these writers. */
export function claimSpoilt(turn: Turn): void {
  const { spoilt, peer, held } = turn.state
  if (spoilt.size === 0) return
  const claims = new Map<string, readonly Tip[]>()
  for (const [writer, ours] of spoilt) {
    const theirs = peer?.tips?.get(writer) ?? []
    claims.set(writer, furthest(theirs) > furthest(ours) ? theirs : ours)
  }
  const claimed = withTips(held, claims)
  turn.change({ held: claimed, digest: tipsDigest(turn.setting.suite, claimed) })
}

/**
 * The peer said what it has, after it had said `before`. Of whom it has less it took out what could not be opened: answers
 * these, of whom it is told what is really held, for they are sent again.
 */
export function hearOfSpoilt(turn: Turn, before: Tips): readonly string[] {
  const { spoilt, peer, held } = turn.state
  const mended = [...spoilt].filter(([writer]) => furthest(peer?.tips?.get(writer)) < furthest(before.get(writer)))
  if (mended.length > 0) {
    const real = withTips(held, new Map(mended))
    const rest = withTips(spoilt, new Map(mended.map(([writer]) => [writer, []])))
    turn.change({ held: real, digest: tipsDigest(turn.setting.suite, real), spoilt: rest })
  }
  claimSpoilt(turn)
  return mended.map(([writer]) => writer)
}

/** Tells the peer what could not be opened; answers what may wait: nothing that follows it. */
export function passOver(
  turn: Turn,
  { spoilt = NO_TIPS, tips }: Extract<Taken, { kind: 'kept' }>,
  waiting: readonly Uint8Array[],
): readonly Uint8Array[] {
  if (spoilt.size > 0) {
    const beyond = [...spoilt].filter(([writer, some]) => furthest(some) > furthest(tips.get(writer)))
    const ours = beyond.map(([writer]) => [writer, tips.get(writer) ?? []] as const)
    turn.change({ spoilt: new Map([...turn.state.spoilt, ...ours]) })
    turn.send({ op: 'spoilt', tips: spoilt })
  }
  const { spoilt: writers } = turn.state
  if (writers.size === 0) return waiting
  const follow = (envelope: Uint8Array): SealedRecord | null => {
    const header = readEnvelope(turn.setting.documentId, envelope)
    return typeof header === 'string' || !writers.has(toHex(header.writer)) ? null : header
  }
  creditWith(turn, spoilt)
  creditWith(turn, tipsOf(waiting.map(follow).filter((header) => header !== null)))
  claimSpoilt(turn)
  return waiting.filter((envelope) => follow(envelope) === null)
}
