/**
 * A room: one document and the devices that are on it now, a session with each. What one sends is committed, then told to
 * the others, once for everything that came in the same turn.
 */
import { unreachable } from '../../shared/errors.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { chainEnd, type Followed } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { Role } from '../../shared/membership/role.ts'
import { bytesIn } from '../../shared/protocol/pieces.ts'
import type { Unfinished } from '../../shared/protocol/unfinished.ts'
import { type Rate, spend } from '../../shared/protocol/rate.ts'
import { greet, reduce } from '../../shared/protocol/session.ts'
import {
  type Effect,
  newSession,
  type Notice,
  type SessionEvent,
  type SessionSetting,
  type SessionState,
} from '../../shared/protocol/session-state.ts'
import { framesOf } from '../../shared/protocol/statements.ts'
import type { Tips } from '../../shared/protocol/tips.ts'
import type { Step } from '../../shared/protocol/turn.ts'
import type { RelayRefusal } from '../../shared/relay/relay-refusal.ts'
import type { RelayPorts } from '../relay-ports.ts'
import { ClaimDesk } from './claim-desk.ts'
import type { CommitQueue } from './commit-queue.ts'
import { Doubts } from './doubts.ts'
import { recount } from './held-bytes.ts'
import { PictureExchange } from './picture-exchange.ts'
import type { RelayDocument } from './relay-document.ts'
import type { RoomLink } from './room-link.ts'
import { Toll } from './toll.ts'

interface Session {
  readonly setting: SessionSetting
  state: SessionState
  /** It was not told something, because it did not read what was sent before. */
  isBehind: boolean
  live: Rate
  rows: Rate
  readonly toll: Toll
  readonly doubts: Doubts
  readonly refuse: (why: RelayRefusal, ends: boolean) => void
}

export class DocumentRoom {
  readonly document: RelayDocument
  readonly claims: ClaimDesk
  private readonly ports: RelayPorts
  private readonly commits: CommitQueue
  private readonly emptied: () => void
  private readonly sessions = new Map<RoomLink, Session>()
  private readonly pictures: PictureExchange
  private readonly unfinished: Unfinished
  private readonly queue: { readonly at: RoomLink; readonly event: SessionEvent }[] = []
  private busy = false
  private pending = 0
  private told: number

  constructor(parts: {
    ports: RelayPorts
    commits: CommitQueue
    unfinished: Unfinished
    document: RelayDocument
    emptied: () => void
  }) {
    this.ports = parts.ports
    this.commits = parts.commits
    this.document = parts.document
    this.emptied = parts.emptied
    this.told = parts.document.chain.membership.seq
    this.unfinished = parts.unfinished
    this.claims = new ClaimDesk(parts.document, (work) => this.commit(work))
    const { suite, clock, mailbox } = parts.ports
    const { number } = parts.document
    this.pictures = new PictureExchange({
      suite,
      clock,
      pictures: { has: (id) => mailbox.pictures.has(number, id), find: (id) => mailbox.pictures.find(number, id) },
      keep: (from, id, sealed) => this.commit(() => this.document.keepPicture(fromHex(from.member), id, sealed)),
      say: (to, frame) => this.happen(to, { kind: 'exchange', frame, now: clock.now() }),
    })
  }

  /** Whether nothing of it waits to be committed. */
  get isIdle(): boolean {
    return this.pending === 0
  }

  /** Whether nobody is in it, and nobody waits for it. */
  get isDeserted(): boolean {
    return this.sessions.size === 0 && this.isIdle
  }

  /** Begins a session with a device that proved its key. `refuse` says on the link's behalf why something is not done. */
  meet(link: RoomLink, refuse: (why: RelayRefusal, ends: boolean) => void): void {
    const { suite, clock, limits } = this.ports
    const now = clock.now()
    const liveRate = limits.liveHeardPerSecond
    const setting = { suite, documentId: this.document.documentId, session: toHex(suite.random(8)), liveRate }
    const state = newSession(setting, this.document.tips(), chainEnd(this.document.chain), now)
    const live = { tokens: limits.livePerSecond, at: now }
    const session: Session = {
      setting,
      state,
      isBehind: false,
      live,
      rows: { tokens: limits.rowsPerSecond, at: now },
      toll: new Toll(limits, now),
      doubts: new Doubts(),
      refuse,
    }
    this.sessions.set(link, session)
    this.pictures.enter(link)
    this.step(link, session, greet(setting, state))
    link.listen({
      receive: (bytes) => this.happen(link, { kind: 'frame', bytes, now: clock.now() }),
      closed: () => this.leave(link),
    })
  }

  /** To be called a few times a second. */
  tick(): void {
    this.pictures.tick()
    const now = this.ports.clock.now()
    const doubted = [...this.sessions.values()].map(({ doubts }) => doubts).filter(({ size }) => size > 0)
    for (const [link, session] of Array.from(this.sessions)) {
      if (link.isLagging()) continue
      if (session.isBehind) this.catchUp(link, session)
      if (doubted.length > 0 && this.roleIn(link) === 'owner') this.showDoubted(link, session, doubted)
      this.happen(link, { kind: 'tick', now })
    }
  }

  /** Rows for the chain, from a session or an invite that is taken. */
  follow(rows: readonly StoredLink[]): Promise<Followed | null> {
    return this.commit(() => this.document.follow(rows))
  }

  /** Work of this document's, on the disk when it is done. */
  async commit<T extends object | string>(work: () => T): Promise<T | null> {
    this.pending += 1
    try {
      return await this.commits.commit(work, () => this.undo(), this.settle)
    } finally {
      this.pending -= 1
    }
  }

  /** Ends all sessions. */
  close(): void {
    for (const link of Array.from(this.sessions.keys())) link.close()
  }

  /** Tells everybody what is held now; shows out who is no longer in. */
  private readonly settle = (): void => {
    const { chain } = this.document
    const now = this.ports.clock.now()
    const isGrown = chain.membership.seq !== this.told
    this.told = chain.membership.seq
    for (const [link, session] of Array.from(this.sessions)) {
      if (isGrown && this.roleIn(link) === null) {
        session.refuse('revoked', true)
        link.close()
      } else if (link.isLagging()) session.isBehind = true
      else this.tellHeld(link, session, now, isGrown)
    }
  }

  private catchUp(link: RoomLink, session: Session): void {
    const now = this.ports.clock.now()
    session.isBehind = false
    this.tellHeld(link, session, now, true)
    // It may know what is held and lack what was not sent.
    this.happen(link, { kind: 'held', tips: this.document.tips(), now })
  }

  private tellHeld(link: RoomLink, session: Session, now: number, isGrown: boolean): void {
    if (isGrown) this.happen(link, { kind: 'grown', end: chainEnd(this.document.chain), now })
    const tips = this.document.tips()
    if (session.state.held !== tips) this.happen(link, { kind: 'held', tips, now })
  }

  private happen(at: RoomLink, event: SessionEvent): void {
    this.queue.push({ at, event })
    this.goOn()
  }

  /** One thing after the other: what a step asks for comes after all that the step says. */
  private goOn(): void {
    if (this.busy) return
    this.busy = true
    try {
      for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
        const session = this.sessions.get(next.at)
        if (session !== undefined) this.step(next.at, session, reduce(session.setting, session.state, next.event))
      }
    } finally {
      this.busy = false
    }
  }

  private step(link: RoomLink, session: Session, { state, effects }: Step): void {
    const { pieces, pictures } = session.state
    session.state = state
    for (const effect of effects) this.perform(link, session, effect)
    if (state.pieces === pieces && state.pictures === pictures) return
    this.unfinished.set(link, bytesIn(state.pieces) + bytesIn(state.pictures), () => {
      session.refuse('busy', true)
      link.close()
    })
  }

  private perform(link: RoomLink, session: Session, effect: Effect): void {
    const now = this.ports.clock.now()
    switch (effect.do) {
      case 'send':
        return link.send(effect.frame)
      case 'find': {
        // Who does not read what was sent is sent no more, whatever it asks for.
        if (link.isLagging()) {
          session.isBehind = true
          return this.happen(link, { kind: 'found', envelopes: [], now })
        }
        const envelopes = this.document.find(effect.theirs, effect.maxBytes)
        this.ports.metrics.count('envelopes_sent', envelopes.length)
        return this.happen(link, { kind: 'found', envelopes, now })
      }
      case 'take':
        return this.slowly(link, session, effect.envelopes.length, () => this.take(link, session, effect.envelopes))
      case 'find-rows':
        return this.happen(link, { kind: 'found-rows', rows: this.document.links(effect.after), now })
      case 'follow':
        return this.slowly(link, session, effect.rows.length, () =>
          this.after(link, this.follow(effect.rows), (followed) => {
            const now = this.ports.clock.now()
            this.happen(link, { kind: 'followed', followed: followed ?? { kind: 'failed' }, now })
          }),
        )
      case 'propose':
        return this.append(link, session, effect.row)
      case 'tell':
        return this.hear(link, session, effect.notice)
      case 'close':
        return link.close()
      default:
        return unreachable(effect)
    }
  }

  /** Who sends faster than one may is slowed down: what was sent is not lost, and is not asked for again. */
  private slowly(link: RoomLink, { toll }: Session, count: number, work: () => void): void {
    const wait = toll.charge(count, this.ports.clock.now())
    const workThen = (): void => (this.sessions.has(link) ? work() : undefined)
    if (wait === 0) work()
    else setTimeout(workThen, wait).unref()
  }

  /** Appends a row that is proposed. The answer is the chain that comes round, to everybody; who proposes too fast gets none. */
  private append(link: RoomLink, session: Session, row: StoredLink): void {
    const { clock, limits } = this.ports
    const rows = spend(session.rows, limits.rowsPerSecond, clock.now())
    if (rows === null || !this.document.appends) return
    session.rows = rows
    this.after(link, this.follow([row]), () => undefined)
  }

  private take(link: RoomLink, session: Session, envelopes: readonly Uint8Array[]): void {
    const receipt = this.commit(() => this.document.take(envelopes, this.roleIn(link)))
    this.after(link, receipt, (result) => {
      if (result?.isFull === true) session.refuse('quota', false)
      const taken = result?.taken ?? { kind: 'failed' as const }
      // What came in the same turn from others is held by now too.
      const all = taken.kind === 'kept' ? { ...taken, tips: this.document.tips() } : taken
      this.happen(link, { kind: 'taken', taken: all, now: this.ports.clock.now() })
    })
  }

  /** Goes on when the work is done; what is broken in that is broken here, not in whoever asked. */
  private after<T>(link: RoomLink, work: Promise<T | null>, next: (result: T | null) => void): void {
    work.then(next).catch((cause: unknown) => {
      this.ports.metrics.count('messages_failed')
      this.ports.log('message-failed', { error: cause instanceof Error ? (cause.stack ?? cause.message) : 'unknown' })
      link.close()
    })
  }

  private hear(link: RoomLink, session: Session, notice: Notice): void {
    if (notice.kind === 'wanted') this.pictures.want(link, notice.ids)
    if (notice.kind === 'picture') this.after(link, this.pictures.take(link, notice.sealed), () => undefined)
    if (notice.kind === 'spoilt') this.doubt(link, session, notice.tips)
    if (notice.kind !== 'heard') return
    const { clock, limits } = this.ports
    const now = clock.now()
    const live = spend(session.live, limits.livePerSecond, now)
    if (live === null) return
    session.live = live
    for (const other of Array.from(this.sessions.keys())) {
      // Live words are not kept: who can't hear them now will hear others.
      if (other !== link && !other.isLagging()) this.happen(other, { kind: 'say', bytes: notice.bytes, now })
    }
  }

  /** An owner's word is enough. Anybody else's makes the relay ask the owners, who may hold the true one and see no reason to look. */
  private doubt(link: RoomLink, session: Session, spoilt: Tips): void {
    if (this.roleIn(link) !== 'owner') return session.doubts.add(spoilt)
    const work = this.commit(() => {
      this.document.takeOut(spoilt)
      return 'taken out'
    })
    this.after(link, work, () => {
      const now = this.ports.clock.now()
      for (const [other, { doubts }] of Array.from(this.sessions)) {
        doubts.settle(spoilt)
        this.happen(other, { kind: 'taken-out', tips: this.document.tips(), writers: [...spoilt.keys()], now })
      }
    })
  }

  private showDoubted(link: RoomLink, session: Session, doubted: readonly Doubts[]): void {
    const now = this.ports.clock.now()
    if (session.state.phase !== 'open') return
    for (const doubts of doubted) {
      for (const { writer, tip } of doubts.toShow(link.member)) {
        const envelope = this.document.envelope(writer, tip)
        for (const frame of envelope === null ? [] : framesOf(this.ports.suite, [envelope]))
          this.happen(link, { kind: 'exchange', frame, now })
      }
    }
  }

  private roleIn(link: RoomLink): Role | null {
    return this.document.roleOf(fromHex(link.member))
  }

  private leave(link: RoomLink): void {
    this.sessions.delete(link)
    this.pictures.leave(link)
    this.unfinished.leave(link)
    if (this.sessions.size === 0) this.emptied()
  }

  private undo(): void {
    this.document.reload()
    recount(this.ports)
  }
}
