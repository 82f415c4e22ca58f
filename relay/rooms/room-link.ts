import type { LinkListener } from '../../shared/protocol/link-inbox.ts'

/** A way from a room to one device in it: what a transport's link is elsewhere, and what only a server must ask. */
export interface RoomLink {
  /** The member key (hexadecimal) the device proved to hold; it names the peer too. */
  readonly peer: string
  readonly member: string
  send(frame: Uint8Array): void
  listen(listener: LinkListener): void
  close(): void
  /** Whether so much waits to be read that nothing new should be sent. */
  isLagging(): boolean
}
