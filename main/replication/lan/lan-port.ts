/**
 * The port an app takes first on a network: the same each time there, so that an address somebody wrote down, or an invite
 * that holds one, stays true after a restart; and another on each other network, so that nobody knows the computer by it.
 */
import net from 'node:net'
import { type CryptoSuite, domain } from '../../../shared/crypto/crypto-suite.ts'
import type { NearInterface } from './network-watch.ts'

const PORT_DOMAIN = domain('lan-port/1')
/** Those no program has a right to. */
const FIRST = 49_152
const PORTS = 16_384

export interface PortWish {
  readonly suite: CryptoSuite
  /** This installation's. */
  readonly secret: Uint8Array
  /** The one that somebody asked for: that, or none. */
  readonly port?: number
}

/** In their order; 0 is any that is free. */
export function portsToTry({ suite, secret, port }: PortWish, near: readonly NearInterface[]): readonly number[] {
  return port === undefined ? [firstPort(suite, secret, near), 0] : [port]
}

/** 0, which is any, on no network. `secret`: this installation's. */
export function firstPort(suite: CryptoSuite, secret: Uint8Array, near: readonly NearInterface[]): number {
  const [first] = near
  if (first === undefined) return 0
  const [high = 0, low = 0] = suite.hash(PORT_DOMAIN, secret, new TextEncoder().encode(networkOf(first)))
  return FIRST + ((high * 256 + low) % PORTS)
}

/** What all on the same network have in common. Of IPv6 it is nothing: local addresses are alike everywhere. */
function networkOf({ address, prefix }: NearInterface): string {
  if (!net.isIPv4(address)) return 'fe80'
  const number = address.split('.').reduce((all, part) => all * 256 + Number(part), 0)
  return `${Math.floor(number / 2 ** (32 - prefix))}/${prefix}`
}
