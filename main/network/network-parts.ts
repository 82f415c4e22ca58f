/** What the network is made of: the documents of this installation, the ways to others, and who is told. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { DocumentPeers } from '../documents/document-peers.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { Clock, Logger } from '../ports.ts'
import type { Announcement, WindowId } from '../sheaf.ts'
import type { StoredBlob } from '../storage/sheaf-file.ts'
import type { Hubs } from './hubs.ts'
import type { SharingPort } from './sharing-port.ts'

/** What the network needs of the documents of this installation. */
interface NetworkDocuments {
  keepOpen(documentId: DocumentId): OpenDocument
  letGo(documentId: DocumentId): void
  isKnown(documentId: DocumentId): boolean
  join(peers: DocumentPeers): void
  /** Keeps a picture that came, has it published, and tells the windows. */
  keepPicture(documentId: DocumentId, picture: StoredBlob): void
  /** Windows that show the document. */
  windowsOn(documentId: DocumentId): readonly WindowId[]
}

export interface NetworkParts {
  /** The data folder. */
  readonly folder: string
  readonly suite: CryptoSuite
  readonly clock: Clock
  readonly logger: Logger
  readonly documents: NetworkDocuments
  readonly sharing: SharingPort
  readonly hubs: Hubs
  /** Names this computer to servers that know no members, the same each time. */
  readonly device: string
  readonly settings: () => { readonly lan: boolean; readonly displayName: string }
  readonly announce: (announcement: Announcement) => void
}
