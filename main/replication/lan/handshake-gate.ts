/** A gate for those who dial us: how many handshakes one address may begin in a while, and how many are under way in all. */
import { HANDSHAKES, MAX_UNFINISHED } from './lan-limits.ts'

export interface GateLimits {
  readonly count: number
  readonly within: number
  readonly unfinished: number
}

export const GATE_LIMITS: GateLimits = { ...HANDSHAKES, unfinished: MAX_UNFINISHED }

/** Addresses that are remembered: whoever has many more of them fills the rest of the limits first. */
const MAX_ADDRESSES = 1024

export class HandshakeGate {
  private readonly limits: GateLimits
  private readonly begun = new Map<string, number[]>()
  private unfinished = 0

  constructor(limits: GateLimits = GATE_LIMITS) {
    this.limits = limits
  }

  /** Lets one in, or not. Who was let in is let out by `finish`, once. */
  enter(address: string, now: number): boolean {
    const { count, within, unfinished } = this.limits
    const place = placeOf(address)
    const recent = (this.begun.get(place) ?? []).filter((at) => now - at < within)
    if (this.unfinished >= unfinished || recent.length >= count) return false
    this.begun.delete(place)
    this.begun.set(place, [...recent, now])
    for (const oldest of this.begun.keys()) {
      if (this.begun.size <= MAX_ADDRESSES) break
      this.begun.delete(oldest)
    }
    this.unfinished += 1
    return true
  }

  finish(): void {
    this.unfinished -= 1
  }
}

/** An IPv4 address as it is, of an IPv6 one the network: who has one has millions. */
function placeOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (!address.includes(':') || /^fe80:/i.test(address)) return address
  const [head = '', tail] = address.split('::', 2)
  const groups = head.split(':').filter((group) => group !== '')
  const after = (tail ?? '').split(':').filter((group) => group !== '')
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length
  return [...groups, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...after].slice(0, 4).join(':')
}
