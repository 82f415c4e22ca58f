import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { beginEpoch } from '../../shared/membership/epoch-chain.ts'
import type { NextChange } from './chain-changes.ts'

/** The change that begins the first epoch: with it a document is shared. None when it is already. */
export function firstEpoch(suite: CryptoSuite): NextChange {
  return (membership) =>
    membership.epoch > 0 ? null : beginEpoch(suite, membership, { epoch: 1, key: suite.random(32) }, null)
}
