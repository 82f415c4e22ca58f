/**
 * A document among its peers: one session on each link the transports find, all of them on one replica. What one session
 * takes in, the others pass on. The session decides; this only does what it says.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError, unreachable } from '../../shared/errors.ts'
import { toHex } from '../../shared/ids.ts'
import type { ChainEnd } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { greet, reduce } from '../../shared/protocol/session.ts'
import {
  type Effect,
  newSession,
  type Notice,
  type PictureFrame,
  type SessionEvent,
  type SessionSetting,
  type SessionState,
} from '../../shared/protocol/session-state.ts'
import type { Tips } from '../../shared/protocol/tips.ts'
import { Unfinished } from '../../shared/protocol/unfinished.ts'
import { bytesKept } from '../../shared/protocol/waiting.ts'
import type { Step } from '../../shared/protocol/turn.ts'
import type { Clock } from '../ports.ts'
import { keepNewest } from './keep-newest.ts'
import type { Replica } from './replica.ts'
import type { Link } from './transport.ts'

interface Session {
  readonly setting: SessionSetting
  state: SessionState
}

/** Sessions at one time: more people than write one text. */
const MAX_SESSIONS = 32
/** Peers whose last words are remembered. */
const MAX_REMEMBERED = 256
/** Milliseconds for which one who sent what nobody signed is not met again: it would send the same. */
export const SHUNNED = 60_000

/** Bytes that wait in memory of all sessions together: a few of the largest records there can be. */
export const MAX_UNFINISHED = 256 * 2 ** 20

/** `at` a link, something happened: it waits until what happened before is done with. */
interface Happening {
  readonly at: Link
  readonly event: SessionEvent
}

/** Who is told what happens. Whatever comes of it may be refused by the disk: then they throw `SheafError`. */
export interface ReplicatorWatch {
  tell(peer: string, notice: Notice | { readonly kind: 'failed'; readonly error: SheafError }, link: Link): void
  /** Who is at the other end said what it holds, on its disk. */
  said?(link: Link, tips: Tips): void
  /** The link is over. */
  left?(link: Link): void
}

export class Replicator {
  private readonly suite: CryptoSuite
  private readonly documentId: Uint8Array
  private readonly replica: Replica
  private readonly clock: Clock
  private readonly watch: ReplicatorWatch
  private readonly sessions = new Map<Link, Session>()
  /** What each peer said it keeps, by the transport's name for it: how an older copy is noticed. */
  private readonly remembered = new Map<string, Tips>()
  /** Until when a peer is not met. */
  private readonly shunned = new Map<string, number>()
  private readonly unfinished: Unfinished
  private readonly queue: Happening[] = []
  private busy = false

  constructor(
    parts: {
      suite: CryptoSuite
      documentId: Uint8Array
      replica: Replica
      clock: Clock
      /** What waits in memory, of this document and all others. */
      unfinished?: Unfinished
    } & ReplicatorWatch,
  ) {
    this.suite = parts.suite
    this.documentId = parts.documentId
    this.replica = parts.replica
    this.clock = parts.clock
    this.watch = parts
    this.unfinished = parts.unfinished ?? new Unfinished(MAX_UNFINISHED)
  }

  /**
   * Begins a session on a link a transport found. False when it closes it instead: there are too many, or its peer sent
   * what it must not.
   */
  meet(link: Link): boolean {
    const now = this.clock.now()
    if (this.sessions.size >= MAX_SESSIONS || now < (this.shunned.get(link.peer) ?? now)) return decline(link)
    this.shunned.delete(link.peer)
    const begun = this.attempt(link, () => ({ tips: this.replica.tips(), chain: this.replica.chainEnd() }))
    if (begun === null) return decline(link)
    const session = toHex(this.suite.random(8))
    const setting = { suite: this.suite, documentId: this.documentId, session, liveRate: link.liveRate }
    const state = newSession(setting, begun.tips, begun.chain, now, this.remembered.get(link.peer))
    const one: Session = { setting, state }
    this.sessions.set(link, one)
    this.follow(link, one, greet(setting, state))
    link.listen({
      receive: (bytes) => this.happen(link, { kind: 'frame', bytes, now: this.clock.now() }),
      closed: () => this.forget(link),
    })
    return this.sessions.has(link)
  }

  /** To be called when the document holds more than before, records or rows of its chain, on disk. */
  changed(): void {
    this.announce(this.replica.tips(), null)
    this.announceChain(this.replica.chainEnd(), null)
  }

  /** Proposes a row of the membership chain to all who are met now. The answer is the chain that comes. */
  propose(row: StoredLink): void {
    for (const link of this.links()) this.happen(link, { kind: 'propose', row, now: this.clock.now() })
  }

  /** To be called a few times a second. */
  tick(): void {
    for (const link of this.links()) this.happen(link, { kind: 'tick', now: this.clock.now() })
  }

  /** Says live words to whoever listens now. */
  say(bytes: Uint8Array): void {
    for (const link of this.links()) this.happen(link, { kind: 'say', bytes, now: this.clock.now() })
  }

  /** Asks one peer for pictures, or sends it a part of one. */
  exchange(link: Link, frame: PictureFrame): void {
    this.happen(link, { kind: 'exchange', frame, now: this.clock.now() })
  }

  leave(): void {
    for (const link of this.links()) this.happen(link, { kind: 'leave', now: this.clock.now() })
  }

  private announce(tips: Tips, except: Link | null): void {
    for (const link of this.links()) {
      if (link !== except) this.happen(link, { kind: 'held', tips, now: this.clock.now() })
    }
  }

  private announceChain(end: ChainEnd, except: Link | null): void {
    for (const link of this.links()) {
      if (link !== except) this.happen(link, { kind: 'grown', end, now: this.clock.now() })
    }
  }

  private happen(at: Link, event: SessionEvent): void {
    this.queue.push({ at, event })
    if (this.busy) return
    this.busy = true
    try {
      for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
        const session = this.sessions.get(next.at)
        if (session !== undefined) this.follow(next.at, session, reduce(session.setting, session.state, next.event))
      }
    } finally {
      this.busy = false
    }
  }

  private follow(link: Link, session: Session, { state, effects }: Step): void {
    const { state: last } = session
    const before = last.peer?.tips
    session.state = state
    this.countKept(link, last, state)
    const tips = state.peer?.tips ?? null
    if (tips !== null && tips !== before) this.inform(link, () => this.watch.said?.(link, tips))
    keepNewest(this.remembered, link.peer, state.remembered, MAX_REMEMBERED)
    for (const effect of effects) this.perform(link, effect)
  }

  /** Who has more than its share of what waits is let go. It comes again, with what it has to send. */
  private countKept(link: Link, before: SessionState, { pieces, pictures, inbox, waiting, phase }: SessionState): void {
    const isSame =
      pieces === before.pieces && pictures === before.pictures && inbox === before.inbox && waiting === before.waiting
    if (isSame || phase === 'closed') return
    const leave = (): void => this.happen(link, { kind: 'leave', now: this.clock.now() })
    const bytes = bytesKept({ ...before, pieces, pictures, inbox, waiting })
    this.unfinished.set(link, bytes, leave, link.connection ?? link.peer)
  }

  private perform(link: Link, effect: Effect): void {
    const now = this.clock.now()
    switch (effect.do) {
      case 'send':
        return link.send(effect.frame)
      case 'find': {
        const envelopes = this.attempt(link, () => this.replica.find(effect.theirs, effect.maxBytes))
        return this.happen(link, envelopes === null ? { kind: 'leave', now } : { kind: 'found', envelopes, now })
      }
      case 'take': {
        const taken = this.attempt(link, () => this.replica.take(effect.envelopes, link.member === null)) ?? {
          kind: 'failed' as const,
        }
        this.happen(link, { kind: 'taken', taken, now })
        if (taken.kind === 'kept') this.announce(taken.tips, link)
        return
      }
      case 'find-rows': {
        const rows = this.attempt(link, () => this.replica.links(effect.after))
        return this.happen(link, rows === null ? { kind: 'leave', now } : { kind: 'found-rows', rows, now })
      }
      case 'follow': {
        const followed = this.attempt(link, () => this.replica.follow(effect.rows)) ?? { kind: 'failed' as const }
        this.happen(link, { kind: 'followed', followed, now })
        if (followed.kind === 'followed') this.announceChain(followed.end, link)
        return
      }
      case 'propose': {
        const end = this.attempt(link, () => {
          this.replica.propose(effect.row)
          return this.replica.chainEnd()
        })
        if (end !== null) this.announceChain(end, null)
        return
      }
      case 'tell': {
        const { notice } = effect
        if (notice.kind === 'refused') keepNewest(this.shunned, link.peer, now + SHUNNED, MAX_REMEMBERED)
        return this.inform(link, () => this.watch.tell(link.peer, notice, link))
      }
      case 'close':
        this.forget(link)
        return link.close()
      default:
        return unreachable(effect)
    }
  }

  /** Null when the document can't: a full disk, one that is closed. Nothing is acknowledged then. */
  private attempt<T>(link: Link, work: () => T): T | null {
    try {
      return work()
    } catch (cause) {
      if (!(cause instanceof SheafError)) throw cause
      this.watch.tell(link.peer, { kind: 'failed', error: cause }, link)
      return null
    }
  }

  /** Has it heard. Who can't keep what was told parts: it comes again with the next link. */
  private inform(link: Link, hear: () => void): void {
    if (this.attempt(link, () => ({ heard: hear() })) === null)
      this.happen(link, { kind: 'leave', now: this.clock.now() })
  }

  private forget(link: Link): void {
    this.unfinished.leave(link)
    if (this.sessions.delete(link)) this.watch.left?.(link)
  }

  /** Those at this moment: what is done with one may end others. */
  private links(): readonly Link[] {
    return Array.from(this.sessions.keys())
  }
}

function decline(link: Link): false {
  link.close()
  return false
}
