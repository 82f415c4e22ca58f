/** Fingerprints of people, made once for each: one takes some milliseconds. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { toHex } from '../../shared/ids.ts'
import { fingerprint } from '../../shared/sharing/fingerprint.ts'

export class Fingerprints {
  private readonly suite: CryptoSuite
  private readonly known = new Map<string, string>()

  constructor(suite: CryptoSuite) {
    this.suite = suite
  }

  of(root: Uint8Array): string {
    const name = toHex(root)
    const known = this.known.get(name) ?? fingerprint(this.suite, root)
    this.known.set(name, known)
    return known
  }
}
