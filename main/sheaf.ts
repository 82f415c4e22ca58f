/**
 * Sheaf without a screen: what the desktop shell, the command line, tests and benches talk to.
 *
 * One object per process. `create-sheaf.ts` builds it from ports; nothing here knows Electron.
 */
import type { DocumentId, EntryId, StreamId } from '../shared/ids.ts'
import type {
  EventName,
  ExportFormat,
  LibraryView,
  OpenedDocument,
  Settings,
  SheafEvents,
} from '../shared/ipc/contract.ts'

/** A window, or whoever else edits through this process: a number the shell chooses, never reused while it lives. */
export type WindowId = number

/** An announcement for windows. `to` names one window; without it everyone hears, except `except`. */
export type Announcement = {
  [N in EventName]: {
    readonly name: N
    readonly payload: SheafEvents[N]
    readonly to?: WindowId
    readonly except?: WindowId
  }
}[EventName]

export interface SettingsApi {
  get(): Settings
  /** Writes atomically, then announces `settings.changed`. Unknown or ill-typed values are refused. */
  set(patch: Partial<Settings>): Promise<Settings>
}

export interface LibraryApi {
  view(): LibraryView
  /** Points the library at a folder (made if missing) and looks through it. */
  useFolder(path: string): Promise<LibraryView>
  /** Makes an empty document of this title, or without one, and its file. */
  create(title?: string): Promise<{ entryId: EntryId; documentId: DocumentId }>
  open(entryId: EntryId): Promise<DocumentId>
  /** Takes in any `.sheaf` file by path: a double-clicked one, one from a dialog, one from the command line. */
  openPath(path: string): Promise<DocumentId>
  /** Makes a new document from a Markdown, HTML or text file. */
  importPath(path: string): Promise<DocumentId>
  rename(entryId: EntryId, title: string): Promise<void>
  resolveCopy(entryId: EntryId, as: 'separate' | 'same'): Promise<DocumentId>
  trash(entryId: EntryId): Promise<void>
  restore(entryId: EntryId): Promise<void>
  /** Where the row's file stands, for the shell only. */
  pathOf(entryId: EntryId): string
  /** Where the document's file stands, or null when it has none. */
  pathOfDocument(documentId: DocumentId): string | null
}

export interface DocumentsApi {
  open(documentId: DocumentId, window: WindowId): Promise<OpenedDocument>
  /** Resolves once the update is on disk: committed and synced. */
  append(documentId: DocumentId, window: WindowId, stream: StreamId, update: Uint8Array): Promise<void>
  /** The window shows the document no more. The last one to leave seals, closes the run and publishes. */
  release(documentId: DocumentId, window: WindowId): Promise<void>
  rebuild(documentId: DocumentId, window: WindowId, detail: string): Promise<OpenedDocument>
  /** Writes a missing or refused file again, at its old place. */
  saveAgain(documentId: DocumentId): Promise<void>
  /** The person says where the moved file is now. */
  locate(documentId: DocumentId, path: string): Promise<void>
  resolveRollback(documentId: DocumentId, choose: 'newest' | 'older'): Promise<void>
  /** Keeps a picture in a document the window writes in; durable when it answers the picture's name. */
  addImage(documentId: DocumentId, window: WindowId, bytes: Uint8Array): Promise<string>
  /** Keeps a picture of one document in another as well. Throws `not-found` when there is no such picture. */
  copyImage(from: DocumentId, to: DocumentId, window: WindowId, name: string): Promise<void>
  /** A picture's bytes and media type, or null. */
  image(documentId: DocumentId, name: string): Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null>
  exportTo(documentId: DocumentId, format: ExportFormat, path: string): Promise<void>
}

export interface Sheaf {
  readonly settings: SettingsApi
  readonly library: LibraryApi
  readonly documents: DocumentsApi
  subscribe(listener: (announcement: Announcement) => void): () => void
  /** Refuses new edits, seals and publishes what is open, and resolves when the last write is on disk. */
  close(): Promise<void>
}
