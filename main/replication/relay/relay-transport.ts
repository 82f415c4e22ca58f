/** The way to one document's replica on a relay: opens its channel, and opens it again when it was lost. */
import { toHex } from '../../../shared/ids.ts'
import type { StoredLink } from '../../../shared/membership/member-op.ts'
import { personOf } from '../../../shared/membership/membership.ts'
import { mayWrite, type Role } from '../../../shared/membership/role.ts'
import { MAX_RUNS, ROWS_PAGE, type RelayMessage, type RunClaim } from '../../../shared/relay/relay-message.ts'
import { type RelayRefusal, whyNotOf } from '../../../shared/relay/relay-refusal.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import type { DocumentAccess } from '../document-access.ts'
import type { Link, TransportStatus, WatchedTransport } from '../transport.ts'
import { fullJitter } from './jitter.ts'
import type { Question } from './relay-connection.ts'
import { RelayLink } from './relay-link.ts'

/** What a transport needs of the WebSocket that all of them share. */
export interface SharedSocket {
  readonly relayId: Uint8Array | null
  /** The answer; null when there is no connection. */
  open(documentId: Uint8Array, access: DocumentAccess, rows: readonly StoredLink[]): Promise<RelayMessage | null>
  /** The answer, or why there is none. */
  ask(question: Question): Promise<RelayMessage | WhyNot>
  say(message: RelayMessage): void
  sendFrame(chan: number, frame: Uint8Array): void
  /** Frames of this channel are for this transport from now on, or for nobody. */
  route(chan: number, transport: RelayTransport | null): void
  /** Calls the transport's `reach` as soon as there is a connection. */
  want(transport: RelayTransport): void
  unwant(transport: RelayTransport): void
  /** This computer could not do something just now, for its disk perhaps: all is begun anew with the next connection. */
  failed(cause: unknown): void
}

/** Milliseconds a link must have lived for the next one to come at once. */
const LASTING = 10_000
/** Milliseconds between two looks for closed runs the relay may be told of. */
const VOUCHING = 600_000

export class RelayTransport implements WatchedTransport {
  readonly documentId: Uint8Array
  private readonly access: DocumentAccess
  private readonly socket: SharedSocket
  private readonly runs: () => readonly RunClaim[]
  private readonly listeners = new Set<(status: TransportStatus) => void>()
  private meet: ((link: Link) => void) | null = null
  private link: RelayLink | null = null
  private chan: number | null = null
  private status: TransportStatus = { state: 'off', problem: null }
  private attempt = 0
  private openedAt = 0
  private isOpening = false
  private timer: ReturnType<typeof setTimeout> | null = null
  private vouching: ReturnType<typeof setInterval> | null = null
  private vouched = new Set<string>()

  constructor(access: DocumentAccess, socket: SharedSocket, runs: () => readonly RunClaim[]) {
    this.documentId = access.documentId
    this.access = access
    this.socket = socket
    this.runs = runs
  }

  start(meet: (link: Link) => void): void {
    this.meet = meet
    this.say({ state: 'looking', problem: null })
    this.socket.want(this)
  }

  stop(): void {
    this.meet = null
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    // The relay hears of it, and then the channel is nobody's.
    this.link?.close()
    this.socket.unwant(this)
    this.say({ state: 'off', problem: null })
  }

  watch(listener: (status: TransportStatus) => void): void {
    this.listeners.add(listener)
    listener(this.status)
  }

  /** There is a connection: opens the document's channel. */
  async reach(): Promise<void> {
    if (this.meet === null || this.link !== null || this.isOpening || this.timer !== null) return
    this.isOpening = true
    const answer = await this.open().finally(() => (this.isOpening = false))
    if (answer === null) return
    if (answer.t !== 'opened') {
      this.problem(answer.t === 'no' ? whyNotOf(answer.why) : 'not-a-relay')
      return this.again()
    }
    // It may have been stopped meanwhile.
    if (this.meet === null) return this.socket.say({ t: 'close', chan: answer.chan })
    this.begin(answer.chan, this.meet)
  }

  receive(frame: Uint8Array): void {
    this.link?.receive(frame)
  }

  /** The relay ended the channel. */
  closed(why: RelayRefusal): void {
    if (why !== 'busy') this.problem(whyNotOf(why))
    this.over()
    this.again()
  }

  /** Something that was sent is not kept there. */
  noted(why: RelayRefusal): void {
    this.problem(whyNotOf(why))
  }

  /** The connection is over, or could not be made. */
  lost(why: WhyNot): void {
    this.over()
    if (this.meet !== null) this.problem(why)
  }

  private async open(): Promise<RelayMessage | null> {
    let rows: readonly StoredLink[] = []
    for (let tries = 0; tries < 64; tries++) {
      const answer = await this.socket.open(this.documentId, this.access, rows)
      if (answer?.t !== 'behind') return answer
      const ours = this.access.chain()
      // With nothing new to show it asks all the same: the relay then says why it is not let in.
      rows = pageOf(answer.rows < ours.length ? ours.slice(answer.rows) : ours.slice(-1))
      if (rows.length === 0) return { t: 'no', id: 0, why: 'unknown-document' }
    }
    return { t: 'no', id: 0, why: 'busy' }
  }

  private begin(chan: number, meet: (link: Link) => void): void {
    const link = new RelayLink(toHex(this.socket.relayId ?? new Uint8Array()), () => this.role(), {
      connection: this.socket,
      send: (frame) => this.socket.sendFrame(chan, frame),
      drop: () => {
        this.socket.say({ t: 'close', chan })
        this.over()
        this.again()
      },
    })
    this.link = link
    this.chan = chan
    this.openedAt = performance.now()
    this.vouched = new Set()
    this.socket.route(chan, this)
    this.say({ state: 'connected', problem: null })
    this.vouching = setInterval(() => this.tellRuns(chan), VOUCHING)
    this.vouching.unref()
    setTimeout(() => this.tellRuns(chan), 5000).unref()
    meet(link)
  }

  /** Tells the relay what closed runs cover, each until it has heard it: it keeps their records until that is believed. */
  private async vouch(chan: number): Promise<void> {
    while (this.chan === chan && mayWrite(this.role() ?? 'reader', 0)) {
      const news = this.runs().filter(({ recId }) => !this.vouched.has(toHex(recId)))
      const page = news.slice(0, MAX_RUNS)
      if (page.length === 0) return
      const answer = await this.socket.ask({ t: 'covers', chan, runs: page })
      // It is busy, or lost: another time.
      if (typeof answer === 'string' || answer.t !== 'done') return
      for (const { recId } of page) this.vouched.add(toHex(recId))
    }
  }

  private tellRuns(chan: number): void {
    this.vouch(chan).catch((cause: unknown) => this.socket.failed(cause))
  }

  private role(): Role | null {
    const membership = this.access.membership()
    const root = personOf(membership, this.access.device.publicKey)
    return root === null ? null : (membership.people.get(root)?.role ?? null)
  }

  private over(): void {
    const { link, chan } = this
    if (this.vouching !== null) clearInterval(this.vouching)
    this.link = null
    this.chan = null
    if (chan !== null) this.socket.route(chan, null)
    link?.end()
    if (link !== null && this.status.state === 'connected') this.say({ state: 'looking', problem: null })
  }

  /** Opens again, later each time it did not last. */
  private again(): void {
    if (this.meet === null || this.timer !== null) return
    if (performance.now() - this.openedAt > LASTING) this.attempt = 0
    this.timer = setTimeout(
      () => {
        this.timer = null
        this.socket.want(this)
      },
      fullJitter(this.attempt, Math.random()),
    )
    this.attempt += 1
  }

  private problem(problem: WhyNot): void {
    this.say({ state: 'problem', problem })
  }

  private say(status: TransportStatus): void {
    if (status.state === this.status.state && status.problem === this.status.problem) return
    this.status = status
    for (const listener of this.listeners) listener(status)
  }
}

/** As many rows as fit a message, at least one if there is one. */
function pageOf(rows: readonly StoredLink[]): readonly StoredLink[] {
  let bytes = 0
  return rows.filter(({ op }, index) => (bytes += op.length + 100) <= ROWS_PAGE || index === 0)
}
