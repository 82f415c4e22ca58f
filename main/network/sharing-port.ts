/** Where sharing and the network meet: people are sharing's, ways are the network's. */
import type { DocumentId } from '../../shared/ids.ts'
import type { SharingView } from '../../shared/ipc/together.ts'
import type { StoredLink } from '../../shared/membership/member-op.ts'
import type { OpenDocument } from '../documents/open-document.ts'
import type { DocumentAccess } from '../replication/document-access.ts'
import type { SharingApi } from '../sheaf.ts'

/** What the network must know of sharing. */
export interface SharingPort {
  /** Null for a document nobody else may have, and for one that this device may not read. */
  access(document: OpenDocument): DocumentAccess | null
  /** Rows of the document's membership chain came, or somebody came or left. `names`: what devices call themselves. */
  membersChanged(document: OpenDocument, names: ReadonlyMap<string, string>): void
}

/** Sharing as a whole: what the network needs of it and what windows do. */
export interface Sharing extends SharingPort, SharingApi {
  /** Which relay the document is on; shares the document when it is not shared yet. */
  setRelay(documentId: DocumentId, url: string | null): Promise<SharingView>
}

/** What sharing must know of the network. */
export interface NetworkPort {
  /** Proposes a row of a document's membership chain to whoever appends them. */
  propose(documentId: DocumentId, row: StoredLink): void
  /** To be called when a document was shared, is shared no more, or goes other ways. */
  reconsider(documentId: DocumentId): void
  /** Member keys (hexadecimal) of the devices that are there now. */
  online(documentId: DocumentId): ReadonlySet<string>
  /** Member key (hexadecimal) -> what a device that is heard of now calls itself. */
  names(documentId: DocumentId): ReadonlyMap<string, string>
  readonly ways: {
    /** Whether the document is looked for on the local network. */
    hasLan(document: OpenDocument): boolean
  }
}
