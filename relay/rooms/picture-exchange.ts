/**
 * Pictures of one document on their way through a relay: who lacks one is sent it, from the mailbox or from whoever has it,
 * a part at a time so that words are not held up, and one after the other: no more than one is in memory for anybody. The relay can't see whether a picture is what its name says; who asks for
 * one again did not believe it, and then it is asked for anew.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { fromHex, toHex } from '../../shared/ids.ts'
import { cut, type Piece } from '../../shared/protocol/pieces.ts'
import type { PictureFrame } from '../../shared/protocol/session-state.ts'
import type { RoomLink } from './room-link.ts'

/** Parts sent to one device at each tick, and pictures that wait for it; others give up and ask again. */
const PARTS = 2
const MAX_WAITING = 256
/** Pictures of which it is known that a device was sent them. */
const MAX_SENT = 1024
/** Milliseconds: how often others are asked for one picture, and how long somebody waits for it without asking again. */
const ASK_EVERY = 5000
const WAITS = 60_000

interface Asker {
  /** Parts of the picture that is on its way, first ones first. */
  parts: (Omit<Piece, 'op'> & { readonly op: 'picture' })[]
  /** Names of those that come after it. */
  readonly queue: Set<string>
  /** Names of pictures nobody had yet, and when others were asked. */
  readonly waiting: Map<string, number>
  /** Names of those it was sent, the last ones last. */
  readonly sent: Set<string>
}

export interface PictureParts {
  readonly suite: CryptoSuite
  readonly clock: { now(): number }
  readonly pictures: { has(id: Uint8Array): boolean; find(id: Uint8Array): Uint8Array | null }
  /** Keeps a picture of somebody's, on the disk when it answers; not what they may not, or there is no room for. */
  readonly keep: (from: RoomLink, id: Uint8Array, sealed: Uint8Array) => Promise<unknown>
  readonly say: (to: RoomLink, frame: PictureFrame) => void
}

export class PictureExchange {
  private readonly parts: PictureParts
  private readonly askers = new Map<RoomLink, Asker>()

  constructor(parts: PictureParts) {
    this.parts = parts
  }

  enter(link: RoomLink): void {
    this.askers.set(link, { parts: [], queue: new Set(), waiting: new Map(), sent: new Set() })
  }

  leave(link: RoomLink): void {
    this.askers.delete(link)
  }

  /** A device lacks these. */
  want(link: RoomLink, ids: readonly string[]): void {
    const asker = this.askers.get(link)
    if (asker === undefined) return
    const now = this.parts.clock.now()
    const missing: string[] = []
    for (const id of ids) {
      if (asker.queue.has(id)) continue
      const isKept = !asker.sent.has(id) && this.parts.pictures.has(fromHex(id))
      const askedAt = asker.waiting.get(id) ?? Number.NEGATIVE_INFINITY
      if (isKept && asker.queue.size < MAX_WAITING) asker.queue.add(id)
      else if (isKept || now - askedAt < ASK_EVERY) continue
      else if (asker.waiting.has(id) || asker.waiting.size < MAX_WAITING) {
        asker.waiting.set(id, now)
        missing.push(id)
      }
    }
    if (missing.length === 0) return
    for (const other of this.askers.keys()) if (other !== link) this.parts.say(other, { op: 'want', ids: missing })
  }

  /** A picture came, whole: kept when it was asked for and there is room, and handed on once it is on the disk. */
  async take(from: RoomLink, sealed: Uint8Array): Promise<void> {
    const id = toHex(sealed.subarray(ID_AT, ID_AT + 32))
    const isAwaited = Array.from(this.askers).some(([link, { waiting }]) => link !== from && waiting.has(id))
    if (sealed.length < ID_AT + 32 || !isAwaited) return
    await this.parts.keep(from, fromHex(id), sealed)
    const isKept = this.parts.pictures.has(fromHex(id))
    for (const asker of this.askers.values()) {
      if (!asker.waiting.has(id)) continue
      // One that is kept nowhere goes to who can take it now; the others ask again.
      if (asker.parts.length === 0) this.begin(asker, id, sealed)
      else if (isKept && asker.queue.size < MAX_WAITING) asker.queue.add(id)
      else continue
      asker.waiting.delete(id)
    }
  }

  tick(): void {
    const now = this.parts.clock.now()
    for (const [link, asker] of this.askers) {
      for (const [id, askedAt] of asker.waiting) if (now - askedAt > WAITS) asker.waiting.delete(id)
      if (link.isLagging()) continue
      if (asker.parts.length === 0) this.beginNext(asker)
      for (const part of asker.parts.splice(0, PARTS)) this.parts.say(link, part)
    }
  }

  private beginNext(asker: Asker): void {
    const [id] = asker.queue
    if (id === undefined) return
    asker.queue.delete(id)
    const sealed = this.parts.pictures.find(fromHex(id))
    if (sealed !== null) this.begin(asker, id, sealed)
  }

  private begin(asker: Asker, id: string, sealed: Uint8Array): void {
    asker.sent.delete(id)
    asker.sent.add(id)
    const [oldest] = asker.sent
    if (asker.sent.size > MAX_SENT && oldest !== undefined) asker.sent.delete(oldest)
    asker.parts = cut(this.parts.suite, sealed, 'picture')
  }
}

/** Where a sealed picture's name is. */
const ID_AT = 5
