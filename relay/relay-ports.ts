/** What a relay needs from the world around it. */
import type { CryptoSuite } from '../shared/crypto/crypto-suite.ts'
import type { Mailbox } from './mailbox/mailbox.ts'
import type { RelayLimits } from './relay-limits.ts'
import type { Metrics } from './serving/metrics.ts'

export interface RelayPorts {
  readonly suite: CryptoSuite
  /** Milliseconds since 1970. */
  readonly clock: { now(): number }
  readonly limits: RelayLimits
  readonly mailbox: Mailbox
  readonly metrics: Metrics
  readonly log: RelayLog
}

/** One line a fact; never what is in a document, whose it is, or where somebody is. */
export type RelayLog = (event: string, facts?: Readonly<Record<string, string | number | boolean>>) => void
