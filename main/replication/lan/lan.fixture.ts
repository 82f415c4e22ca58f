/** Apps on one computer that find each other by its loopback address, and documents they share. */
import type { KeyPair } from '../../../shared/crypto/crypto-suite.ts'
import type { EpochKey } from '../../../shared/crypto/epoch-key.ts'
import { type Chain, readChain } from '../../../shared/membership/chain.ts'
import type { StoredLink } from '../../../shared/membership/member-op.ts'
import { sodiumSuite as suite } from '../../identity/sodium-suite.ts'
import type { Logger } from '../../ports.ts'
import type { DocumentAccess } from '../document-access.ts'
import type { KeyRing } from '../document-replica.ts'
import { SharedDocument } from '../shared-document.fixture.ts'
import type { Link, TransportStatus, WatchedTransport } from '../transport.ts'
import { LanHub, type LanHubParts } from './lan-hub.ts'
import { LAN_TIMES, type LanTimes } from './lan-limits.ts'
import type { Interfaces } from './network-watch.ts'

/** Everything a little sooner, so that tests need not wait; none so soon that a busy machine is too slow. */
export const SOON: LanTimes = { ...LAN_TIMES, again: 30, longest: 400, tick: 30, verdict: 600, idle: 500, lost: 5000 }
/** No limit that a test with many connections from one address would meet. */
export const OPEN_GATE = { count: 1e6, within: 10_000, unfinished: 1000 }

/** A computer whose only network is itself. */
export const LOOPBACK: Interfaces = () => ({
  lo: [
    {
      address: '127.0.0.1',
      netmask: '255.0.0.0',
      family: 'IPv4',
      mac: '00:00:00:00:00:00',
      internal: false,
      cidr: '127.0.0.1/8',
    },
  ],
})

const QUIET: Logger = {
  info: () => undefined,
  error: (event, cause) => {
    throw new Error(event, { cause })
  },
}

/** Keys of epochs 1 to `count`. */
export function epochs(count: number): readonly EpochKey[] {
  return Array.from({ length: count }, (_, index) => ({ epoch: index + 1, key: suite.random(32) }))
}

export function ring(keys: readonly EpochKey[]): KeyRing {
  const current = keys.at(-1)
  if (current === undefined) throw new Error('A ring has keys.')
  return { current, all: new Map(keys.map((key) => [key.epoch, key])) }
}

/** Access that tests can change: to keys and a chain that somebody has heard of so far. */
export class Access implements DocumentAccess {
  readonly device: KeyPair
  held: KeyRing
  private known: Chain

  constructor(device: KeyPair, rows: readonly StoredLink[], keys: readonly EpochKey[]) {
    this.device = device
    this.held = ring(keys)
    this.known = chainOf(rows)
  }

  get documentId(): Uint8Array {
    return this.known.membership.documentId
  }

  learn(rows: readonly StoredLink[], keys?: readonly EpochKey[]): void {
    this.known = chainOf(rows)
    if (keys !== undefined) this.held = ring(keys)
  }

  keys(): KeyRing {
    return this.held
  }

  chain(): readonly StoredLink[] {
    return this.known.rows
  }

  membership() {
    return this.known.membership
  }
}

function chainOf(rows: readonly StoredLink[]): Chain {
  const chain = readChain(suite, [...rows])
  if ('refusal' in chain) throw new Error(`row ${chain.row}: ${chain.refusal}`)
  return chain
}

/** A document nobody else has: an app with it open listens. */
export function anyDocument(): Access {
  const shared = new SharedDocument()
  return new Access(shared.founder.member, shared.chain, epochs(1))
}

/** One app. */
export class App {
  readonly hub: LanHub
  readonly linked: Link[] = []
  /** Frames heard on any link, by their first byte. */
  readonly heard: Uint8Array[] = []
  readonly statuses: TransportStatus[] = []

  constructor(parts: Partial<LanHubParts> = {}) {
    this.hub = new LanHub({
      suite,
      logger: QUIET,
      secret: suite.random(32),
      finding: false,
      times: SOON,
      limits: OPEN_GATE,
      interfaces: LOOPBACK,
      ...parts,
    })
    this.hub.start()
  }

  /** Opens a document; its links only listen. */
  open(access: DocumentAccess): WatchedTransport {
    const transport = this.hub.transport(access)
    transport.watch((status) => this.statuses.push(status))
    transport.start((link) => {
      this.linked.push(link)
      link.listen({ receive: (frame) => this.heard.push(frame), closed: () => undefined })
    })
    return transport
  }

  /** Where it listens, when it does. */
  async address(): Promise<string> {
    await until(() => this.hub.addresses().length > 0, 'it listens')
    return this.hub.addresses()[0] ?? ''
  }

  get status(): TransportStatus | undefined {
    return this.statuses.at(-1)
  }
}

/** Waits for what must come about, however busy the machine is. */
export async function until(isSo: () => boolean, what: string, limit = 30_000): Promise<void> {
  const begun = Date.now()
  while (!isSo()) {
    if (Date.now() - begun > limit) throw new Error(`Waited in vain until ${what}.`)
    await turns(1)
  }
}

/** Lets so many turns pass in which everything in this process goes on. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setTimeout(resolve, 10))
}
