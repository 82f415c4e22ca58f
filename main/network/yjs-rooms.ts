/**
 * Documents that are kept in step with rooms of plain Yjs servers: a bridge each, from when the document is opened until
 * it is told to stop. The room is a fact of the document on this computer; the server reads everything.
 */
import type { DocumentId } from '../../shared/ids.ts'
import type { LiveWords, PeerPresence, WayView, YjsRoom } from '../../shared/ipc/together.ts'
import type { DocumentChange } from '../documents/document-change.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { Clock } from '../ports.ts'
import type { TransportStatus } from '../replication/transport.ts'
import { YjsServerBridge } from '../replication/yjs-server/yjs-server-bridge.ts'
import type { WindowId } from '../sheaf.ts'

/** The fact that says which room. */
const ROOM = 'yjsRoom'

export interface YjsRoomsParts {
  readonly documents: {
    keepOpen(documentId: DocumentId): OpenDocument
    letGo(documentId: DocumentId): void
  }
  readonly clock: Clock
  /** Names this computer to a room, the same each time. */
  readonly device: string
  readonly displayName: () => string
  readonly changed: (documentId: DocumentId, what: 'sync' | 'presence') => void
}

interface Bridged {
  readonly bridge: YjsServerBridge
  status: TransportStatus
  peers: readonly PeerPresence[]
  /** Where this computer's windows are. */
  readonly own: Map<WindowId, PeerPresence>
}

export class YjsRooms {
  private readonly parts: YjsRoomsParts
  private readonly bridged = new Map<DocumentId, Bridged>()

  constructor(parts: YjsRoomsParts) {
    this.parts = parts
  }

  /** Goes to a room from now on; null for none any more. Throws `invalid-argument` for one that can't be. */
  connect(documentId: DocumentId, room: YjsRoom | null): void {
    const document = this.parts.documents.keepOpen(documentId)
    try {
      const bridge = room === null ? null : this.make(document, room)
      this.end(documentId, (before) => before.leave())
      document.facts.setFact(ROOM, room === null ? null : JSON.stringify(room))
      if (bridge !== null) this.begin(documentId, bridge)
    } finally {
      this.parts.documents.letGo(documentId)
    }
    this.parts.changed(documentId, 'sync')
  }

  /** A document was opened: its room is gone to again. */
  opened(document: OpenDocument): void {
    const { documentId } = document
    const room = readRoom(document.facts.fact(ROOM))
    if (room !== null && !this.bridged.has(documentId)) this.begin(documentId, this.make(document, room))
  }

  hear(documentId: DocumentId, change: DocumentChange): void {
    this.bridged.get(documentId)?.bridge.hear(change)
  }

  say(documentId: DocumentId, window: WindowId, words: LiveWords | null): void {
    const one = this.bridged.get(documentId)
    if (one === undefined) return
    const self = { session: `${window}`, person: null, name: this.parts.displayName(), color: 0, idle: false }
    if (words === null) one.own.delete(window)
    else one.own.set(window, { ...self, ...words })
    one.bridge.say([...one.own.values()])
  }

  peers(documentId: DocumentId): readonly PeerPresence[] {
    return this.bridged.get(documentId)?.peers ?? []
  }

  view(documentId: DocumentId): WayView | null {
    const one = this.bridged.get(documentId)
    return one === undefined ? null : { way: 'yjs', ...one.status, peers: one.peers.length }
  }

  has(documentId: DocumentId): boolean {
    return this.bridged.has(documentId)
  }

  close(): void {
    for (const documentId of Array.from(this.bridged.keys())) this.end(documentId, (bridge) => bridge.stop())
  }

  private make(document: OpenDocument, { url, room, kind = 'y-websocket', token }: YjsRoom): YjsServerBridge {
    const { clock, device } = this.parts
    const secret = token === undefined ? {} : { token }
    return new YjsServerBridge({ document, url, room, kind, device, clock, random: () => Math.random(), ...secret })
  }

  private begin(documentId: DocumentId, bridge: YjsServerBridge): void {
    this.parts.documents.keepOpen(documentId)
    const one: Bridged = { bridge, status: { state: 'looking', problem: null }, peers: [], own: new Map() }
    this.bridged.set(documentId, one)
    bridge.watch((status) => {
      one.status = status
      this.parts.changed(documentId, 'sync')
    })
    bridge.onPresence((peers) => {
      one.peers = peers
      this.parts.changed(documentId, 'presence')
    })
    bridge.start()
  }

  private end(documentId: DocumentId, how: (bridge: YjsServerBridge) => void): void {
    const one = this.bridged.get(documentId)
    if (one === undefined) return
    this.bridged.delete(documentId)
    how(one.bridge)
    this.parts.documents.letGo(documentId)
    this.parts.changed(documentId, 'presence')
  }
}

function readRoom(fact: string | null): YjsRoom | null {
  if (fact === null) return null
  try {
    const value: unknown = JSON.parse(fact)
    if (typeof value !== 'object' || value === null || !('url' in value) || !('room' in value)) return null
    const { url, room } = value
    if (typeof url !== 'string' || typeof room !== 'string') return null
    const kind = 'kind' in value && value.kind === 'hocuspocus' ? 'hocuspocus' : 'y-websocket'
    const token = 'token' in value && typeof value.token === 'string' ? { token: value.token } : {}
    return { url, room, kind, ...token }
  } catch {
    return null
  }
}
