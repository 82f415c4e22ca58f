/** Discovery: a beacon on every network this computer is on, made anew when networks change and when one has died. */
import type { CryptoSuite } from '../../../shared/crypto/crypto-suite.ts'
import { type BeaconEvents, MdnsBeacon } from './mdns-beacon.ts'
import type { NearInterface } from './network-watch.ts'

/** Milliseconds after which a dead beacon is made anew. */
const AGAIN = 5000

export class LanDiscovery {
  private readonly parts: {
    readonly suite: CryptoSuite
    readonly port: () => number | null
    readonly near: () => readonly NearInterface[]
    readonly events: BeaconEvents
  }
  private readonly beacons = new Map<string, MdnsBeacon>()
  private timer: NodeJS.Timeout | null = null

  constructor(parts: LanDiscovery['parts']) {
    this.parts = parts
  }

  start(): void {
    if (this.timer !== null) return
    this.timer = setInterval(() => this.adapt(), AGAIN)
    this.adapt()
  }

  /** Takes back what was said, and closes; resolves when that is done. */
  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
    await this.close()
  }

  /** Says at once that this app is here: it can be reached now. */
  tell(): void {
    for (const beacon of this.beacons.values()) beacon.tell()
  }

  /** The networks have changed, or the computer slept: every socket is doubtful, and names are of one network only. */
  async renew(): Promise<void> {
    await this.close()
    // Unless it was stopped in the meantime.
    if (this.timer !== null) this.adapt()
  }

  private async close(): Promise<void> {
    const beacons = [...this.beacons.values()]
    this.beacons.clear()
    await Promise.all(beacons.map((beacon) => beacon.stop()))
  }

  /** Has what is missing, and nothing else. */
  private adapt(): void {
    const near = new Map(this.parts.near().map((one) => [`${one.name} ${one.address}/${one.prefix}`, one]))
    for (const [key, beacon] of this.beacons) {
      if (near.has(key) && !beacon.isDead) continue
      this.beacons.delete(key)
      void beacon.stop()
    }
    const { suite, port, events } = this.parts
    for (const [key, one] of near) {
      if (!this.beacons.has(key)) this.beacons.set(key, new MdnsBeacon({ suite, near: one, port, events }))
    }
  }
}
