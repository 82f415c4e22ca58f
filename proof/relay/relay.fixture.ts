/** Real relays on real ports, and people who write over them. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sodiumSuite as suite } from '../../main/identity/sodium-suite.ts'
import { DocumentReplica } from '../../main/replication/document-replica.ts'
import { LogDocument } from '../../main/replication/log-document.fixture.ts'
import { RelayHub } from '../../main/replication/relay/relay-hub.ts'
import type { DialSetting } from '../../main/replication/relay/relay-connection.ts'
import { Replicator } from '../../main/replication/replicator.ts'
import { Scribe, SharedDocument, someone, type Someone } from '../../main/replication/shared-document.fixture.ts'
import type { Link, TransportStatus, WatchedTransport } from '../../main/replication/transport.ts'
import type { DocumentAccess } from '../../main/replication/document-access.ts'
import type { RelayLimits } from '../../relay/relay-limits.ts'
import { RelayServer } from '../../relay/relay-server.ts'
import type { ConnectionParts } from '../../relay/serving/connection.ts'
import type { EpochKey } from '../../shared/crypto/epoch-key.ts'
import { readMembership } from '../../shared/membership/membership.ts'
import type { Role } from '../../shared/membership/role.ts'
import type { Notice, PictureFrame } from '../../shared/protocol/session-state.ts'
import type { RunClaim } from '../../shared/relay/relay-message.ts'

/** What a hub needs of the world; it says nothing of what goes wrong. */
export const WORLD = { suite, clock: { now: () => Date.now() }, logger: { info: () => {}, error: () => {} } }

/** Of one machine, all of them: no test is about how many come from there, but those that say so. */
const ROOMY = { socketsPerAddress: 1000, newSocketsPerSecond: 1000 }

export class TestRelay {
  readonly folder: string
  readonly lines: string[] = []
  server: RelayServer
  port = 0
  private readonly limits: Partial<RelayLimits>
  private readonly meet: ConnectionParts['meet'] | undefined
  private readonly clock: { now(): number }

  private constructor(
    limits: Partial<RelayLimits>,
    meet: ConnectionParts['meet'] | undefined,
    clock: { now(): number },
  ) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sheaf-relay-'))
    this.limits = limits
    this.meet = meet
    this.clock = clock
    this.server = this.make(0)
  }

  static async start(
    limits: Partial<RelayLimits> = {},
    meet?: ConnectionParts['meet'],
    clock: { now(): number } = { now: () => Date.now() },
  ): Promise<TestRelay> {
    const relay = new TestRelay(limits, meet, clock)
    relay.port = await relay.server.start()
    return relay
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`
  }

  /** Ends as it does for SIGTERM and begins again, at the same port; `meanwhile` is done to its folder. */
  async restart(meanwhile: () => void = () => undefined): Promise<void> {
    await this.server.stop()
    meanwhile()
    this.server = this.make(this.port)
    await this.server.start()
  }

  wipe(): void {
    for (const file of fs.readdirSync(this.folder)) fs.rmSync(path.join(this.folder, file))
  }

  async clear(): Promise<void> {
    await this.server.stop()
    fs.rmSync(this.folder, { recursive: true })
  }

  private make(port: number): RelayServer {
    const config = { host: '127.0.0.1', port, data: this.folder, cert: null, key: null, behindProxy: false, names: [] }
    const log = (event: string, facts?: object): void => void this.lines.push(JSON.stringify({ event, ...facts }))
    return new RelayServer({
      config: { ...config, limits: { ...ROOMY, ...this.limits } },
      suite,
      log,
      clock: this.clock,
      ...(this.meet === undefined ? {} : { meet: this.meet }),
    })
  }
}

/** A document and the people it is shared with. */
export class Circle {
  readonly shared = new SharedDocument()
  readonly writers: RelayWriter[] = []
  keys: { current: EpochKey; all: Map<number, EpochKey> }
  url: string

  constructor(relay: TestRelay) {
    const current = { epoch: 1, key: suite.random(32) }
    this.keys = { current, all: new Map([[1, current]]) }
    this.url = relay.url
    const outcome = this.shared.change({ type: 'relay', url: relay.url })
    if (outcome !== 'appended') throw new Error(outcome)
  }

  /** Lets somebody in, by the founder. */
  add(role: Role): Someone {
    const person = someone()
    const { root, member } = person
    const outcome = this.shared.change({ type: 'add', root: root.publicKey, member: member.publicKey, role, key: null })
    if (outcome !== 'appended') throw new Error(outcome)
    return person
  }

  writer(person: Someone, setting: DialSetting = {}, runs?: () => readonly RunClaim[]): RelayWriter {
    const writer = new RelayWriter(this, person, setting, runs)
    this.writers.push(writer)
    return writer
  }

  clear(): void {
    for (const writer of this.writers) writer.stop()
  }
}

/** One device of somebody, with a copy of the document in memory. */
export class RelayWriter {
  readonly person: Someone
  readonly scribe: Scribe
  readonly document: LogDocument
  readonly replicator: Replicator
  readonly transport: WatchedTransport
  readonly hub: RelayHub
  readonly access: DocumentAccess
  readonly told: (Notice | { kind: 'failed' })[] = []
  readonly heard: string[] = []
  readonly wanted: string[] = []
  readonly pictures: Uint8Array[] = []
  private link: Link | null = null
  private asked = false
  status: TransportStatus = { state: 'off', problem: null }
  met = 0
  private readonly ticking: ReturnType<typeof setInterval>

  constructor(circle: Circle, person: Someone, setting: DialSetting, runs?: () => readonly RunClaim[]) {
    const { shared } = circle
    this.person = person
    this.scribe = new Scribe(shared.documentId, person.member)
    this.document = new LogDocument(suite, shared.chain)
    const replica = new DocumentReplica(suite, shared.documentId, this.document, () => circle.keys)
    this.replicator = new Replicator({
      suite,
      documentId: shared.documentId,
      replica,
      clock: { now: () => Date.now() },
      tell: (_, notice) => {
        this.told.push(notice)
        if (notice.kind === 'wanted') this.wanted.push(...notice.ids)
        if (notice.kind === 'picture') this.pictures.push(notice.sealed)
        if (notice.kind === 'heard') this.heard.push(Buffer.from(notice.bytes).toString())
      },
    })
    this.access = {
      documentId: shared.documentId,
      device: person.member,
      keys: () => circle.keys,
      chain: () => this.document.chain().rows,
      membership: () => {
        const membership = readMembership(suite, this.document.chain().rows)
        if ('refusal' in membership) throw new Error(membership.refusal)
        return membership
      },
    }
    this.hub = new RelayHub({ ...WORLD, setting })
    this.transport = this.hub.relay(circle.url).transport(this.access, runs)
    this.transport.watch((status) => (this.status = status))
    this.ticking = setInterval(() => this.replicator.tick(), 200)
  }

  start(): this {
    this.transport.start((link) => {
      this.met += 1
      this.link = link
      this.replicator.meet(link)
    })
    return this
  }

  /** Signs so many records and has them sent. */
  write(count = 1, stream = 0): void {
    for (let i = 0; i < count; i++)
      this.document.merge([this.scribe.write(this.document.chain().membership.seq, stream)])
    this.replicator.changed()
  }

  exchange(frame: PictureFrame): void {
    if (this.link !== null) this.replicator.exchange(this.link, frame)
  }

  exchangeOnce(frame: PictureFrame): void {
    if (!this.asked) this.exchange(frame)
    this.asked = true
  }

  stop(): void {
    clearInterval(this.ticking)
    this.hub.stop()
  }

  /** What is held of every writer. */
  get held(): string {
    return JSON.stringify([...this.document.log.heads()].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  get count(): number {
    return this.document.log.records().length
  }

  /** Record ids the relay said it keeps. */
  get acknowledged(): number {
    return this.told
      .flatMap((one) => (one.kind === 'received' ? [one] : []))
      .reduce((most, { tips }) => Math.max(most, tips.get(this.scribe.name)?.at(-1)?.seq ?? 0), 0)
  }
}

/** Waits until something is so; throws what was not so when it takes too long. */
export async function until(what: string, isSo: () => boolean, patience = 20_000): Promise<void> {
  const end = Date.now() + patience
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`Never so: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export { suite }
