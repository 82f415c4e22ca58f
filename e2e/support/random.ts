/** Random choices that can be repeated: the same seed makes the same ones. */
export interface Random {
  readonly seed: number
  /** 0 <= number < 1. */
  next(): number
  /** A whole number from 0 to `limit`, without `limit`. */
  below(limit: number): number
}

/** Choices from SHEAF_SEED, or from a seed drawn now (mulberry32). */
export function makeRandom(seed = Number(process.env['SHEAF_SEED'] ?? Math.floor(Math.random() * 2 ** 31))): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return { seed, next, below: (limit) => Math.floor(next() * limit) }
}
