import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import type { FounderKeys } from '../../shared/log/genesis.ts'
import type { Clock, Logger } from '../ports.ts'
import type { Announcement } from '../sheaf.ts'
import type { WriterKeeper } from './writer-keeper.ts'

/** What the registry of documents is made of. */
export interface RegistryParts {
  /** Folder of the private stores. */
  readonly folder: string
  readonly suite: CryptoSuite
  readonly clock: Clock
  readonly logger: Logger
  readonly keeper: WriterKeeper
  readonly founderKeys: (salt: Uint8Array) => FounderKeys
  readonly announce: (announcement: Announcement) => void
  readonly appVersion: string
}
