/** A relay's desk for invites, from the joiner's side. */
import type { CryptoSuite, KeyPair } from '../../../shared/crypto/crypto-suite.ts'
import type { StoredLink } from '../../../shared/membership/member-op.ts'
import type { JoinRequest, RelayMessage } from '../../../shared/relay/relay-message.ts'
import { askBytes, lookBytes, type Meeting } from '../../../shared/relay/relay-proof.ts'
import { whyNotOf } from '../../../shared/relay/relay-refusal.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import type { Question } from './relay-connection.ts'

interface Asked {
  ask(question: Question | ((meeting: Meeting) => Question)): Promise<RelayMessage | WhyNot>
}

export class RelayInviteDesk {
  private readonly relay: Asked
  private readonly suite: CryptoSuite

  constructor(relay: Asked, suite: CryptoSuite) {
    this.relay = relay
    this.suite = suite
  }

  /** The document's membership chain, for one whose invite is good. */
  async look(documentId: Uint8Array, invite: KeyPair): Promise<{ readonly chain: readonly StoredLink[] } | WhyNot> {
    const chain: StoredLink[] = []
    for (;;) {
      const answer = await this.relay.ask((meeting) => {
        const sig = this.suite.sign(lookBytes(meeting, documentId, invite.publicKey), invite)
        return { t: 'look', document: documentId, invite: invite.publicKey, sig, from: chain.length }
      })
      if (typeof answer === 'string') return answer
      if (answer.t === 'no') return whyNotOf(answer.why)
      if (answer.t !== 'chain' || (answer.more && answer.rows.length === 0)) return 'not-a-relay'
      chain.push(...answer.rows)
      if (!answer.more) return { chain }
    }
  }

  /** Takes the invite with a row that follows the chain's end: the chain with it, and the box. 'stale': another came first. */
  async take(
    documentId: Uint8Array,
    invite: KeyPair,
    row: StoredLink,
  ): Promise<{ readonly chain: readonly StoredLink[]; readonly box: Uint8Array } | 'stale' | WhyNot> {
    const answer = await this.relay.ask({ t: 'take', document: documentId, invite: invite.publicKey, row: [row] })
    if (typeof answer === 'string') return answer
    if (answer.t === 'no') return answer.why === 'stale' ? 'stale' : whyNotOf(answer.why)
    if (answer.t !== 'taken') return 'not-a-relay'
    const looked = await this.look(documentId, invite)
    return typeof looked === 'string' ? looked : { chain: looked.chain, box: answer.box }
  }

  /** Asks to be let in, where an owner has to say yes. Null when it is kept until then. */
  async ask(documentId: Uint8Array, invite: KeyPair, wish: Omit<JoinRequest, 'invite'>): Promise<WhyNot | null> {
    const request = { ...wish, invite: invite.publicKey }
    const sig = this.suite.sign(askBytes(documentId, request), invite)
    const answer = await this.relay.ask({ t: 'ask', document: documentId, ...request, sig })
    if (typeof answer === 'string') return answer
    if (answer.t === 'no') return whyNotOf(answer.why)
    return answer.t === 'done' ? null : 'not-a-relay'
  }
}
