import { sodiumSuite } from '../main/identity/sodium-suite.ts'
import type { CryptoSuite } from '../shared/crypto/crypto-suite.ts'
import { type Random, seededRandom } from './seeded-random.ts'

/** The real cryptography with repeatable keys: two suites of one seed make the same writers, in the same order. */
export function seededSuite(seed: number): CryptoSuite {
  const random: Random = seededRandom(seed)
  return { ...sodiumSuite, random: (length) => Uint8Array.from({ length }, () => random.below(256)) }
}

/** The same suite, that verifies each signature once, however many look at it: what is true of one of them is of all. */
export function onceVerifying(suite: CryptoSuite): CryptoSuite {
  const known = new Map<string, boolean>()
  return {
    ...suite,
    verify(message, signature, publicKey) {
      const name = [message, signature, publicKey].map((bytes) => Buffer.from(bytes).toString('latin1')).join('|')
      const isGenuine = known.get(name) ?? suite.verify(message, signature, publicKey)
      known.set(name, isGenuine)
      return isGenuine
    },
  }
}
