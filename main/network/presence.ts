/**
 * Presence: who is where in one document, now. What windows here say goes out a few times a second, what others say is
 * shown for half a minute. Nothing of it is kept, and nothing is taken from anybody who is not a member.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { equalBytes, fromHex, toHex } from '../../shared/ids.ts'
import type { LiveWords, PeerPresence } from '../../shared/ipc/together.ts'
import { personOf } from '../../shared/membership/membership.ts'
import { type Holding, openUtterance, sealUtterance, type Utterance } from '../../shared/protocol/utterance.ts'
import type { Clock } from '../ports.ts'
import type { DocumentAccess } from '../replication/document-access.ts'
import { keepNewest } from '../replication/keep-newest.ts'
import type { WindowId } from '../sheaf.ts'

/** Milliseconds between two utterances, of whichever session: five a second for a document. */
export const SAY_EVERY = 200
/** What has not changed is said again, so that it does not run out. */
export const SAY_AGAIN = 10_000
/** How long somebody is shown who says nothing more. */
export const TIME_TO_LIVE = 30_000
/** Without a move of the caret for so long, a person is shown as idle. */
export const IDLE_AFTER = 60_000
/** What is held changes with each record; it is said at most once a second. */
const HOLDING_EVERY = 1000
/** Sessions of others that are shown at one time, in all and of one device. */
const MAX_SESSIONS = 256
const MAX_OF_DEVICE = 16
/** Sessions whose last counter is known, so that nobody can say old words again. */
const MAX_COUNTERS = 1024

interface OwnSession {
  readonly id: string
  counter: number
  words: LiveWords
  isHere: boolean
  movedAt: number
  saidAt: number
  wasIdle: boolean
  isDue: boolean
}

interface Heard {
  readonly said: Utterance
  readonly at: number
}

export interface PresenceParts {
  readonly suite: CryptoSuite
  readonly access: DocumentAccess
  readonly clock: Clock
  /** This person's name and color for others. */
  readonly self: () => { readonly name: string; readonly color: number }
  readonly holding: () => Holding
  /** Says bytes on every link. */
  readonly send: (bytes: Uint8Array) => void
  /** Somebody came, moved or left. */
  readonly changed: () => void
  /** What a member's device says it holds. */
  readonly held: (member: string, session: string, holding: Holding) => void
}

const NOWHERE: LiveWords = { anchor: null, head: null, typing: false }

export class Presence {
  private readonly parts: PresenceParts
  private readonly own = new Map<WindowId, OwnSession>()
  /** Sessions of windows that left: each says so once. */
  private readonly leaving: OwnSession[] = []
  /** The program's own: it says what is held, also when no window shows the document. */
  private readonly keeper: OwnSession
  private readonly heard = new Map<string, Heard>()
  private readonly counters = new Map<string, number>()
  private saidAt = Number.NEGATIVE_INFINITY

  constructor(parts: PresenceParts) {
    this.parts = parts
    this.keeper = this.begin()
  }

  /** Where a window's person is. */
  say(window: WindowId, words: LiveWords): void {
    const known = this.own.get(window)
    const session = known ?? { ...this.begin(), isHere: true }
    this.own.set(window, session)
    if (known !== undefined && isSame(known.words, words) && !known.wasIdle) return
    session.words = words
    session.movedAt = this.parts.clock.now()
    session.isDue = true
    this.parts.changed()
  }

  /** The window shows the document no more. */
  leave(window: WindowId): void {
    const session = this.own.get(window)
    if (session === undefined) return
    this.own.delete(window)
    this.leaving.push({ ...session, words: NOWHERE, isHere: false, isDue: true })
    this.parts.changed()
  }

  /** More is held here than before. */
  holds(): void {
    this.keeper.isDue = true
  }

  /** Somebody is there who has heard nothing yet. */
  greet(): void {
    for (const session of [this.keeper, ...this.own.values()]) session.isDue = true
  }

  /** To be called a few times a second: says what is due, and forgets who fell silent. */
  tick(): void {
    const now = this.parts.clock.now()
    for (const session of this.own.values()) {
      const isIdle = now - session.movedAt >= IDLE_AFTER
      if (isIdle !== session.wasIdle) {
        session.wasIdle = isIdle
        session.isDue = true
        this.parts.changed()
      }
    }
    if (now - this.saidAt >= SAY_EVERY) this.sayNext(now)
    const silent = [...this.heard].filter(([, { at }]) => now - at >= TIME_TO_LIVE)
    for (const [key] of silent) this.heard.delete(key)
    if (silent.length > 0) this.parts.changed()
  }

  /** Takes in what came on a link. */
  hear(bytes: Uint8Array): void {
    const { suite, access, clock } = this.parts
    const said = openUtterance(suite, access.documentId, access.keys().all, bytes)
    if (said === null || said.member === toHex(access.device.publicKey)) return
    if (this.personOf(said) === null) return
    const key = `${said.member}:${said.session}`
    if (said.counter <= (this.counters.get(key) ?? 0)) return
    keepNewest(this.counters, key, said.counter, MAX_COUNTERS)
    const before = this.heard.get(key)
    const ofDevice = [...this.heard.keys()].filter((other) => other.startsWith(said.member) && other !== key)
    if (ofDevice.length >= MAX_OF_DEVICE) this.heard.delete(ofDevice[0] ?? '')
    keepNewest(this.heard, key, { said, at: clock.now() }, MAX_SESSIONS)
    if (said.holding !== null) this.parts.held(said.member, said.session, said.holding)
    // Of a device that shows no window, only that it is there at all is news.
    if (said.isHere || before === undefined || before.said.isHere || before.said.name !== said.name)
      this.parts.changed()
  }

  /** Everybody but the window that asks. */
  peers(window: WindowId): readonly PeerPresence[] {
    const { self, access } = this.parts
    const me = personOf(access.membership(), access.device.publicKey)
    const here = [...this.own]
      .filter(([other]) => other !== window)
      .map(([, { id, words, wasIdle }]) => ({
        session: id,
        person: me,
        ...self(),
        ...words,
        idle: words.idle ?? wasIdle,
      }))
    const away = this.members()
      .filter(({ isHere }) => isHere)
      .map((said) => {
        const { session, name, color, anchor, head, typing, idle } = said
        return { session, person: this.personOf(said), name, color, anchor, head, typing, idle }
      })
    return [...here, ...away]
  }

  /** Member keys of the devices that are heard of now. */
  devices(): ReadonlySet<string> {
    return new Set(this.members().map(({ member }) => member))
  }

  /** Member key -> what who is there is called, in their own words. */
  names(): ReadonlyMap<string, string> {
    return new Map(this.members().map(({ member, name }) => [member, name]))
  }

  /** What those who are members now said last. */
  private members(): readonly Utterance[] {
    return [...this.heard.values()].map(({ said }) => said).filter((said) => this.personOf(said) !== null)
  }

  private personOf({ member }: Utterance): string | null {
    return personOf(this.parts.access.membership(), fromHex(member))
  }

  private sayNext(now: number): void {
    const left = this.leaving.shift()
    if (left !== undefined) return this.utter(left, now)
    const sessions = [...this.own.values(), this.keeper]
    const due = sessions.filter(
      (session) =>
        now - session.saidAt >= SAY_AGAIN ||
        (session.isDue && (session !== this.keeper || now - session.saidAt >= HOLDING_EVERY)),
    )
    // Who spoke longest ago is next, so that no window is drowned out by another.
    const [next] = due.sort((a, b) => a.saidAt - b.saidAt)
    if (next !== undefined) this.utter(next, now)
  }

  private utter(session: OwnSession, now: number): void {
    const { suite, access, self, holding, send } = this.parts
    session.counter += 1
    session.isDue = false
    session.saidAt = now
    this.saidAt = now
    const { id, counter, words, isHere, wasIdle } = session
    const isKeeper = session === this.keeper
    const said = {
      session: id,
      counter,
      ...self(),
      ...words,
      isHere,
      idle: words.idle ?? wasIdle,
      holding: isKeeper ? holding() : null,
    }
    send(sealUtterance(suite, access.documentId, access.keys().current, access.device, said))
  }

  private begin(): OwnSession {
    return {
      id: toHex(this.parts.suite.random(16)),
      counter: 0,
      words: NOWHERE,
      isHere: false,
      movedAt: this.parts.clock.now(),
      saidAt: Number.NEGATIVE_INFINITY,
      wasIdle: false,
      isDue: true,
    }
  }
}

function isSame(a: LiveWords, b: LiveWords): boolean {
  const isPlace = (one: Uint8Array | null, other: Uint8Array | null): boolean =>
    one === null || other === null ? one === other : equalBytes(one, other)
  return a.typing === b.typing && a.idle === b.idle && isPlace(a.anchor, b.anchor) && isPlace(a.head, b.head)
}
