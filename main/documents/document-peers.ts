/** The network, as documents see it. None of it fails. */
import type { DocumentId } from '../../shared/ids.ts'
import type { WindowId } from '../sheaf.ts'
import type { DocumentChange } from './document-change.ts'
import type { OpenDocument } from './open-document.ts'

export interface DocumentPeers {
  /** Milliseconds an edit may wait before it is sealed. */
  sealAfter(documentId: DocumentId): number
  /** A document was opened: somebody may be waiting for it. */
  opened(document: OpenDocument): void
  /** Something happened to an open document: it was edited, records or rows of its chain came in. */
  changed(documentId: DocumentId, change: DocumentChange): void
  /** Records were sealed, on disk. */
  grown(documentId: DocumentId): void
  /** A window shows the document no more. */
  left(documentId: DocumentId, window: WindowId): void
}
