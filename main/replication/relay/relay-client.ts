/**
 * An app's end of one relay: one WebSocket for all its documents and questions, there while anybody needs it. Lost, it is
 * dialled again at random moments that grow further apart; why there is none is known within ten seconds.
 */
import type { CryptoSuite } from '../../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../../shared/errors.ts'
import type { StoredLink } from '../../../shared/membership/member-op.ts'
import type { JoinRequest, RelayMessage, RelayMessageOf, RunClaim } from '../../../shared/relay/relay-message.ts'
import { type Meeting, openBytes } from '../../../shared/relay/relay-proof.ts'
import { type RelayRefusal, whyNotOf } from '../../../shared/relay/relay-refusal.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import type { Clock, Logger } from '../../ports.ts'
import type { DocumentAccess } from '../document-access.ts'
import type { WatchedTransport } from '../transport.ts'
import { fullJitter } from './jitter.ts'
import { type DialSetting, type Question, RelayConnection } from './relay-connection.ts'
import { RelayInviteDesk } from './relay-invite-desk.ts'
import { RelayTransport, type SharedSocket } from './relay-transport.ts'

/** Milliseconds: how long a question waits for a connection, one that nobody needs is kept, and clocks may differ. */
const PATIENCE = 9500
const IDLE = 30_000
const SKEW = 5 * 60_000
const LASTING = 10_000

export interface Vault {
  readonly version: number
  readonly bytes: Uint8Array
  readonly sig: Uint8Array
}

export interface RelayClientParts {
  readonly suite: CryptoSuite
  readonly clock: Clock
  readonly logger: Logger
  readonly setting?: DialSetting
}

export class RelayClient implements SharedSocket {
  private readonly url: string
  private readonly suite: CryptoSuite
  private readonly clock: Clock
  private readonly logger: Logger
  private readonly setting: DialSetting
  private readonly transports = new Set<RelayTransport>()
  private readonly routes = new Map<number, RelayTransport>()
  private readonly askers = new Set<(why: WhyNot | null) => void>()
  private connection: RelayConnection | null = null
  private challenge: RelayMessageOf<'challenge'> | null = null
  private skew = 0
  private attempt = 0
  private readyAt = 0
  private timer: ReturnType<typeof setTimeout> | null = null
  private idle: ReturnType<typeof setTimeout> | null = null
  private why: WhyNot | null = null
  private isStopped = false

  constructor(url: string, { suite, clock, logger, setting = {} }: RelayClientParts) {
    this.url = url
    this.suite = suite
    this.clock = clock
    this.logger = logger
    this.setting = setting
  }

  /** `runs`: what the document's closed runs cover; on the word of two persons the relay lets records go. */
  transport(access: DocumentAccess, runs: () => readonly RunClaim[] = () => []): WatchedTransport {
    return new RelayTransport(access, this, runs)
  }

  desk(): RelayInviteDesk {
    return new RelayInviteDesk(this, this.suite)
  }

  /** Leaves an invite's box for whoever takes it. The document must be open on this relay. */
  async putInvite(
    access: DocumentAccess,
    { invite, box }: { readonly invite: Uint8Array; readonly box: Uint8Array },
  ): Promise<void> {
    // The relay holds to the invite's end by its own clock.
    if (Math.abs(this.skew) > SKEW)
      throw new SheafError('unreachable', 'The clocks of this computer and of the relay differ.', { why: 'clock' })
    await this.tell(access, (chan) => ({ t: 'put-invite', chan, invite, box }))
  }

  async dropInvite(access: DocumentAccess, invite: Uint8Array): Promise<void> {
    await this.tell(access, (chan) => ({ t: 'drop-invite', chan, invite }))
  }

  /** Who asked to be let in and has no answer yet. */
  async requests(access: DocumentAccess): Promise<readonly JoinRequest[]> {
    const answer = await this.tell(access, (chan) => ({ t: 'list-requests', chan }))
    return answer.t === 'requests' ? answer.requests : []
  }

  /** Forgets a request: it was declined. One that was granted is forgotten with the row that says so. */
  async dropRequest(access: DocumentAccess, root: Uint8Array): Promise<void> {
    await this.tell(access, (chan) => ({ t: 'drop-request', chan, root }))
  }

  /** 'stale' when another version is there: look again, and make it anew. */
  async putVault(
    id: Uint8Array,
    version: number,
    bytes: Uint8Array,
    sig: Uint8Array,
  ): Promise<'kept' | 'stale' | WhyNot> {
    const answer = await this.ask({ t: 'put-vault', vault: id, version, bytes, sig })
    if (typeof answer === 'string') return answer
    if (answer.t === 'no') return answer.why === 'stale' ? 'stale' : whyNotOf(answer.why)
    return answer.t === 'done' ? 'kept' : 'not-a-relay'
  }

  /** Null when there is none. */
  async getVault(id: Uint8Array): Promise<Vault | null | WhyNot> {
    const answer = await this.ask({ t: 'get-vault', vault: id })
    if (typeof answer === 'string') return answer
    if (answer.t === 'no') return answer.why === 'unknown-document' ? null : whyNotOf(answer.why)
    if (answer.t !== 'vault') return 'not-a-relay'
    const { version, bytes, sig } = answer
    return { version, bytes, sig }
  }

  /** Closes everything, for good. */
  stop(): void {
    this.isStopped = true
    for (const transport of Array.from(this.transports)) transport.stop()
    if (this.timer !== null) clearTimeout(this.timer)
    if (this.idle !== null) clearTimeout(this.idle)
    this.connection?.close()
    for (const asker of Array.from(this.askers)) asker('relay-unreachable')
  }

  /** Asks as soon as there is a connection, with what is signed for it if need be; why not when there is none in time, or no answer. */
  async ask(question: Question | ((meeting: Meeting) => Question)): Promise<RelayMessage | WhyNot> {
    const why = await this.connected()
    if (why !== null) return why
    const { connection, meeting } = this
    if (connection === null || meeting === null) return this.why ?? 'relay-unreachable'
    const answer = await connection.ask(typeof question === 'function' ? question(meeting) : question)
    this.rest()
    return answer ?? this.why ?? 'relay-unreachable'
  }

  private get meeting(): Meeting | null {
    return this.challenge === null ? null : { host: new URL(this.url).host, nonce: this.challenge.nonce }
  }

  get relayId(): Uint8Array | null {
    return this.challenge?.relay ?? null
  }

  async open(
    documentId: Uint8Array,
    access: DocumentAccess,
    rows: readonly StoredLink[],
  ): Promise<RelayMessage | null> {
    const { connection, meeting } = this
    if (connection === null || meeting === null) return null
    const sig = this.suite.sign(openBytes(meeting, documentId), access.device)
    const wire = rows.map(({ op, hash, sig: signed }) => ({ op, hash, sig: signed }))
    return await connection.ask({ t: 'open', document: documentId, member: access.device.publicKey, sig, rows: wire })
  }

  say(message: RelayMessage): void {
    this.connection?.say(message)
  }

  sendFrame(chan: number, frame: Uint8Array): void {
    this.connection?.sendFrame(chan, frame)
  }

  route(chan: number, transport: RelayTransport | null): void {
    if (transport === null) this.routes.delete(chan)
    else this.routes.set(chan, transport)
  }

  want(transport: RelayTransport): void {
    this.transports.add(transport)
    if (this.connection?.isReady === true) this.reach(transport)
    else this.dial()
  }

  unwant(transport: RelayTransport): void {
    this.transports.delete(transport)
    this.rest()
  }

  failed(cause: unknown): void {
    this.logger.error('relay-failed', cause)
    this.connection?.close()
  }

  private async tell(access: DocumentAccess, question: (chan: number) => Question): Promise<RelayMessage> {
    const chan = [...this.routes].find(
      ([, { documentId }]) => documentId === access.documentId || same(documentId, access.documentId),
    )?.[0]
    const answer = chan === undefined ? (this.why ?? 'relay-unreachable') : await this.ask(question(chan))
    if (typeof answer !== 'string' && answer.t !== 'no') return answer
    const why = typeof answer === 'string' ? answer : whyNotOf(answer.why)
    throw new SheafError('unreachable', 'The relay could not be asked just now.', { why })
  }

  /** Null as soon as there is a connection; why not otherwise, soon enough. */
  private connected(): Promise<WhyNot | null> {
    if (this.connection?.isReady === true) return Promise.resolve(null)
    // Somebody waits for it: now, not when it would be tried again.
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    return new Promise((resolve) => {
      const answer = (why: WhyNot | null): void => {
        clearTimeout(late)
        this.askers.delete(answer)
        resolve(why)
      }
      const late = setTimeout(() => answer('relay-unreachable'), PATIENCE)
      this.askers.add(answer)
      this.dial()
    })
  }

  private dial(): void {
    if (this.connection !== null || this.timer !== null || this.isStopped) return
    const connection = new RelayConnection(this.url, this.setting, {
      ready: (challenge) => this.ready(challenge),
      frame: (chan, frame) => this.routes.get(chan)?.receive(frame),
      closed: (chan, why: RelayRefusal) => this.routes.get(chan)?.closed(why),
      note: (chan, why: RelayRefusal) => this.routes.get(chan)?.noted(why),
      ended: (why, retry) => this.ended(why, retry),
    })
    this.connection = connection
  }

  private ready(challenge: RelayMessageOf<'challenge'>): void {
    this.challenge = challenge
    this.skew = challenge.clock - this.clock.now()
    this.readyAt = performance.now()
    this.why = null
    for (const asker of Array.from(this.askers)) asker(null)
    for (const transport of Array.from(this.transports)) this.reach(transport)
  }

  private reach(transport: RelayTransport): void {
    transport.reach().catch((cause: unknown) => this.failed(cause))
  }

  private ended(why: WhyNot, retry: number | null): void {
    if (this.challenge !== null && performance.now() - this.readyAt > LASTING) this.attempt = 0
    this.connection = null
    this.challenge = null
    this.why = why
    this.routes.clear()
    for (const transport of Array.from(this.transports)) transport.lost(why)
    for (const asker of Array.from(this.askers)) asker(why)
    if (this.isStopped || this.transports.size === 0) return
    const pause = Math.max(retry ?? 0, fullJitter(this.attempt, Math.random()))
    this.attempt += 1
    this.timer = setTimeout(() => {
      this.timer = null
      if (this.transports.size > 0) this.dial()
    }, pause)
  }

  /** Closes a connection that nobody needs any more, after a while. */
  private rest(): void {
    if (this.idle !== null) clearTimeout(this.idle)
    this.idle = setTimeout(() => {
      if (this.transports.size === 0 && this.askers.size === 0) this.connection?.close()
    }, IDLE)
    this.idle.unref()
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}
