/**
 * Connects one document to a room on a plain y-websocket or Hocuspocus server, which reads everything: nothing of it is
 * encrypted. The connection is looked for until it is stopped; what is written meanwhile waits on the disk.
 */
import { createHash } from 'node:crypto'
import { SheafError } from '../../../shared/errors.ts'
import type { PeerPresence } from '../../../shared/ipc/together.ts'
import type { WhyNot } from '../../../shared/sharing/why-not.ts'
import type { DocumentChange } from '../../documents/document-change.ts'
import { fullJitter } from '../../replication/relay/jitter.ts'
import type { TransportStatus } from '../transport.ts'
import { hocuspocusWire } from './hocuspocus-wire.ts'
import { type BridgedDocument, MirrorRun } from './mirror-run.ts'
import { RoomPeople } from './room-people.ts'
import { yWebsocketWire } from './y-websocket-wire.ts'
import { YjsSocket } from './yjs-socket.ts'
import type { Heard, YjsServerKind, YjsWire } from './yjs-wire.ts'

export interface BridgeParts {
  readonly document: BridgedDocument
  readonly url: string
  readonly room: string
  /** Found out when it is not said. */
  readonly kind?: YjsServerKind
  /** Else the one in the address, as `?token=`. */
  readonly token?: string
  /** Names this computer, the same each time: only one connects a document to a room. */
  readonly device: string
  /** Connects it even when another computer does so far; that one stops then. */
  readonly takeOver?: boolean
  readonly clock: { now(): number }
  /** From 0 up to 1. */
  readonly random: () => number
  /** Certificates to trust beside the system's, in PEM: a server of one's own. */
  readonly certificates?: string
}

/** Milliseconds that changes wait for others to go with them; until a server must have answered; between beats. */
const TURN = 40
const PATIENCE = 9000
const BEAT = 15_000
/** How long a y-websocket server may take to speak first, while it is not known whether it is one. */
const FIRST_WORD = 2500
/** Tries that must pass before one is made again after something that waiting hardly mends. */
const HOPELESS = 7
const HOPELESS_REASONS: readonly WhyNot[] = ['key', 'refused', 'busy', 'not-a-relay', 'certificate']

export class YjsServerBridge {
  private readonly parts: BridgeParts
  private readonly url: URL
  /** What the server may speak, the one to try now first. */
  private kinds: readonly YjsServerKind[]
  private wire: YjsWire
  private readonly place: string
  /** The document's name in the room's list of bridges: its id would say where else it is. */
  private readonly name: string
  private readonly people: RoomPeople
  private run: MirrorRun | null = null
  private socket: YjsSocket | null = null
  private isRunning = false
  private isSynced = false
  private asked: Uint8Array | null = null
  private attempt = 0
  private timers: { retry?: NodeJS.Timeout; turn?: NodeJS.Timeout; patience?: NodeJS.Timeout; beat?: NodeJS.Timeout } =
    {}
  private status: TransportStatus = { state: 'off', problem: null }
  private said: readonly PeerPresence[] = []
  private readonly watchers: ((status: TransportStatus) => void)[] = []
  private readonly presenceListeners: ((peers: readonly PeerPresence[]) => void)[] = []

  /** Throws `invalid-argument` for an address that leads to no WebSocket, and for a room without a name. */
  constructor(parts: BridgeParts) {
    this.parts = parts
    if (parts.room.trim() === '') throw new SheafError('invalid-argument', 'Please name the room on the server.')
    this.url = readAddress(parts.url)
    this.kinds = parts.kind === undefined ? ['y-websocket', 'hocuspocus'] : [parts.kind]
    this.wire = this.chooseWire()
    this.place = JSON.stringify([this.url.host + this.url.pathname, parts.room])
    this.name = createHash('sha256').update(`sheaf bridge ${parts.document.documentId}`).digest('hex').slice(0, 32)
    this.people = new RoomPeople(parts.clock, parts.random)
  }

  start(): void {
    if (this.isRunning) return
    this.isRunning = true
    // At once, while the document is as it was when it was opened.
    this.retry()
  }

  stop(): void {
    if (!this.isRunning) return
    this.isRunning = false
    this.settle()
    this.socket?.end('offline')
    for (const timer of Object.values(this.timers)) clearTimeout(timer)
    this.timers = {}
    this.run = null
    this.show({ state: 'off', problem: null })
  }

  /** Stops, and lets another computer connect the document. */
  leave(): void {
    const { mirror } = this.run ?? {}
    if (this.isSynced && mirror?.bridge(this.name) === this.parts.device) mirror.setBridge(this.name, null)
    this.stop()
  }

  /** What the open document announces. */
  hear(change: DocumentChange): void {
    const { run } = this
    if (run === null) return
    this.guarded(this.socket, () => run.hear(change))
    this.planTurn()
  }

  watch(listener: (status: TransportStatus) => void): void {
    this.watchers.push(listener)
    listener(this.status)
  }

  /** Shows these of ours to the room, and no others. */
  say(peers: readonly PeerPresence[]): void {
    this.said = peers
    if (!this.isSynced || this.run === null) return
    const shown = this.people.show(peers, this.run.mirror)
    if (shown !== null) this.socket?.send(this.wire.showPeople(shown))
  }

  /** Says who is in the room, whenever that changes. */
  onPresence(listener: (peers: readonly PeerPresence[]) => void): void {
    this.presenceListeners.push(listener)
  }

  private begin(): MirrorRun {
    return (this.run ??= new MirrorRun(this.parts.document, this.place, this.parts.random))
  }

  private chooseWire(): YjsWire {
    const { room, token = this.url.searchParams.get('token') } = this.parts
    return this.kinds[0] === 'hocuspocus' ? hocuspocusWire(room, token) : yWebsocketWire()
  }

  private connect(): void {
    const { room, token = null } = this.parts
    this.wire = this.chooseWire()
    this.show({ state: this.status.state === 'problem' ? 'problem' : 'looking', problem: this.status.problem })
    const socket = new YjsSocket(
      this.wire.address(this.url, room, token),
      this.wire,
      {
        opened: () => {
          if (!this.wire.asksForToken) this.ask(socket)
        },
        heard: (heard) => {
          if (this.socket === socket) this.guarded(socket, () => this.heard(socket, heard))
        },
        ended: (why) => this.ended(socket, why),
      },
      this.parts.certificates ?? null,
    )
    this.socket = socket
    const [kind, other] = this.kinds
    const patience = kind === 'y-websocket' && other !== undefined ? FIRST_WORD : PATIENCE
    this.timers.patience = setTimeout(() => this.silent(socket), patience)
  }

  /** It said nothing that this kind of server would say: it may be of the other kind. */
  private silent(socket: YjsSocket): void {
    const [kind, other] = this.kinds
    if (kind !== undefined && other !== undefined) this.kinds = [other, kind]
    if (kind !== 'y-websocket' || other === undefined) return socket.end('not-a-relay')
    this.socket = null
    socket.end('not-a-relay')
    this.connect()
  }

  private ask(socket: YjsSocket): void {
    if (this.run !== null) socket.send(this.wire.ask(this.run.mirror.vector()))
  }

  private heard(socket: YjsSocket, heard: Heard): void {
    const { mirror } = this.begin()
    switch (heard.kind) {
      case 'let-in':
        if (!heard.mayWrite) return socket.end('refused')
        return this.ask(socket)
      case 'denied':
        return socket.end('key')
      case 'not-taken':
        return socket.end('refused')
      case 'left':
        return socket.end('relay-unreachable')
      case 'asked':
        this.asked = heard.vector
        return this.planTurn()
      case 'answered':
        mirror.receive(heard.update)
        if (!this.isSynced) this.synced(socket)
        return this.planTurn()
      case 'told':
        mirror.receive(heard.update)
        return this.planTurn()
      case 'people':
        this.people.take(heard.awareness)
        return this.tellPresence()
      case 'asked-for-people':
        return this.renew()
      case 'nothing':
        return
    }
  }

  /** The server's document is here: from now on ours may go there. */
  private synced(socket: YjsSocket): void {
    const { mirror } = this.begin()
    const bridge = mirror.bridge(this.name)
    if (bridge !== null && bridge !== this.parts.device && this.parts.takeOver !== true) return socket.end('busy')
    if (bridge !== this.parts.device) mirror.setBridge(this.name, this.parts.device)
    this.isSynced = true
    this.kinds = this.kinds.slice(0, 1)
    this.attempt = 0
    clearTimeout(this.timers.patience)
    clearInterval(this.timers.beat)
    this.timers.beat = setInterval(() => this.beat(), BEAT)
    this.show({ state: 'connected', problem: null })
    this.say(this.said)
  }

  private planTurn(): void {
    this.timers.turn ??= setTimeout(() => {
      delete this.timers.turn
      this.settle()
    }, TURN)
  }

  private settle(): void {
    const { run, socket } = this
    // On a first meeting the server is heard before anything is said.
    if (run === null || (run.isNew && !this.isSynced)) return
    this.guarded(socket, () => {
      if (this.isSynced && run.mirror.bridge(this.name) !== this.parts.device && this.isRunning)
        return socket?.end('busy')
      const updates = run.turn()
      if (!this.isSynced || socket === null) return
      for (const update of updates) socket.send(this.wire.tell(update))
      if (this.asked !== null) socket.send(this.wire.answer(run.mirror.difference(this.asked)))
      this.asked = null
      this.tellPresence()
    })
  }

  /** Does something that may fail: then nothing that is not on the disk is trusted any more, and all of it begins again. */
  private guarded(socket: YjsSocket | null, work: () => void): void {
    try {
      work()
    } catch (cause) {
      this.run = null
      const kind = cause instanceof SheafError ? cause.kind : null
      // What is no update, or one that Yjs chokes on, is the server's doing; the rest is the disk's.
      const why = kind === null ? 'refused' : kind === 'read-only' ? 'revoked' : null
      if (socket !== null) socket.end(why ?? 'offline')
      if (kind === 'closed' || kind === 'read-only') this.stop()
      this.show({ state: 'problem', problem: why })
    }
  }

  private ended(socket: YjsSocket, why: WhyNot): void {
    if (this.socket !== socket) return
    this.socket = null
    this.isSynced = false
    this.asked = null
    clearTimeout(this.timers.patience)
    clearInterval(this.timers.beat)
    this.people.clear()
    for (const listener of this.presenceListeners) listener([])
    if (!this.isRunning) return
    if (HOPELESS_REASONS.includes(why)) this.attempt = Math.max(this.attempt, HOPELESS)
    this.show({ state: 'problem', problem: why })
    this.timers.retry = setTimeout(() => this.retry(), fullJitter(this.attempt++, this.parts.random()))
  }

  private retry(): void {
    if (!this.isRunning) return
    this.guarded(null, () => void this.begin())
    if (this.run !== null) this.connect()
    else if (this.isRunning) this.timers.retry = setTimeout(() => this.retry(), fullJitter(this.attempt++, 1))
  }

  /** Asks again for what may have been lost, and says again who is here. */
  private beat(): void {
    if (this.socket !== null) this.ask(this.socket)
    this.renew()
    this.tellPresence()
  }

  private renew(): void {
    const shown = this.isSynced && this.run !== null ? this.people.renew(this.run.mirror) : null
    if (shown !== null) this.socket?.send(this.wire.showPeople(shown))
  }

  private tellPresence(): void {
    if (this.run === null) return
    const peers = this.people.present(this.run.mirror)
    for (const listener of this.presenceListeners) listener(peers)
  }

  private show(status: TransportStatus): void {
    if (status.state === this.status.state && status.problem === this.status.problem) return
    this.status = status
    for (const watcher of this.watchers) watcher(status)
  }
}

function readAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !['ws:', 'wss:', 'http:', 'https:'].includes(url.protocol)) {
    throw new SheafError('invalid-argument', 'This is no address of a Yjs server: it must begin with wss:// or ws://.')
  }
  if (url.protocol.startsWith('http')) url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  return url
}
