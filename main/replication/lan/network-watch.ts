/**
 * A watch over the networks this computer is on. Node tells of no change, so it looks every two seconds; when it was kept
 * from looking the computer slept, and everything is taken for changed.
 */
import os from 'node:os'

/** An interface others may be near on. */
export interface NearInterface {
  readonly name: string
  readonly family: 4 | 6
  readonly address: string
  /** Bits of the address that name the network. */
  readonly prefix: number
}

export type Interfaces = () => NodeJS.Dict<os.NetworkInterfaceInfo[]>

const EVERY = 2000
/** Looking this much late means that the computer slept, or was as good as asleep. */
const SLEPT = 8000

export class NetworkWatch {
  private readonly interfaces: Interfaces
  private readonly changed: () => void
  private readonly every: number
  private timer: NodeJS.Timeout | null = null
  private known = ''
  private lookedAt = 0

  constructor(changed: () => void, interfaces: Interfaces = os.networkInterfaces, every = EVERY) {
    this.changed = changed
    this.interfaces = interfaces
    this.every = every
  }

  start(): void {
    this.known = JSON.stringify([this.near(), this.addresses()])
    this.lookedAt = Date.now()
    this.timer ??= setInterval(() => this.look(), this.every)
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
  }

  /** One for each interface, IPv4 where it has that: where the others are looked for. */
  near(): readonly NearInterface[] {
    const found: NearInterface[] = []
    for (const [name, infos = []] of Object.entries(this.interfaces())) {
      const four = infos.find((info) => !info.internal && info.family === 'IPv4')
      const six = infos.find((info) => !info.internal && info.family === 'IPv6' && /^fe80:/i.test(info.address))
      const info = four ?? six
      const prefix = Number(info?.cidr?.split('/')[1])
      if (info === undefined || !Number.isInteger(prefix)) continue
      const family = info.family === 'IPv4' ? 4 : 6
      found.push({ name, family, prefix, address: family === 4 ? info.address : `${info.address}%${name}` })
    }
    return found
  }

  /** Addresses others can reach this computer at; those that mean something on this computer alone are left out. */
  addresses(): readonly string[] {
    const infos = Object.values(this.interfaces()).flatMap((some = []) => some)
    return infos
      .filter(({ internal, address }) => !internal && !/^fe80:/i.test(address))
      .sort((a, b) => a.family.localeCompare(b.family))
      .map(({ address }) => address)
  }

  private look(): void {
    // By the clock on the wall: others stand still while the computer sleeps.
    const now = Date.now()
    const slept = now - this.lookedAt > this.every + SLEPT
    this.lookedAt = now
    const known = JSON.stringify([this.near(), this.addresses()])
    const isOther = known !== this.known
    this.known = known
    if (slept || isOther) this.changed()
  }
}
