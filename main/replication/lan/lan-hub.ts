/**
 * The hub of the local network: one port, one name and one connection to each other app, for all documents that are open.
 * It gives nothing away to those who don't have a document: docs/PROTOCOL.md, "Local network".
 */
import net from 'node:net'
import type { CryptoSuite } from '../../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../../shared/ids.ts'
import type { InviteDesk } from '../../sharing/invite-desk.ts'
import type { Logger } from '../../ports.ts'
import type { DocumentAccess } from '../document-access.ts'
import type { WatchedTransport } from '../transport.ts'
import { DeskCounter, type ServedDesk } from './desk-counter.ts'
import { GATE_LIMITS, type GateLimits, HandshakeGate } from './handshake-gate.ts'
import { readAddress, readTyped, writeAddress } from './lan-address.ts'
import { type Ending, LanConnection } from './lan-connection.ts'
import { type Candidate, LanDialler } from './lan-dialler.ts'
import { LanDiscovery } from './lan-discovery.ts'
import { Answering, Dialling, newStaticKey, type Secured } from './lan-greeting.ts'
import { LAN_TIMES, type LanTimes } from './lan-limits.ts'
import { LanListener } from './lan-listener.ts'
import type { LanMessage } from './lan-message.ts'
import { LanPeer } from './lan-peer.ts'
import { LanPeers } from './lan-peers.ts'
import { portsToTry } from './lan-port.ts'
import { statusOf } from './lan-status.ts'
import { LanTransport } from './lan-transport.ts'
import { type Interfaces, NetworkWatch } from './network-watch.ts'
import { PairingCodes } from './pairing-codes.ts'
import { RemoteDesk } from './remote-desk.ts'

export interface LanHubParts {
  readonly suite: CryptoSuite
  readonly logger: Logger
  /** This installation's: decides which port is taken first. */
  readonly secret: Uint8Array
  /** Whether others are looked for, and told that this app is here; addresses can be dialled either way. On unless said. */
  readonly finding?: boolean
  /** The port to listen on; any that is free unless said. */
  readonly port?: number
  readonly times?: LanTimes
  readonly limits?: GateLimits
  readonly interfaces?: Interfaces
}

export class LanHub {
  private readonly suite: CryptoSuite
  private readonly logger: Logger
  private readonly times: LanTimes
  private readonly gate: HandshakeGate
  private readonly key = newStaticKey()
  private readonly ownKey = toHex(this.key.publicKey)
  private readonly documents = new Set<LanTransport>()
  private readonly peers = new LanPeers()
  private readonly dialler: LanDialler
  private readonly listener: LanListener
  private readonly watch: NetworkWatch
  private readonly discovery: LanDiscovery | null
  private readonly connections = new Set<LanConnection>()
  private readonly codes: PairingCodes
  private counter: DeskCounter | null = null
  /** How many look for the desk of an invite. */
  private seekers = 0
  private timer: NodeJS.Timeout | null = null
  private refreshing: NodeJS.Immediate | null = null
  private opening: Promise<void> | null = null

  constructor(parts: LanHubParts) {
    this.suite = parts.suite
    this.logger = parts.logger
    this.times = parts.times ?? LAN_TIMES
    this.codes = new PairingCodes(parts.suite)
    this.gate = new HandshakeGate(parts.limits ?? GATE_LIMITS)
    this.dialler = new LanDialler(this.times)
    const ports = () => portsToTry(parts, this.watch.near())
    this.listener = new LanListener(this.gate, ports, (socket) => this.answer(socket))
    this.watch = new NetworkWatch(() => this.renew(), parts.interfaces)
    this.discovery =
      parts.finding === false
        ? null
        : new LanDiscovery({
            suite: this.suite,
            port: () => this.listener.port,
            near: () => this.watch.near(),
            events: this.dialler,
          })
  }

  start(): void {
    if (this.timer !== null) return
    this.watch.start()
    this.timer = setInterval(() => this.tick(), this.times.tick)
    this.refresh()
  }

  /** Closes everything; resolves when the port is closed and others have been told. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
    this.watch.stop()
    for (const document of this.documents) document.stop()
    for (const connection of this.connections) connection.close()
    this.dialler.clear()
    this.codes.clear()
    await this.opening
    this.listener.close()
    await this.discovery?.stop()
  }

  /** The way to others who have this document. */
  transport(access: DocumentAccess): WatchedTransport {
    const transport = new LanTransport(access, () => {
      if (transport.isStarted) this.documents.add(transport)
      else {
        this.documents.delete(transport)
        for (const peer of this.peers.used()) peer.release(transport)
      }
      this.refresh()
    })
    return transport
  }

  /** Where this computer can be dialled: for invites, and for people to type. Empty while nothing is open here. */
  addresses(): readonly string[] {
    const { port } = this.listener
    return port === null ? [] : this.watch.addresses().map((host) => writeAddress({ host, port }))
  }

  /** Dials an address somebody typed, or a pairing code, now and until it is reached. Throws `SheafError` for neither. */
  dial(typed: string): void {
    const { secret, ...address } = readTyped(typed)
    this.dialler.typed(writeAddress(address), secret)
    this.tick()
  }

  /** Dials an address where somebody was, whenever anything is shared; nobody is told when it leads nowhere. */
  remember(address: string): void {
    this.dialler.remembered(address)
  }

  /** A code that another computer can read, once, to be sure that it reaches this one; null while nothing is open here. */
  pairingCode(): string | null {
    const address = readAddress(this.addresses()[0] ?? '')
    return address === null ? null : this.codes.make(address)
  }

  /** Lets those who hold an invite knock here; nobody when it is null. */
  serve(desk: ServedDesk | null): void {
    this.counter = desk === null ? null : new DeskCounter(desk, (cause) => this.logger.error('lan-desk', cause))
    this.refresh()
  }

  /** The desk of whoever made an invite: at these addresses, or wherever else on this network. */
  desk(addresses: readonly string[], seed: Uint8Array): InviteDesk {
    return new RemoteDesk({
      suite: this.suite,
      seed,
      addresses: () => [...new Set([...addresses, ...this.dialler.all().map(({ address }) => address)])],
      connect: (address, secret, events) => {
        const where = readAddress(address)
        return where === null ? null : this.connect(where, secret, events)
      },
      listen: () => {
        this.seekers += 1
        this.refresh()
        return () => {
          this.seekers -= 1
          this.refresh()
        }
      },
      patience: this.times.verdict,
      answering: this.times.handshake,
    })
  }

  private tick(): void {
    if (this.timer === null) return
    const now = performance.now()
    for (const peer of this.peers.all()) {
      if (peer.isUsed) peer.refresh()
      else if (now - peer.begunAt >= this.times.handshake) peer.connection.close()
    }
    // With nothing to speak of nobody is dialled.
    if (this.documents.size > 0) {
      const isConnected = (key: string): boolean => key === this.ownKey || this.peers.has(key)
      for (const candidate of this.dialler.due(now, isConnected)) this.reach(candidate)
    }
    this.tellStatuses(now)
  }

  private tellStatuses(now: number): void {
    const candidates = this.dialler.all()
    const typed = new Set(candidates.filter(({ source }) => source === 'typed').map(({ key }) => key))
    const hasNetwork = this.watch.addresses().length > 0
    for (const document of this.documents) {
      const peers = this.peers.used().map((peer) => ({
        outcome: peer.outcome(document),
        isTyped: typed.has(toHex(peer.secured.key)),
      }))
      document.tell(statusOf({ peers, candidates, hasNetwork, isDue: document.aloneFor(now) >= this.times.verdict }))
    }
  }

  /** Something has changed in what is open here: said once for all that happens in this turn. */
  private refresh(): void {
    if (this.timer === null || this.refreshing !== null) return
    this.refreshing = setImmediate(() => {
      this.refreshing = null
      if (this.timer === null) return
      const isOffering = this.documents.size > 0 || this.counter !== null
      if (isOffering && this.listener.port === null) void this.open()
      else if (!isOffering) this.listener.close()
      if (isOffering || this.seekers > 0) this.discovery?.start()
      else void this.discovery?.stop()
      this.tick()
    })
  }

  /** It listens only while there is something to be found. */
  private open(): Promise<void> {
    this.opening ??= this.listener
      .open()
      .then(() => {
        if (this.timer === null) this.listener.close()
        else this.discovery?.tell()
      })
      // Others can still be dialled, and it is tried again with the next document.
      .catch((cause: unknown) => this.logger.error('lan-not-listening', cause))
      .finally(() => (this.opening = null))
    return this.opening
  }

  private renew(): void {
    for (const connection of this.connections) connection.doubt()
    this.dialler.shake()
    void this.discovery?.renew()
  }

  private reach({ address, secret }: Candidate): void {
    const where = readAddress(address)
    if (where === null) return this.dialler.failed(address, 'no-such-name', performance.now())
    let peer: LanPeer | null = null
    const connection = this.connect(where, secret, {
      secured: (secured) => {
        this.dialler.reached(address, toHex(secured.key))
        peer = this.greeted(connection, secured)
      },
      message: (message) => this.hear(peer, message),
      ended: (ending) => {
        if (peer === null) this.dialler.failed(address, ending, performance.now())
        else this.left(peer, address)
        this.tick()
      },
    })
  }

  private connect(
    { host, port }: { host: string; port: number },
    secret: Uint8Array | null,
    events: ConstructorParameters<typeof LanConnection>[0]['events'],
  ): LanConnection {
    return this.connection(net.connect({ host, port }), new Dialling(this.suite, this.key, secret), events, false)
  }

  private answer(socket: net.Socket): void {
    let peer: LanPeer | null = null
    let isGreeted = false
    const counter = this.counter
    const secrets = (): readonly Uint8Array[] => [...this.codes.secrets(), ...(counter?.secrets() ?? [])]
    const connection = this.connection(
      socket,
      new Answering(this.suite, this.key, secrets),
      {
        secured: (secured) => {
          isGreeted = true
          this.gate.finish()
          if (secured.secret === null || this.codes.use(secured.secret)) peer = this.greeted(connection, secured)
        },
        message: (message) => {
          if (peer !== null) this.hear(peer, message)
          else if (counter === null || message.op !== 'ask') connection.close()
          else counter.take(connection, message)
        },
        ended: () => {
          if (!isGreeted) this.gate.finish()
          if (peer !== null) this.left(peer, null)
        },
      },
      true,
    )
  }

  private connection(
    socket: net.Socket,
    greeting: Dialling | Answering,
    events: ConstructorParameters<typeof LanConnection>[0]['events'],
    isOpen: boolean,
  ): LanConnection {
    const { suite, times } = this
    const watched = {
      ...events,
      ended: (ending: Ending) => {
        this.connections.delete(connection)
        events.ended(ending)
      },
    }
    const connection: LanConnection = new LanConnection({ suite, socket, greeting, times, events: watched, isOpen })
    this.connections.add(connection)
    return connection
  }

  /** Another app has been reached, or has reached us. */
  private greeted(connection: LanConnection, secured: Secured): LanPeer | null {
    const key = toHex(secured.key)
    // It was ourselves, on one of our own addresses.
    if (key === this.ownKey) {
      connection.close()
      return null
    }
    const chooses = this.ownKey < key
    const peer = new LanPeer({
      suite: this.suite,
      connection,
      secured,
      times: this.times,
      opens: chooses,
      offers: () => this.documents,
      changed: () => this.tellStatuses(performance.now()),
    })
    this.peers.add(key, peer, chooses)
    return peer
  }

  private hear(peer: LanPeer | null, message: LanMessage): void {
    if (peer === null) return
    if (message.op === 'tags' && !peer.isUsed) this.peers.chosen(toHex(peer.secured.key), peer)
    peer.receive(message)
  }

  private left(peer: LanPeer, address: string | null): void {
    const key = toHex(peer.secured.key)
    this.peers.remove(key, peer, this.ownKey < key)
    if (peer.wasBusy && address !== null) this.dialler.failed(address, 'busy', performance.now())
    if (!this.peers.has(key)) this.dialler.lost(key, performance.now())
    peer.ended()
  }
}
