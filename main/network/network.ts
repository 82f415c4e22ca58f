/**
 * The network: every document that is shared and open, or that is shared and its turn, among its peers. It never changes a
 * document but by what peers send, which enters where all records from elsewhere do.
 */
import { SheafError } from '../../shared/errors.ts'
import { type DocumentId, equalBytes } from '../../shared/ids.ts'
import type { LiveWords, PeerPresence, SyncView, YjsRoom } from '../../shared/ipc/together.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import { colorOfDevice } from '../../shared/membership/person-color.ts'
import type { DocumentChange } from '../documents/document-change.ts'
import type { DocumentPeers } from '../documents/document-peers.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import { Unfinished } from '../../shared/protocol/unfinished.ts'
import { MAX_UNFINISHED } from '../replication/replicator.ts'
import type { WindowId } from '../sheaf.ts'
import { chooseOpen } from './choose-open.ts'
import { delivered } from './delivered.ts'
import { DocumentWays } from './document-ways.ts'
import { Gathering, SEAL_ALONE } from './gathering.ts'
import type { NetworkParts } from './network-parts.ts'
import { SharedList } from './shared-list.ts'
import type { NetworkPort } from './sharing-port.ts'
import { YjsRooms } from './yjs-rooms.ts'

/** Milliseconds between two ticks: sessions, live words and views all go by it. */
const TICK = 100
/** Windows are told of a document's peers at most so often. */
const ANNOUNCE_EVERY = 250
const MEMBERS_EVERY = 1000
/** How often it is looked which documents should be open. */
const CHOOSE_EVERY = 5000

interface Kept {
  readonly document: OpenDocument
  readonly gathering: Gathering
  readonly due: Set<'look' | 'sync' | 'presence' | 'members'>
  announcedAt: number
  /** What windows were told last. */
  told: string
  /** Who was there then, and when windows were told of it. */
  online: string
  membersAt: number
}

export class Network implements DocumentPeers, NetworkPort {
  readonly ways: DocumentWays
  private readonly parts: NetworkParts
  private readonly list: SharedList
  private readonly kept = new Map<DocumentId, Kept>()
  private readonly rooms: YjsRooms
  /** One bound for what waits of all documents. */
  private readonly unfinished = new Unfinished(MAX_UNFINISHED)
  private readonly opening = new Set<DocumentId>()
  private readonly timer: NodeJS.Timeout
  private chosenAt = Number.NEGATIVE_INFINITY
  private closed = false

  constructor(parts: NetworkParts) {
    this.parts = parts
    this.ways = new DocumentWays(parts)
    this.list = new SharedList(parts.folder, parts.logger)
    const { documents, clock, device, settings } = parts
    this.rooms = new YjsRooms({
      documents,
      clock,
      device,
      displayName: () => settings().displayName,
      changed: (documentId, what) => this.roomChanged(documentId, what),
    })
    parts.documents.join(this)
    this.timer = setInterval(() => this.tick(), TICK)
    this.timer.unref()
  }

  // What documents tell.

  sealAfter(documentId: DocumentId): number {
    return this.kept.get(documentId)?.gathering.sealAfter ?? SEAL_ALONE
  }

  opened(document: OpenDocument): void {
    const { documentId } = document
    this.attempt(documentId, () => {
      // What nobody shares is opened and closed all the time; it need not be opened once more to be told so.
      if (document.chain().membership.epoch > 0) this.opening.add(documentId)
      if (!this.closed) this.rooms.opened(document)
    })
  }

  changed(documentId: DocumentId, change: DocumentChange): void {
    this.rooms.hear(documentId, change)
    if (change.kind === 'membership') this.membersChanged(documentId)
    else if (change.kind === 'refolded' || change.by === null) this.grown(documentId)
    // Written here: nobody has it before it is sealed.
    else this.kept.get(documentId)?.due.add('sync')
  }

  grown(documentId: DocumentId): void {
    this.kept.get(documentId)?.due.add('look')
  }

  left(documentId: DocumentId, window: WindowId): void {
    this.kept.get(documentId)?.gathering.leave(window)
    this.rooms.say(documentId, window, null)
  }

  // What windows and sharing ask.

  /** To be called when a document was shared, or is shared no more, or goes other ways. */
  reconsider(documentId: DocumentId): void {
    this.opening.add(documentId)
    this.attempt(documentId, () => this.consider(documentId))
  }

  sync(documentId: DocumentId): SyncView {
    const alone = { ways: [], sent: false, received: 0, devices: 0, heardAt: null }
    const view = this.kept.get(documentId)?.gathering.sync() ?? alone
    const room = this.rooms.view(documentId)
    return { documentId, ...view, ways: room === null ? view.ways : [...view.ways, room] }
  }

  say(documentId: DocumentId, window: WindowId, words: LiveWords): void {
    this.kept.get(documentId)?.gathering.say(window, words)
    this.rooms.say(documentId, window, words)
  }

  peers(documentId: DocumentId, window: WindowId): readonly PeerPresence[] {
    const members = this.kept.get(documentId)?.gathering.peers(window) ?? []
    return [...members, ...this.rooms.peers(documentId)]
  }

  /** Keeps the document in step with a room of a plain Yjs server; null for no longer. */
  connectYjs(documentId: DocumentId, room: YjsRoom | null): void {
    this.rooms.connect(documentId, room)
  }

  /** Member keys (hexadecimal) of the devices that are there now. */
  online(documentId: DocumentId): ReadonlySet<string> {
    return this.kept.get(documentId)?.gathering.online() ?? new Set()
  }

  /** Member key (hexadecimal) -> what a device that is heard of now calls itself. */
  names(documentId: DocumentId): ReadonlyMap<string, string> {
    return this.kept.get(documentId)?.gathering.names() ?? new Map()
  }

  /** Whether all that those who are there held, at some moment since they came, is here. */
  isInStep(documentId: DocumentId): boolean {
    return this.kept.get(documentId)?.gathering.isInStep ?? false
  }

  /** Proposes a row of the document's membership chain to whoever is met and appends them. */
  propose(documentId: DocumentId, row: StoredLink): void {
    this.kept.get(documentId)?.gathering.propose(row)
  }

  /** Whether the document is looked for on the local network, when that is on at all. */
  setLan(documentId: DocumentId, lan: boolean): void {
    this.ways.setLan(documentId, lan)
    this.reconsider(documentId)
  }

  /** A setting changed that decides about ways. */
  settingsChanged(): void {
    for (const documentId of Array.from(this.kept.keys())) this.reconsider(documentId)
  }

  /** What was written here goes to who is there first, if they are quick to say that they hold it. */
  async close(): Promise<void> {
    for (const [documentId, { gathering }] of this.kept) this.attempt(documentId, () => gathering.look())
    await delivered([...this.kept.values()].map(({ gathering }) => gathering))
    this.closed = true
    clearInterval(this.timer)
    this.rooms.close()
    for (const documentId of Array.from(this.kept.keys())) this.attempt(documentId, () => this.part(documentId))
    await this.list.close()
  }

  private tick(): void {
    if (this.closed) return
    const now = this.parts.clock.now()
    for (const documentId of Array.from(this.opening)) this.attempt(documentId, () => this.consider(documentId))
    if (now - this.chosenAt >= CHOOSE_EVERY) {
      this.chosenAt = now
      this.choose(now)
    }
    for (const [documentId, kept] of Array.from(this.kept)) {
      this.attempt(documentId, () => {
        if (kept.due.delete('look')) kept.gathering.look()
        kept.gathering.tick()
        if (now - kept.announcedAt >= ANNOUNCE_EVERY) this.announce(documentId, kept, now)
      })
    }
  }

  /** Opens what should be open and is not, and lets go of what nobody looks at any more when there is too much. */
  private choose(now: number): void {
    const known = this.list.ids().filter((documentId) => this.parts.documents.isKnown(documentId))
    for (const gone of this.list.ids()) if (!known.includes(gone)) this.list.remove(gone)
    const wanted = new Set(chooseOpen(known, now))
    for (const documentId of this.kept.keys()) {
      const isShown = this.parts.documents.windowsOn(documentId).length > 0
      if (!isShown && !wanted.has(documentId)) this.attempt(documentId, () => this.part(documentId))
    }
    for (const documentId of wanted) this.attempt(documentId, () => this.consider(documentId))
  }

  /** Begins a gathering, ends it, or has it go other ways, as sharing says now. */
  private consider(documentId: DocumentId): void {
    this.opening.delete(documentId)
    if (this.closed || !this.parts.documents.isKnown(documentId)) return
    const known = this.kept.get(documentId)
    const document = known?.document ?? this.parts.documents.keepOpen(documentId)
    // Opened by us: nothing new to be considered.
    this.opening.delete(documentId)
    let stays = known !== undefined
    try {
      const access = this.parts.sharing.access(document)
      if (access === null) {
        stays = false
        this.list.remove(documentId)
        if (known !== undefined) this.end(documentId, known)
        return
      }
      this.list.put(documentId, document.changedAt)
      const isSame = known !== undefined && equalBytes(known.gathering.access.device.publicKey, access.device.publicKey)
      // Until this device was let in, the document was open as another of its person's.
      if (known !== undefined && !isSame) {
        stays = false
        this.end(documentId, known)
      }
      const kept = isSame ? known : this.begin(documentId, document, access)
      stays = true
      kept.gathering.go(this.ways.passages(document, access))
    } finally {
      if (!stays) this.parts.documents.letGo(documentId)
    }
  }

  private begin(documentId: DocumentId, document: OpenDocument, access: Gathering['access']): Kept {
    const due: Kept['due'] = new Set(['sync', 'presence'])
    const { suite, clock, logger, settings } = this.parts
    const gathering = new Gathering({
      suite,
      document,
      access,
      clock,
      logger,
      unfinished: this.unfinished,
      self: () => ({
        name: settings().displayName,
        color: colorOfDevice(access.membership(), access.device.publicKey),
      }),
      changed: (what) => due.add(what),
      keepPicture: (picture) => this.parts.documents.keepPicture(documentId, picture),
    })
    const kept: Kept = {
      document,
      gathering,
      due,
      announcedAt: Number.NEGATIVE_INFINITY,
      told: '',
      online: '',
      membersAt: 0,
    }
    this.kept.set(documentId, kept)
    return kept
  }

  private end(documentId: DocumentId, { gathering }: Kept): void {
    this.kept.delete(documentId)
    gathering.stop()
  }

  private part(documentId: DocumentId): void {
    const kept = this.kept.get(documentId)
    if (kept === undefined) return
    this.list.put(documentId, kept.document.changedAt)
    try {
      this.end(documentId, kept)
    } finally {
      this.parts.documents.letGo(documentId)
    }
  }

  private membersChanged(documentId: DocumentId): void {
    this.grown(documentId)
    this.kept.get(documentId)?.due.add('members')
    // Somebody may have been let in, or this device is in no more, or another relay was chosen.
    this.opening.add(documentId)
  }

  /** Where there is no gathering windows are told at once. */
  private roomChanged(documentId: DocumentId, what: 'sync' | 'presence'): void {
    const kept = this.kept.get(documentId)
    if (kept !== undefined) kept.due.add(what)
    else if (what === 'sync') this.parts.announce({ name: 'sync.changed', payload: this.sync(documentId) })
    else this.announcePeers(documentId)
  }

  private announcePeers(documentId: DocumentId): void {
    for (const window of this.parts.documents.windowsOn(documentId)) {
      const payload = { documentId, peers: this.peers(documentId, window) }
      this.parts.announce({ name: 'presence.changed', payload, to: window })
    }
  }

  private announce(documentId: DocumentId, kept: Kept, now: number): void {
    const { due } = kept
    this.announceMembers(kept, now)
    if (due.size === 0) return
    kept.announcedAt = now
    if (due.delete('sync')) {
      const payload = this.sync(documentId)
      const told = JSON.stringify(payload)
      if (told !== kept.told) this.parts.announce({ name: 'sync.changed', payload })
      kept.told = told
    }
    if (due.delete('presence')) {
      const named = [...kept.gathering.names()].map((one) => one.join(' '))
      const online = [...kept.gathering.online(), ...named].sort().join()
      if (online !== kept.online) due.add('members')
      kept.online = online
      this.announcePeers(documentId)
    }
  }

  /** Who is in and who is there, for windows that show the document. It takes longer than the rest, and is told less often. */
  private announceMembers(kept: Kept, now: number): void {
    if (now - kept.membersAt < MEMBERS_EVERY || !kept.due.delete('members')) return
    kept.membersAt = now
    this.parts.sharing.membersChanged(kept.document, kept.gathering.names())
  }

  /** A disk that refuses here refuses the window's edits too, and there it is said; nothing was acknowledged to anybody. */
  private attempt(documentId: DocumentId, work: () => void): void {
    try {
      work()
    } catch (cause) {
      if (!(cause instanceof SheafError)) throw cause
      this.parts.logger.error('network.failed', cause, { document: documentId.slice(0, 8) })
    }
  }
}
