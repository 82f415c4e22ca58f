/**
 * A gathering: one open document among its peers. Sessions over its ways, who is where, and who has what; all of it ends
 * with the gathering, but what is remembered of who has what.
 */
import { SheafError } from '../../shared/errors.ts'
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../shared/ids.ts'
import type { LiveWords, PeerPresence, SyncView } from '../../shared/ipc/together.ts'
import { sameEnd } from '../../shared/membership/chain.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { Notice } from '../../shared/protocol/session-state.ts'
import type { Tips } from '../../shared/protocol/tips.ts'
import type { Unfinished } from '../../shared/protocol/unfinished.ts'
import type { WhyNot } from '../../shared/sharing/why-not.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { Clock, Logger } from '../ports.ts'
import type { DocumentAccess } from '../replication/document-access.ts'
import { DocumentReplica } from '../replication/document-replica.ts'
import type { Replica } from '../replication/replica.ts'
import { Replicator } from '../replication/replicator.ts'
import type { Link, WatchedTransport } from '../replication/transport.ts'
import type { WindowId } from '../sheaf.ts'
import type { StoredBlob } from '../storage/sheaf-file.ts'
import { Holdings } from './holdings.ts'
import { OwnRecords } from './own-records.ts'
import { Pictures } from './pictures.ts'
import { Presence } from './presence.ts'
import { Way } from './way.ts'

/** While somebody is connected, edits wait so long to be sealed with others; else a while longer. Milliseconds. */
export const SEAL_CONNECTED = 150
export const SEAL_ALONE = 2000
/** What was done to the document behind our back is noticed after so long at most. */
const LOOK_EVERY = 1500
/** Who has what is written down when it has stayed the same for so long. */
const KEEP_AFTER = 2000
/** The fact, among those a document's store keeps, that says who has what. */
const HOLDERS = 'holders'

export interface GatheringParts {
  readonly suite: CryptoSuite
  readonly document: OpenDocument
  readonly access: DocumentAccess
  readonly clock: Clock
  readonly logger: Logger
  readonly self: () => { readonly name: string; readonly color: number }
  /** Something of the view or of who is there changed. */
  readonly changed: (what: 'sync' | 'presence') => void
  /** Keeps a picture that came, and has it published. */
  readonly keepPicture: (picture: StoredBlob) => void
  /** What waits in memory, of all documents. */
  readonly unfinished?: Unfinished
  /** Puts something between sessions and document, for tests. */
  readonly wrap?: (replica: Replica) => Replica
}

/** A way to go: its name, and how its transport is opened. */
export interface Passage {
  readonly way: 'lan' | 'relay'
  /** A relay's address. */
  readonly relay: string | null
  readonly open: () => WatchedTransport
}

export class Gathering {
  readonly access: DocumentAccess
  private readonly parts: GatheringParts
  private readonly replica: Replica
  private readonly replicator: Replicator
  private readonly presence: Presence
  private readonly pictures: Pictures
  private readonly holdings: Holdings
  private readonly own: OwnRecords
  private readonly sources = new Map<Link, string>()
  /** Links on which both sides once held the same. */
  private readonly stepped = new Set<Link>()
  private ways: readonly Way[] = []
  private tips: Tips
  private chainEnd: ReturnType<Replica['chainEnd']>
  private lookedAt: number
  private heldSince: number
  private heardAt: number | null = null
  private lastSource = 0

  constructor(parts: GatheringParts) {
    this.parts = parts
    this.access = parts.access
    const { suite, document, access, clock } = parts
    const replica = new DocumentReplica(suite, access.documentId, document, () => access.keys())
    this.replica = parts.wrap?.(replica) ?? replica
    this.own = new OwnRecords(toHex(access.device.publicKey))
    this.holdings = new Holdings(suite)
    this.tips = this.replica.tips()
    this.chainEnd = this.replica.chainEnd()
    this.lookedAt = clock.now()
    this.heldSince = clock.now()
    this.holdings.hold(this.own.of(document.logs()), this.tips)
    this.holdings.recall(document.facts.fact(HOLDERS))
    this.replicator = new Replicator({
      suite,
      documentId: access.documentId,
      replica: this.replica,
      clock,
      ...(parts.unfinished === undefined ? {} : { unfinished: parts.unfinished }),
      tell: (_peer, notice, link) => this.notice(notice, link),
      said: (link, tips) => this.said(link, tips),
      left: (link) => this.left(link),
    })
    this.pictures = new Pictures({
      suite,
      album: document.pictures,
      access,
      clock,
      links: () => [...this.sources.keys()],
      send: (link, frame) => this.replicator.exchange(link, frame),
      keep: parts.keepPicture,
    })
    this.presence = new Presence({
      suite,
      access,
      clock,
      self: parts.self,
      holding: () => this.holdings.holding(),
      send: (bytes) => this.replicator.say(bytes),
      changed: () => parts.changed('presence'),
      held: (member, session, holding) => this.learn(() => this.holdings.heard(member, session, holding)),
    })
  }

  /** Goes these ways from now on, and no others; one that it goes already stays as it is. */
  go(passages: readonly Passage[]): void {
    const isWanted = (way: Way): boolean => passages.some((passage) => way.is(passage.way, passage.relay))
    const ended = this.ways.filter((way) => !isWanted(way))
    this.ways = this.ways.filter(isWanted)
    for (const way of ended) way.stop()
    for (const { way, relay, open } of passages) {
      if (this.ways.some((going) => going.is(way, relay))) continue
      const one = new Way({ way, relay, transport: open(), changed: () => this.parts.changed('sync') })
      this.ways = [...this.ways, one]
      one.start((link) => this.meet(link))
    }
    this.parts.changed('sync')
  }

  get isConnected(): boolean {
    return this.sources.size > 0
  }

  /** Whether all that those who are there held, at some moment since they came, is here, pictures too. */
  get isInStep(): boolean {
    return this.isConnected && this.pictures.isWhole && [...this.sources.keys()].every((link) => this.stepped.has(link))
  }

  get sealAfter(): number {
    return this.isConnected ? SEAL_CONNECTED : SEAL_ALONE
  }

  /** To be called when the document may hold more than before. Tells everybody, when it does. */
  look(): void {
    this.lookedAt = this.parts.clock.now()
    const { document } = this.parts
    const tips = this.replica.tips()
    const end = this.replica.chainEnd()
    const hasGrown = !sameEnd(end, this.chainEnd)
    if (tips === this.tips && !hasGrown) return
    this.tips = tips
    this.chainEnd = end
    this.holdings.hold(this.own.of(document.logs()), tips)
    this.presence.holds()
    this.pictures.changed()
    this.replicator.changed()
    this.parts.changed('sync')
  }

  /** Proposes a row of the membership chain to whoever appends them. */
  propose(row: StoredLink): void {
    this.replicator.propose(row)
  }

  say(window: WindowId, words: LiveWords): void {
    this.presence.say(window, words)
  }

  leave(window: WindowId): void {
    this.presence.leave(window)
  }

  peers(window: WindowId): readonly PeerPresence[] {
    return this.presence.peers(window)
  }

  /** Member keys (hexadecimal) of the devices that are there now. */
  online(): ReadonlySet<string> {
    const linked = [...this.sources.keys()].flatMap(({ member }) => (member === null ? [] : [member]))
    return new Set([...this.presence.devices(), ...linked])
  }

  /** Member key (hexadecimal) -> name, of the devices that are heard of now. */
  names(): ReadonlyMap<string, string> {
    return this.presence.names()
  }

  /** To be called a few times a second. */
  tick(): void {
    this.replicator.tick()
    this.presence.tick()
    this.pictures.tick()
    const now = this.parts.clock.now()
    if (this.isConnected && now - this.lookedAt >= LOOK_EVERY) this.look()
    if (now - this.heldSince >= KEEP_AFTER) this.keep()
  }

  sync(): Omit<SyncView, 'documentId'> {
    const others = this.others()
    const relay = this.ways.find((way) => way.relay !== null)?.relay ?? null
    return {
      ways: this.ways.map((way) => way.view()),
      sent: relay !== null && this.covers(relay),
      received: this.holders().length,
      devices: others.length,
      heardAt: this.heardAt,
    }
  }

  /** Member keys (hexadecimal) of the other devices that hold everything written here. */
  holders(): readonly string[] {
    return this.others().filter((device) => this.covers(device))
  }

  /** Whether all who are there said that they hold everything written here. */
  get isDelivered(): boolean {
    return [...this.sources.keys()].every((link) => {
      const place = this.placeAt(link)
      return place === null || this.covers(place)
    })
  }

  /** Says goodbye and writes down who has what. */
  stop(): void {
    this.replicator.leave()
    for (const way of this.ways) way.stop()
    this.ways = []
    this.keep()
  }

  /** Whether a place holds everything written here. What is in no record yet nobody holds. */
  private covers(place: string): boolean {
    return this.holdings.covers(place) && !this.parts.document.hasDrafts
  }

  /** Who is at the other end of a link: a member's device (hexadecimal) or a relay's address. */
  private placeAt(link: Link): string | null {
    return link.member ?? this.ways.find((way) => way.links.has(link))?.relay ?? null
  }

  private others(): readonly string[] {
    const own = toHex(this.access.device.publicKey)
    const devices = [...this.access.membership().people.values()].flatMap((person) => [...person.devices])
    return devices.filter((device) => device !== own)
  }

  private meet(link: Link): void {
    this.sources.set(link, `link ${(this.lastSource += 1)}`)
    if (link.member !== null) this.holdings.link(link.member, 1)
    if (!this.replicator.meet(link)) return this.left(link)
    this.presence.greet()
    this.pictures.met()
    this.parts.changed('presence')
  }

  private left(link: Link, why: WhyNot | null = null): void {
    if (!this.sources.delete(link)) return
    this.stepped.delete(link)
    if (link.member !== null) this.holdings.link(link.member, -1)
    this.pictures.lost(link)
    for (const way of this.ways) way.lost(link, why)
    this.parts.changed('presence')
  }

  private said(link: Link, tips: Tips): void {
    const place = this.placeAt(link)
    const source = this.sources.get(link)
    if (place === null || source === undefined) return
    this.learn(() => this.holdings.said(place, source, tips))
  }

  private learn(from: () => 'less' | 'more'): void {
    // That somebody lost what they had must not be forgotten when the program ends now.
    if (from() === 'less') this.keep()
    this.heldSince = this.parts.clock.now()
    this.heardAt = this.heldSince
    this.parts.changed('sync')
  }

  private notice(notice: Notice | { readonly kind: 'failed'; readonly error: SheafError }, link: Link): void {
    const { logger, document } = this.parts
    switch (notice.kind) {
      case 'heard':
        return this.presence.hear(notice.bytes)
      case 'in-step':
        this.stepped.add(link)
        return
      case 'wanted':
        return this.pictures.want(link, notice.ids)
      case 'picture':
        return this.pictures.take(notice.sealed)
      case 'failed':
        return logger.error('peer.failed', notice.error, { document: document.documentId.slice(0, 8) })
      case 'refused':
      case 'withheld':
      case 'rolled-back':
      case 'forked':
      case 'chain-forked':
        return logger.info(`peer.${notice.kind}`, {
          document: document.documentId.slice(0, 8),
          relay: link.member === null,
        })
      case 'met':
        for (const way of this.ways) way.met(link)
        return
      case 'parted':
        return this.left(link, notice.reason === 'version' ? 'version' : null)
      default:
    }
  }

  /** Writes down who has what, so that it is known after a restart. */
  private keep(): void {
    // When the disk refuses it is tried again after as long.
    this.heldSince = this.parts.clock.now()
    this.holdings.keep((holders) => this.parts.document.facts.setFact(HOLDERS, holders))
  }
}
