import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { WriterKeeper } from '../documents/writer-keeper.ts'
import type { Hubs } from '../network/hubs.ts'
import type { Clock, Logger } from '../ports.ts'
import type { Announcement } from '../sheaf.ts'

/** The documents of this installation, as sharing needs them. */
export interface SharedDocuments {
  isKnown(documentId: DocumentId): boolean
  keepOpen(documentId: DocumentId): OpenDocument
  letGo(documentId: DocumentId): void
  found(documentId: DocumentId, rows: readonly StoredLink[]): void
}

export interface SharingParts {
  readonly suite: CryptoSuite
  readonly clock: Clock
  readonly logger: Logger
  readonly keeper: WriterKeeper
  readonly documents: SharedDocuments
  readonly hubs: Hubs
  readonly announce: (announcement: Announcement) => void
  /** Gives a file to a document that was joined. */
  readonly receive: (documentId: DocumentId, title: string) => Promise<void>
  /** A shared document is open, or its members changed. */
  readonly noted?: (document: OpenDocument) => void
  readonly patience?: number
}
