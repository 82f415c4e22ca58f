/** A link to a relay for one document: a channel of the one WebSocket that goes there. */
import { mayWrite, type Role } from '../../../shared/membership/role.ts'
import { decodeFrame, encodeFrame } from '../../../shared/protocol/frames.ts'
import { LinkInbox, type LinkListener } from '../../../shared/protocol/link-inbox.ts'
import type { Link } from '../transport.ts'

/** Live words a second of all who are on the relay. */
const MANY = 320

interface Channel {
  /** Carries the channels of all documents. */
  readonly connection: object
  send(frame: Uint8Array): void
  drop(): void
}

export class RelayLink implements Link {
  readonly peer: string
  readonly member = null
  readonly liveRate = MANY
  readonly connection: object
  private readonly channel: Channel
  private readonly role: () => Role | null
  private readonly inbox = new LinkInbox()

  constructor(peer: string, role: () => Role | null, channel: Channel) {
    this.peer = peer
    this.role = role
    this.connection = channel.connection
    this.channel = channel
  }

  send(frame: Uint8Array): void {
    const allowed = this.inbox.isOpen ? allowedFrame(frame, this.role()) : null
    if (allowed !== null) this.channel.send(allowed)
  }

  listen(listener: LinkListener): void {
    this.inbox.listen(listener)
  }

  close(): void {
    if (this.inbox.end()) this.channel.drop()
  }

  receive(frame: Uint8Array): void {
    if (!this.inbox.receive(frame)) this.close()
  }

  /** It is over by the relay, or with the WebSocket. */
  end(): void {
    this.inbox.end()
  }
}

const RECORDS = 4
const PIECE = 5
const STREAM_AT = 34

/** A frame without what the relay would not keep from somebody of this role: it would be sent in vain, every beat. */
export function allowedFrame(frame: Uint8Array, role: Role | null): Uint8Array | null {
  if (role === 'owner' || role === 'editor' || (frame[0] !== RECORDS && frame[0] !== PIECE)) return frame
  if (role !== 'commenter') return null
  const decoded = frame[0] === PIECE ? 'piece' : decodeFrame(frame)
  if (typeof decoded === 'string' || decoded.op !== 'records') return frame
  const envelopes = decoded.envelopes.filter((envelope) => mayWrite(role, envelope[STREAM_AT] ?? 0))
  return envelopes.length === 0 ? null : encodeFrame({ op: 'records', envelopes })
}
