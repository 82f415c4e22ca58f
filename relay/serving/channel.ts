/** A channel: one document on one WebSocket, as the room it is in sees it. */
import { toHex } from '../../shared/ids.ts'
import { LinkInbox, type LinkListener } from '../../shared/protocol/link-inbox.ts'
import type { RoomLink } from '../rooms/room-link.ts'

/** What carries the channels: one WebSocket. */
export interface Carrier {
  sendFrame(chan: number, frame: Uint8Array): void
  isLagging(): boolean
  /** The channel is over on this side. */
  drop(chan: number): void
}

export class Channel implements RoomLink {
  readonly peer: string
  readonly member: string
  readonly memberKey: Uint8Array
  private readonly chan: number
  private readonly carrier: Carrier
  private readonly inbox = new LinkInbox()

  constructor(carrier: Carrier, chan: number, memberKey: Uint8Array) {
    this.carrier = carrier
    this.chan = chan
    this.memberKey = memberKey
    this.member = toHex(memberKey)
    this.peer = this.member
  }

  send(frame: Uint8Array): void {
    if (this.inbox.isOpen) this.carrier.sendFrame(this.chan, frame)
  }

  listen(listener: LinkListener): void {
    this.inbox.listen(listener)
  }

  isLagging(): boolean {
    return this.carrier.isLagging()
  }

  close(): void {
    if (this.inbox.end()) this.carrier.drop(this.chan)
  }

  receive(frame: Uint8Array): void {
    if (!this.inbox.receive(frame)) this.close()
  }

  /** It is over by the other side, or with the WebSocket. */
  end(): void {
    this.inbox.end()
  }
}
