/**
 * A link over a channel: one document, between two who have proved who they are. With a newcomer, whom our chain does not
 * know, only the chain is spoken of, in both directions; the session takes what is left out for lost, and says it again.
 */
import { toHex } from '../../../shared/ids.ts'
import { LinkInbox, type LinkListener } from '../../../shared/protocol/link-inbox.ts'
import type { Link } from '../transport.ts'
import type { Parting } from './lan-message.ts'
import type { Standing } from './member-proof.ts'

/** First bytes of frames that say who speaks, how far the chain goes, its rows, and that it is over. */
const OF_THE_CHAIN: readonly number[] = [1, 7, 8, 9]

export interface LinkWay {
  /** What our chain says of the member now. */
  standing(): Standing
  send(frame: Uint8Array): void
  /** It is over, by us. */
  closed(parting: Parting): void
}

export class LanLink implements Link {
  readonly peer: string
  readonly member: string
  readonly connection: object
  readonly begunAt = performance.now()
  private readonly way: LinkWay
  private readonly inbox = new LinkInbox()

  constructor(member: Uint8Array, connection: object, way: LinkWay) {
    this.connection = connection
    this.member = toHex(member)
    // The same device is the same peer, however often its app was started since.
    this.peer = this.member
    this.way = way
  }

  send(frame: Uint8Array): void {
    if (this.inbox.isOpen && this.isLetThrough(frame)) this.way.send(frame)
  }

  listen(listener: LinkListener): void {
    this.inbox.listen(listener)
  }

  close(): void {
    this.end('closed')
  }

  receive(frame: Uint8Array): void {
    if (!this.inbox.isOpen || !this.isLetThrough(frame)) return
    if (!this.inbox.receive(frame)) this.end('closed')
  }

  /** Closes it when the member is none any more: our chain has grown. Answers how they stand. */
  check(): Standing {
    const standing = this.way.standing()
    if (standing === 'removed') this.end('revoked')
    else if (standing === 'stranger') this.end('not-a-member')
    return standing
  }

  /** Closes it, and says why. */
  end(parting: Parting): void {
    if (this.inbox.end()) this.way.closed(parting)
  }

  /** It is over, by the other side or with its connection. */
  over(): void {
    this.inbox.end()
  }

  private isLetThrough(frame: Uint8Array): boolean {
    const standing = this.check()
    return standing === 'member' || (standing === 'newcomer' && OF_THE_CHAIN.includes(frame[0] ?? 0))
  }
}
