import type { CryptoSuite } from '../crypto/crypto-suite.ts'
import { domain } from '../crypto/crypto-suite.ts'

const FINGERPRINT_DOMAIN = domain('fingerprint/1')
const GROUPS = 12
/** How often it is hashed: to look for another key with the same digits costs that much more. */
const ROUNDS = 2000

/**
 * A person's root key as people compare it, aloud or on paper: sixty digits in twelve groups. Each person reads their own
 * digits to the other, who sees the same beside that person's name.
 */
export function fingerprint(suite: CryptoSuite, root: Uint8Array): string {
  let hash = suite.hash(FINGERPRINT_DOMAIN, root)
  for (let round = 0; round < ROUNDS; round++) hash = suite.hash(FINGERPRINT_DOMAIN, hash, root)
  const wide = [hash, suite.hash(FINGERPRINT_DOMAIN, hash)].flatMap((half) => [...half])
  return Array.from({ length: GROUPS }, (_, group) => {
    const number = wide.slice(group * 5, group * 5 + 5).reduce((sum, byte) => sum * 256 + byte, 0)
    return String(number % 100_000).padStart(5, '0')
  }).join(' ')
}
