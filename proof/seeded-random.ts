/** Random choices that a seed repeats exactly. */
export interface Random {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
  pick<T>(choices: readonly T[]): T
}

/** Mulberry32: small, fast, and good enough to choose test cases by. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick<T>(choices: readonly T[]): T {
      const index = below(choices.length)
      if (index >= choices.length) throw new RangeError('Nothing to pick from.')
      return choices[index] as T
    },
  }
}
