/**
 * The seam between documents and their files. Documents know records and windows; files know paths, stamps and names.
 * `DocumentPort` is what files need from documents, `DocumentFiles` what documents may ask of their files.
 */
import type { DocumentShape } from '../../shared/document/document-shape.ts'
import type { DocumentId } from '../../shared/ids.ts'
import type { FileState } from '../../shared/ipc/contract.ts'
import type { Heads } from '../../shared/log/heads.ts'
import type { SheafFileContent, StoredBlob } from '../storage/sheaf-file.ts'
import type { WindowId } from '../sheaf.ts'
import type { LiveFacts } from './live-rows.ts'

/** What taking a file in brought. */
export interface Intake {
  /** Records that were new, runs counted as the records they cover. 0: the store held everything. */
  readonly records: number
  /** Blocks that are new or say something else than before. */
  readonly paragraphs: number
  /** Who wrote the new records, as far as a member vouches for them. */
  readonly authors: readonly string[]
}

/** Documents as the library and the publisher see them. Everything it changes is on disk when it resolves. */
export interface DocumentPort {
  /** Whether a private store of this document is on this computer. */
  isKnown(documentId: DocumentId): boolean
  /** Founds a document, empty or with this text, in a store of its own. It has no file until the library gives it one. */
  create(shape?: DocumentShape, blobs?: readonly StoredBlob[]): Promise<DocumentId>
  /** A picture among bytes from elsewhere, ready to be kept, or null for what is none. */
  pictureOf(bytes: Uint8Array): StoredBlob | null
  /**
   * Merges a file's records into the store, made if missing, and tells the windows that show it. Every record is
   * verified first; throws `damaged` or `hostile`, and then has taken nothing.
   */
  takeIn(content: SheafFileContent): Promise<Intake>
  /** What the store holds: edits made so far are sealed first. Throws `not-found` when there is no store. */
  heads(documentId: DocumentId): Promise<Heads>
  /** How many rows of the membership chain, and how many pictures, the store holds. */
  counts(documentId: DocumentId): { readonly links: number; readonly blobs: number }
  /** The heads a file's records have, whether or not they would be taken in. */
  headsOf(content: SheafFileContent): Heads
  /** Whether a window shows it. */
  isShown(documentId: DocumentId): boolean
  /** How a document begins and when it was changed; null when it is not open. Walks no further than needed. */
  factsOf(documentId: DocumentId): LiveFacts | null
  /** Everything the file must hold: edits made so far are sealed first. Throws `not-found` when there is no store. */
  contentOf(documentId: DocumentId): Promise<SheafFileContent>
  /** Sets the title by an ordinary edit. Does nothing when it is this title already. */
  setTitle(documentId: DocumentId, title: string): Promise<void>
  /** Makes the text what it was in this older content, by an ordinary edit. */
  restoreMoment(content: SheafFileContent): Promise<void>
  /** Founds a new document with the text and title of this content; the two are strangers from now on. */
  duplicate(content: SheafFileContent): Promise<DocumentId>
}

/** The files of documents, as documents see them. */
export interface DocumentFiles {
  /** An edit became durable: the file is published 1 to 2 s after the last one. Costs nothing, never fails. */
  edited(documentId: DocumentId): void
  /** Publishes now what the file lacks; resolves when it is on disk or when `fileState` says why it is not. */
  flush(documentId: DocumentId): Promise<void>
  /** What is true of the file; for a document that never had one, `missing` with an empty name. */
  fileState(documentId: DocumentId): FileState
  /** A window is about to show the document: it hears what happened to it while none did. */
  opened(documentId: DocumentId, window: WindowId): void
  /** Null when the file may be written; else one sentence why this version of Sheaf must leave it alone. */
  readOnlyReason(documentId: DocumentId): string | null
  saveAgain(documentId: DocumentId): Promise<void>
  locate(documentId: DocumentId, path: string): Promise<void>
  resolveRollback(documentId: DocumentId, choose: 'newest' | 'older'): Promise<void>
  /** Publishes everything that waits and stops. */
  close(): Promise<void>
}
