/** What an open document is made of, and what goes into it. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import type { DocumentId, StreamId } from '../../shared/ids.ts'
import type { DocumentStore } from '../storage/document-store.ts'
import type { DocumentChange } from './document-change.ts'
import type { InstanceGuard } from './instance-guard.ts'
import type { WriterKeeper } from './writer-keeper.ts'

export interface OpenDocumentParts {
  readonly documentId: DocumentId
  readonly suite: CryptoSuite
  readonly store: DocumentStore
  readonly keeper: WriterKeeper
  readonly clock: { now(): number }
  readonly announce: (change: DocumentChange) => void
}

/** A checked edit on its way to the disk; `update` is null when all of it was on its way already. */
export interface Append {
  readonly guard: InstanceGuard
  /** Where the guard stood before it. */
  readonly from: number
  readonly stream: StreamId
  readonly update: Uint8Array | null
}
