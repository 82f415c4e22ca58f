/**
 * Pictures on their way: what the document shows and lacks is asked for, of one peer after another; what a peer lacks and
 * is here is sent to it, a part at a time so that words are not held up. A picture is kept when it is the one its name says.
 */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { fromHex } from '../../shared/ids.ts'
import { MAX_WANTED } from '../../shared/protocol/frames.ts'
import { cut, type Piece } from '../../shared/protocol/pieces.ts'
import { openPicture, pictureId, sealPicture } from '../../shared/protocol/sealed-picture.ts'
import type { PictureFrame } from '../../shared/protocol/session-state.ts'
import type { DocumentPictures } from '../documents/document-pictures.ts'
import { blobOf } from '../documents/image-blob.ts'
import type { Clock } from '../ports.ts'
import type { DocumentAccess } from '../replication/document-access.ts'
import type { Link } from '../replication/transport.ts'
import type { StoredBlob } from '../storage/sheaf-file.ts'

/** How often it is looked what is lacking, and how long a peer has to send what it was asked for. Milliseconds. */
const LOOK_EVERY = 2000
const PATIENCE = 10_000
/** Pictures asked for at one time: a few, so that what was asked for comes within the patience. */
const AT_ONCE = 4

export interface PicturesParts {
  readonly suite: CryptoSuite
  readonly album: Pick<DocumentPictures, 'names' | 'has' | 'get'>
  readonly access: DocumentAccess
  readonly clock: Clock
  readonly links: () => readonly Link[]
  readonly send: (link: Link, frame: PictureFrame) => void
  /** Keeps a picture that came, durably. */
  readonly keep: (picture: StoredBlob) => void
}

export class Pictures {
  private readonly parts: PicturesParts
  /** Id -> hash of what is lacking here. */
  private missing: ReadonlyMap<string, string> = new Map()
  /** What each peer wants, and what is on its way to it. */
  private readonly wanted = new Map<Link, string[]>()
  private readonly sending = new Map<Link, Piece[]>()
  private isDue = true
  private lookedAt = Number.NEGATIVE_INFINITY
  private askedAt = Number.NEGATIVE_INFINITY
  private turn = 0

  constructor(parts: PicturesParts) {
    this.parts = parts
  }

  /** Whether every picture the document shows is here. */
  get isWhole(): boolean {
    return !this.isDue && this.missing.size === 0
  }

  /** The document says more than before. */
  changed(): void {
    this.isDue = true
  }

  /** A peer was found: it may have what the others had not. */
  met(): void {
    this.askedAt = Number.NEGATIVE_INFINITY
  }

  lost(link: Link): void {
    this.wanted.delete(link)
    this.sending.delete(link)
  }

  /** A peer lacks these. */
  want(link: Link, ids: readonly string[]): void {
    const known = this.wanted.get(link) ?? []
    const sending = this.sending.get(link) ?? []
    const more = ids.filter((id) => !known.includes(id))
    // What is on its way is not begun anew when it is asked for again.
    if (sending.length > 0 && known.length === 0 && more.length === 0) return
    this.wanted.set(link, [...known, ...more].slice(0, MAX_WANTED))
  }

  /** A sealed picture came. */
  take(sealed: Uint8Array): void {
    const { suite, access, keep } = this.parts
    const picture = openPicture(suite, access.documentId, access.keys().all, sealed)
    if (picture === null || !this.missing.has(pictureId(suite, access.documentId, picture.hash))) return
    const blob = blobOf(suite, picture.bytes)
    if (blob === null) return
    keep(blob)
    this.isDue = true
    this.lookedAt = Number.NEGATIVE_INFINITY
    this.askedAt = Number.NEGATIVE_INFINITY
    this.look()
  }

  /** To be called a few times a second. */
  tick(): void {
    const now = this.parts.clock.now()
    if (this.isDue && now - this.lookedAt >= LOOK_EVERY) this.look()
    const links = this.parts.links()
    if (this.missing.size > 0 && links.length > 0 && now - this.askedAt >= PATIENCE) {
      this.askedAt = now
      const link = links[(this.turn += 1) % links.length]
      const ids = [...this.missing.keys()].slice(0, AT_ONCE)
      if (link !== undefined) this.parts.send(link, { op: 'want', ids })
    }
    for (const link of links) this.sendNext(link)
  }

  private look(): void {
    const { suite, album, access, clock } = this.parts
    this.isDue = false
    this.lookedAt = clock.now()
    const lacking = [...album.names()].filter((name) => !album.has(name))
    this.missing = new Map(lacking.map((name) => [pictureId(suite, access.documentId, fromHex(name)), name]))
  }

  private sendNext(link: Link): void {
    const sending = this.sending.get(link) ?? this.begin(link)
    const next = sending.shift()
    if (next !== undefined) this.parts.send(link, { ...next, op: 'picture' })
    if (sending.length === 0) this.sending.delete(link)
    else this.sending.set(link, sending)
  }

  private begin(link: Link): Piece[] {
    const { suite, album, access } = this.parts
    const wanted = this.wanted.get(link) ?? []
    for (let id = wanted.shift(); id !== undefined; id = wanted.shift()) {
      const name = this.nameOf(id)
      const picture = name === null ? null : album.get(name)
      if (picture !== null)
        return cut(suite, sealPicture(suite, access.documentId, access.keys().current, picture), 'picture')
    }
    return []
  }

  private nameOf(id: string): string | null {
    const { suite, album, access } = this.parts
    const named = [...album.names()]
    return named.find((name) => pictureId(suite, access.documentId, fromHex(name)) === id) ?? null
  }
}
