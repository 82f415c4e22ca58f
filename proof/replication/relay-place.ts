/**
 * A relay in a simulated world: the real mailbox, lobby and room, without the WebSockets. It is restarted, loses all, comes
 * back as an older copy, has a full disk, and keeps back what it holds; time passes for it as for everybody.
 */
import fs from 'node:fs'
import path from 'node:path'
import { coveredRuns } from '../../main/replication/relay/covered-runs.ts'
import { RelayLink } from '../../main/replication/relay/relay-link.ts'
import type { MemoryNetwork } from '../../main/replication/memory-transport.ts'
import type { Link } from '../../main/replication/transport.ts'
import { Mailbox } from '../../relay/mailbox/mailbox.ts'
import { RELAY_LIMITS } from '../../relay/relay-limits.ts'
import type { RelayPorts } from '../../relay/relay-ports.ts'
import { CommitQueue } from '../../relay/rooms/commit-queue.ts'
import type { DocumentRoom } from '../../relay/rooms/document-room.ts'
import { Lobby } from '../../relay/rooms/lobby.ts'
import { Metrics } from '../../relay/serving/metrics.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { fromHex } from '../../shared/ids.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { Role } from '../../shared/membership/role.ts'
import { NO_TIPS, type Tip, type Tips } from '../../shared/protocol/tips.ts'
import type { Place } from './place.ts'

export const RELAY = 'relay'
/** Milliseconds for which one who is not let in does not come again. */
const AGAIN = 5000
const RECORDS = 4
const PIECE = 5

interface Running {
  readonly ports: RelayPorts
  readonly commits: CommitQueue
  readonly lobby: Lobby
}

export class RelayPlace {
  isDiskFull = false
  /** It says what it holds, and sends none of it. */
  isWithholding = false
  /** It lost something, and perhaps rows of the chain with it. */
  hasLost = false
  private readonly parts: {
    readonly folder: string
    readonly suite: CryptoSuite
    readonly documentId: string
    readonly network: MemoryNetwork
    readonly place: (name: string) => Place | undefined
  }
  private readonly turnedAway = new Map<string, number>()
  private running: Running
  private arriving = 0

  constructor(parts: RelayPlace['parts']) {
    this.parts = parts
    this.running = this.start()
  }

  /** What a place's side of a link to the relay does, as the app's transport does it. */
  static linkTo(link: Link, role: () => Role | null): Link {
    const near = new RelayLink(link.peer, role, {
      connection: link,
      send: (frame) => link.send(frame),
      drop: () => link.close(),
    })
    link.listen({ receive: (frame) => near.receive(frame), closed: () => near.end() })
    return near
  }

  tick(): void {
    this.running.lobby.tick()
  }

  /** Whether all that came is on the disk and was answered. */
  get isIdle(): boolean {
    return this.arriving === 0 && (this.room?.isIdle ?? true)
  }

  tips(): Tips {
    return this.room?.document.tips() ?? NO_TIPS
  }

  /** The chain as it keeps it; none of a document it does not know. */
  rows(): readonly StoredLink[] {
    return this.room?.document.chain.rows ?? []
  }

  holds(writer: string, end: Tip): boolean {
    const { room } = this
    return room !== null && this.running.ports.mailbox.envelopes.has(room.document.number, fromHex(writer), end)
  }

  restart(): void {
    this.stop()
    this.running = this.start()
  }

  /** Somebody copies its disk while it is not running. */
  copy(): void {
    this.stop()
    fs.rmSync(this.copyFolder, { recursive: true, force: true })
    fs.cpSync(this.folder, this.copyFolder, { recursive: true })
    this.running = this.start()
  }

  /** It comes back as it was when its disk was copied; with nothing when it never was. */
  rollBack(): void {
    this.stop()
    this.hasLost = true
    fs.rmSync(this.folder, { recursive: true })
    if (fs.existsSync(this.copyFolder)) fs.cpSync(this.copyFolder, this.folder, { recursive: true })
    this.running = this.start()
  }

  wipe(): void {
    fs.rmSync(this.copyFolder, { recursive: true, force: true })
    this.rollBack()
  }

  close(): void {
    this.stop()
  }

  private get folder(): string {
    return path.join(this.parts.folder, RELAY)
  }

  private get copyFolder(): string {
    return path.join(this.parts.folder, `${RELAY}-copy`)
  }

  private get room(): DocumentRoom | null {
    return this.running.lobby.room(fromHex(this.parts.documentId))
  }

  private stop(): void {
    const { commits, ports } = this.running
    this.parts.network.crash(RELAY)
    commits.close()
    ports.mailbox.close()
  }

  private start(): Running {
    const { suite, network } = this.parts
    const mailbox = failing(new Mailbox(this.folder, suite.random), () => this.isDiskFull)
    const ports: RelayPorts = {
      suite,
      clock: { now: () => network.now },
      limits: RELAY_LIMITS,
      mailbox,
      metrics: new Metrics(),
      log: (event, facts) => {
        if (event === 'work-failed' || event === 'message-failed') throw new Error(String(facts?.['error']))
      },
    }
    const commits = new CommitQueue(ports)
    const running = { ports, commits, lobby: new Lobby(ports, commits) }
    this.turnedAway.clear()
    network.transport(RELAY).start((link) => this.arrive(running, link))
    return running
  }

  private arrive(running: Running, link: Link): void {
    const place = this.parts.place(link.peer)
    const now = this.parts.network.now
    if (place === undefined || !place.isRunning || now < (this.turnedAway.get(link.peer) ?? 0)) return link.close()
    this.arriving += 1
    void this.admit(running, link, place)
      .catch((cause: unknown) => place.broke(cause))
      .finally(() => (this.arriving -= 1))
  }

  private async admit({ lobby }: Running, link: Link, place: Place): Promise<void> {
    const id = fromHex(this.parts.documentId)
    const member = fromHex(place.member)
    let admission = await lobby.admit(id, member, [], () => true)
    if (admission.kind === 'behind') {
      const ours = place.rows()
      const rows = admission.rows < ours.length ? ours.slice(admission.rows) : ours.slice(-1)
      admission = await lobby.admit(id, member, rows, () => true)
    }
    if (admission.kind !== 'in') {
      this.turnedAway.set(link.peer, this.parts.network.now + AGAIN)
      return link.close()
    }
    const { room } = admission
    const send = (frame: Uint8Array): void => {
      if (!this.isWithholding || (frame[0] !== RECORDS && frame[0] !== PIECE)) link.send(frame)
    }
    room.meet(
      {
        peer: place.member,
        member: place.member,
        send,
        listen: (listener) => link.listen(listener),
        close: () => link.close(),
        isLagging: () => false,
      },
      () => undefined,
    )
    if (place.isRunning && !place.isDiskFull) await room.claims.vouch(member, coveredRuns(place.records()))
  }
}

/** The mailbox on a disk that may be full. */
function failing(mailbox: Mailbox, isFull: () => boolean): Mailbox {
  return new Proxy(mailbox, {
    get(target, verb) {
      const value: unknown = Reflect.get(target, verb)
      if (typeof value !== 'function') return value
      return (...given: unknown[]): unknown => {
        if (verb === 'transact' && isFull())
          throw Object.assign(new Error('The disk is full.'), { code: 'SQLITE_FULL' })
        return Reflect.apply(value, target, given)
      }
    },
  })
}
