/** One of a document's ways to others: its transport while it is used, and how that is doing. */
import type { WayView } from '../../shared/ipc/together.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'
import type { Link, TransportStatus, WatchedTransport } from '../replication/transport.ts'

export interface WayParts {
  readonly way: WayView['way']
  /** A relay's address; null for the local network, where each peer is somebody. */
  readonly relay: string | null
  readonly transport: WatchedTransport
  readonly changed: () => void
}

export class Way {
  readonly relay: string | null
  readonly links = new Set<Link>()
  private readonly parts: WayParts
  private status: TransportStatus = { state: 'looking', problem: null }
  /** Why whoever was there last could not be talked with. */
  private unmet: WhyNot | null = null

  constructor(parts: WayParts) {
    this.parts = parts
    this.relay = parts.relay
    parts.transport.watch((status) => {
      this.status = status
      parts.changed()
    })
  }

  is(way: WayView['way'], relay: string | null): boolean {
    return this.parts.way === way && this.relay === relay
  }

  start(meet: (link: Link) => void): void {
    this.parts.transport.start((link) => {
      this.links.add(link)
      meet(link)
      this.parts.changed()
    })
  }

  view(): WayView {
    const { state, problem }: TransportStatus =
      this.unmet === null ? this.status : { state: 'problem', problem: this.unmet }
    const isConnected = this.links.size > 0
    return {
      way: this.parts.way,
      // A link that is up says more than what the transport said last.
      state: isConnected ? 'connected' : state === 'connected' ? 'looking' : state,
      problem: isConnected ? null : problem,
      peers: this.links.size,
    }
  }

  /** Whoever is at the other end of the link is talked with. */
  met(link: Link): void {
    if (this.links.has(link)) this.unmet = null
  }

  /** The link is over; `why` when nobody could be talked with over it. */
  lost(link: Link, why: WhyNot | null = null): void {
    if (!this.links.delete(link)) return
    this.unmet = why ?? this.unmet
    this.parts.changed()
  }

  stop(): void {
    this.parts.transport.stop()
  }
}
