/** The pairing codes that were shown here and have not been used: each is good for ten minutes, and once. */
import type { CryptoSuite } from '../../../shared/crypto/crypto-suite.ts'
import { equalBytes } from '../../../shared/ids.ts'
import { type LanAddress, writePairingCode } from './lan-address.ts'

/** Milliseconds for which a code is good, and codes at a time. */
const LIFE = 600_000
const MAX_CODES = 8

export class PairingCodes {
  private readonly suite: CryptoSuite
  private codes: readonly { readonly secret: Uint8Array; readonly until: number }[] = []

  constructor(suite: CryptoSuite) {
    this.suite = suite
  }

  make(address: LanAddress): string {
    const secret = this.suite.random(32)
    this.codes = [...this.codes, { secret, until: performance.now() + LIFE }].slice(-MAX_CODES)
    return writePairingCode(address, secret)
  }

  /** Those that are still good. */
  secrets(): readonly Uint8Array[] {
    const now = performance.now()
    this.codes = this.codes.filter(({ until }) => now < until)
    return this.codes.map(({ secret }) => secret)
  }

  /** Whether this is one of them; it is used up then. */
  use(secret: Uint8Array): boolean {
    const before = this.codes.length
    this.codes = this.codes.filter((code) => !equalBytes(code.secret, secret))
    return this.codes.length < before
  }

  clear(): void {
    this.codes = []
  }
}
