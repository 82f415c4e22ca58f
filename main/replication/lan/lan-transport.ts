/** A document on the local network: an offer to its peers while it is open, and word of how it is doing. */
import type { DocumentAccess } from '../document-access.ts'
import type { Link, TransportStatus, WatchedTransport } from '../transport.ts'
import type { Offer } from './lan-peer.ts'

const OFF: TransportStatus = { state: 'off', problem: null }

export class LanTransport implements WatchedTransport, Offer {
  readonly access: DocumentAccess
  private readonly changed: () => void
  private readonly listeners: ((status: TransportStatus) => void)[] = []
  private met: ((link: Link) => void) | null = null
  private status = OFF
  /** Since when it has had nobody; null while it has somebody. */
  private aloneAt: number | null = null

  constructor(access: DocumentAccess, changed: () => void) {
    this.access = access
    this.changed = changed
  }

  get isStarted(): boolean {
    return this.met !== null
  }

  start(meet: (link: Link) => void): void {
    this.met = meet
    this.aloneAt = performance.now()
    this.tell({ state: 'looking', problem: null })
    this.changed()
  }

  stop(): void {
    if (this.met === null) return
    this.met = null
    this.tell(OFF)
    this.changed()
  }

  watch(listener: (status: TransportStatus) => void): void {
    this.listeners.push(listener)
    listener(this.status)
  }

  meet(link: Link): void {
    if (this.met === null) link.close()
    else this.met(link)
  }

  /** How long it has had nobody, in milliseconds. */
  aloneFor(now: number): number {
    return this.aloneAt === null ? 0 : now - this.aloneAt
  }

  tell(status: TransportStatus): void {
    if (status.state === 'connected') this.aloneAt = null
    else this.aloneAt ??= performance.now()
    if (status.state === this.status.state && status.problem === this.status.problem) return
    this.status = status
    for (const listener of this.listeners) listener(status)
  }
}
