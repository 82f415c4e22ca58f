/**
 * A beacon: one socket on one interface, which says that an app is here and hears who else is. What it hears is a hint:
 * only the address a packet came from is believed, and only when it is of this very network.
 *
 * Sockets fail when a computer sleeps or changes networks, in every verb they have: then the beacon is dead, and says so.
 */
import dgram from 'node:dgram'
import net from 'node:net'
import type { CryptoSuite } from '../../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../../shared/ids.ts'
import { writeAddress } from './lan-address.ts'
import { type Announcement, decodeSayings, encodeAnnouncement, encodeQuestion, LIFETIME } from './mdns-packet.ts'
import type { NearInterface } from './network-watch.ts'

const PORT = 5353
const GROUP = { 4: '224.0.0.251', 6: 'ff02::fb' } as const
const HOP_LIMIT = 255
/** Milliseconds: when it asks and tells anew, how long it keeps a name, and the least time between two answers. */
const FIRST = [0, 1000, 3000] as const
const AGAIN = 50_000
const HOUR = 3_600_000
const BETWEEN_ANSWERS = 1000

export interface BeaconEvents {
  /** Somebody is at this address. */
  heard(address: string): void
  /** Somebody said that they leave it. */
  gone(address: string): void
}

export class MdnsBeacon {
  private readonly suite: CryptoSuite
  private readonly near: NearInterface
  private readonly port: () => number | null
  private readonly events: BeaconEvents
  private readonly network: net.BlockList
  private readonly socket: dgram.Socket
  private readonly timers = new Set<NodeJS.Timeout>()
  /** What is on its way: of a socket that dies meanwhile nothing more is heard. */
  private readonly sending = new Set<() => void>()
  private name: string
  private answeredAt = Number.NEGATIVE_INFINITY
  private state: 'opening' | 'open' | 'dead' = 'opening'

  constructor(parts: {
    suite: CryptoSuite
    near: NearInterface
    port: () => number | null
    events: BeaconEvents
  }) {
    this.suite = parts.suite
    this.near = parts.near
    this.port = parts.port
    this.events = parts.events
    this.name = this.newName()
    const { address, prefix, family } = parts.near
    this.network = new net.BlockList()
    this.network.addSubnet(bare(address), prefix, family === 4 ? 'ipv4' : 'ipv6')
    this.socket = dgram.createSocket({ type: family === 4 ? 'udp4' : 'udp6', reuseAddr: true, ipv6Only: family === 6 })
    this.socket.on('error', () => this.die())
    this.socket.on('message', (bytes, from) => this.hear(bytes, from))
    this.socket.bind(PORT, family === 4 ? '0.0.0.0' : '::', () => this.begin())
  }

  get isDead(): boolean {
    return this.state === 'dead'
  }

  /** Says at once that this app is here. */
  tell(): void {
    void this.announce(LIFETIME)
  }

  /** Says that it leaves, and closes; resolves when that is done. */
  async stop(): Promise<void> {
    await this.announce(0)
    this.die()
  }

  private begin(): void {
    const { address, family, name } = this.near
    const isReady = this.attempt(() => {
      const on = family === 4 ? address : `::%${name}`
      this.socket.addMembership(GROUP[family], on)
      this.socket.setMulticastInterface(on)
      this.socket.setMulticastTTL(HOP_LIMIT)
      // Two apps on one computer hear each other.
      this.socket.setMulticastLoopback(true)
    })
    if (!isReady || this.state === 'dead') return
    this.state = 'open'
    for (const wait of FIRST) this.after(wait, () => this.ask())
    this.every(AGAIN, () => this.ask())
    // Nobody is to be followed by a name from hour to hour.
    this.every(HOUR, () => {
      void this.announce(0).then(() => {
        this.name = this.newName()
        return this.announce(LIFETIME)
      })
    })
  }

  private ask(): void {
    void this.send(encodeQuestion())
    void this.announce(LIFETIME)
  }

  private announce(lifetime: number): Promise<void> {
    const port = this.port()
    if (port === null) return Promise.resolve()
    this.answeredAt = performance.now()
    return this.send(encodeAnnouncement({ name: this.name, port, lifetime }, this.near.address))
  }

  private hear(bytes: Uint8Array, from: dgram.RemoteInfo): void {
    if (from.port !== PORT || !this.isNear(from.address)) return
    for (const saying of decodeSayings(bytes)) {
      if (saying.kind === 'question') this.answer()
      else this.learn(saying.announcement, from.address)
    }
  }

  private answer(): void {
    const now = performance.now()
    if (now - this.answeredAt < BETWEEN_ANSWERS) return
    this.answeredAt = now
    // Not all at once, when many are asked.
    this.after(20 + (this.suite.random(1)[0] ?? 0) / 3, () => void this.announce(LIFETIME))
  }

  private learn({ name, port, lifetime }: Announcement, host: string): void {
    if (name === this.name) return
    const address = writeAddress({ host, port })
    if (lifetime === 0) this.events.gone(address)
    else this.events.heard(address)
  }

  private isNear(address: string): boolean {
    return this.network.check(bare(address), this.near.family === 4 ? 'ipv4' : 'ipv6')
  }

  private send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      if (this.state !== 'open') return resolve()
      const { family, name } = this.near
      const group = family === 4 ? GROUP[4] : `${GROUP[6]}%${name}`
      const done = (): void => {
        this.sending.delete(done)
        resolve()
      }
      this.sending.add(done)
      this.attempt(() =>
        this.socket.send(bytes, PORT, group, (error) => {
          if (error !== null) this.die()
          done()
        }),
      )
    })
  }

  private newName(): string {
    return toHex(this.suite.random(8))
  }

  private after(milliseconds: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      run()
    }, milliseconds)
    this.timers.add(timer)
  }

  private every(milliseconds: number, run: () => void): void {
    this.timers.add(setInterval(run, milliseconds))
  }

  /** Whether the socket could do it; it is dead otherwise. */
  private attempt(work: () => void): boolean {
    try {
      work()
      return true
    } catch {
      this.die()
      return false
    }
  }

  private die(): void {
    if (this.state === 'dead') return
    this.state = 'dead'
    for (const timer of this.timers) clearTimeout(timer)
    for (const done of this.sending) done()
    try {
      this.socket.close()
    } catch {
      // It is closed, or was never open.
    }
  }
}

function bare(address: string): string {
  return address.split('%')[0] ?? address
}
