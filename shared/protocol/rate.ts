/** A rate that must not be gone over: so many a second, with one second's worth saved up. */
export interface Rate {
  readonly tokens: number
  /** Milliseconds. */
  readonly at: number
}

/** The rate after one more, or null when that is one too many. */
export function spend({ tokens, at }: Rate, perSecond: number, now: number): Rate | null {
  const left = Math.min(perSecond, tokens + (Math.max(0, now - at) * perSecond) / 1000) - 1
  return left < 0 ? null : { tokens: left, at: now }
}
