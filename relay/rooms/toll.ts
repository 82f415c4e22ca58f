/** What a device may send, over time: who is too fast is told how long to wait, so that nothing has to be refused. */
import type { RelayLimits } from '../relay-limits.ts'

export class Toll {
  private readonly perSecond: number
  private readonly atOnce: number
  private tokens: number
  private at: number

  constructor({ recordsPerSecond, recordsAtOnce }: RelayLimits, now: number) {
    this.perSecond = recordsPerSecond
    this.atOnce = recordsAtOnce
    this.tokens = recordsAtOnce
    this.at = now
  }

  /** Milliseconds to wait before so many are taken; they are charged all the same. */
  charge(count: number, now: number): number {
    this.tokens = Math.min(this.atOnce, this.tokens + (Math.max(0, now - this.at) * this.perSecond) / 1000) - count
    this.at = now
    return this.tokens >= 0 ? 0 : Math.ceil((-this.tokens * 1000) / this.perSecond)
  }
}
