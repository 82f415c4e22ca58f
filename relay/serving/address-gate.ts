/** How many come from one address, and how fast. Addresses are forgotten as soon as they say nothing any more. */
import { type Rate, spend } from '../../shared/protocol/rate.ts'
import type { RelayLimits } from '../relay-limits.ts'

interface Caller {
  sockets: number
  rate: Rate
  /** Documents and vaults that may still be new from there, when that was so. */
  news: Rate
}

const HOUR = 3_600_000

export class AddressGate {
  private readonly limits: RelayLimits
  private readonly callers = new Map<string, Caller>()

  constructor(limits: RelayLimits) {
    this.limits = limits
  }

  /** Whether one more may come from this address. Every `true` is followed by a `leave`. */
  enter(address: string, now: number): boolean {
    const { newSocketsPerSecond, socketsPerAddress } = this.limits
    const caller = this.caller(address, now)
    const rate = spend(caller.rate, newSocketsPerSecond, now)
    if (rate === null) return false
    caller.rate = rate
    if (caller.sockets >= socketsPerAddress) return false
    caller.sockets += 1
    return true
  }

  leave(address: string): void {
    const caller = this.callers.get(network(address))
    if (caller !== undefined) caller.sockets -= 1
  }

  /** Whether something new may be begun from there: whoever they are, they may not fill the disk. */
  begin(address: string, now: number): boolean {
    const caller = this.caller(address, now)
    const tokens = this.newsAt(caller, now)
    caller.news = { tokens: tokens < 1 ? tokens : tokens - 1, at: now }
    return tokens >= 1
  }

  /** Forgets who has nothing open, did not call in the last second, and may begin as much as anybody. */
  forget(now: number): void {
    for (const [name, caller] of this.callers) {
      const isFresh = this.newsAt(caller, now) >= this.limits.newAtOnce
      if (caller.sockets === 0 && now - caller.rate.at > 1000 && isFresh) this.callers.delete(name)
    }
  }

  private newsAt({ news }: Caller, now: number): number {
    const { newAtOnce, newPerHour } = this.limits
    return Math.min(newAtOnce, news.tokens + (Math.max(0, now - news.at) * newPerHour) / HOUR)
  }

  private caller(address: string, now: number): Caller {
    const { newSocketsPerSecond, newAtOnce } = this.limits
    const name = network(address)
    const known = this.callers.get(name)
    if (known !== undefined) return known
    const caller = {
      sockets: 0,
      rate: { tokens: newSocketsPerSecond, at: now },
      news: { tokens: newAtOnce, at: now },
    }
    this.callers.set(name, caller)
    return caller
  }
}

/** One household has one IPv4 address, or a whole /64 of IPv6. */
function network(address: string): string {
  const plain = address.replace(/^::ffff:/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const groups = head.split(':')
  if (tail === undefined) return groups.slice(0, 4).join(':')
  const rest = tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0')
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':')
}
