/**
 * A transport: a way to other replicas of one document. A local network, a relay and a folder are three of them; a session
 * runs over any of them alike. `transport.contract.ts` holds what each must keep.
 */
import type { LinkListener } from '../../shared/protocol/link-inbox.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'

/** A way to one peer, open until either side closes it. */
export interface Link {
  /** Who this is as far as the transport can tell, the same each time it is met; the session proves the rest. */
  readonly peer: string
  /** The member key (hexadecimal) the other end proved to hold; null for a relay. */
  readonly member: string | null
  /** The connection it goes over, together with links for other documents; left out where it has one of its own. */
  readonly connection?: object
  /** Live words a second, where it is not the ordinary rate: behind a relay many people speak on one link. */
  readonly liveRate?: number
  /** Sends a frame, of which the caller may reuse the bytes. It comes whole or not at all. After `close` it goes nowhere. */
  send(frame: Uint8Array): void
  /** Says where frames go, and the end of the link, by whichever side. What came before is kept for it. To be called once. */
  listen(listener: LinkListener): void
  close(): void
}

export interface Transport {
  /** Begins to look for peers; each is handed over as a link of its own, again when it was lost and is found again. */
  start(meet: (link: Link) => void): void
  /** Closes all links and looks for no more. */
  stop(): void
}

export interface TransportStatus {
  readonly state: 'off' | 'looking' | 'connected' | 'problem'
  readonly problem: WhyNot | null
}

/** Transport that can say how it is doing. Why not is known within ten seconds. */
export interface WatchedTransport extends Transport {
  watch(listener: (status: TransportStatus) => void): void
}
