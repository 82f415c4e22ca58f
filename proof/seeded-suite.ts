import { sodiumSuite } from '../main/identity/sodium-suite.ts'
import type { CryptoSuite } from '../shared/crypto/crypto-suite.ts'
import { type Random, seededRandom } from './seeded-random.ts'

/** The real cryptography with repeatable keys: two suites of one seed make the same writers, in the same order. */
export function seededSuite(seed: number): CryptoSuite {
  const random: Random = seededRandom(seed)
  return { ...sodiumSuite, random: (length) => Uint8Array.from({ length }, () => random.below(256)) }
}
