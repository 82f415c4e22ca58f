/**
 * Sheaf without a screen: what the desktop shell, the command line, tests and benches talk to.
 *
 * One object per process. `create-sheaf.ts` builds it from ports; nothing here knows Electron.
 */
import type { DocumentShape } from '../shared/document/document-shape.ts'
import type { DocumentId, EntryId, StreamId } from '../shared/ids.ts'
import type {
  EventName,
  LibraryView,
  OpenedDocument,
  Settings,
  SheafEvents,
  SpellingView,
} from '../shared/ipc/contract.ts'
import type {
  InviteWish,
  JoinView,
  LiveWords,
  RestoredView,
  SharingView,
  SyncView,
  Ways,
  YjsRoom,
} from '../shared/ipc/together.ts'
import type { Role } from '../shared/membership/role.ts'

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

/** A document that was made from a file of another program. */
export interface Imported {
  readonly documentId: DocumentId
  /** A phrase for each kind of thing that was left out. */
  readonly losses: readonly string[]
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
  /** Makes a new document from a Word, Markdown, HTML or text file. */
  importPath(path: string): Promise<Imported>
  rename(entryId: EntryId, title: string): Promise<void>
  resolveCopy(entryId: EntryId, as: 'separate' | 'same'): Promise<DocumentId>
  trash(entryId: EntryId): Promise<void>
  restore(entryId: EntryId): Promise<void>
  /** Where the row's file stands, for the shell only. */
  pathOf(entryId: EntryId): string
  /** Where the document's file stands, or null when it has none. */
  pathOfDocument(documentId: DocumentId): string | null
}

export interface DocumentForReading {
  /** Its mentions under the titles that their documents have now. */
  readonly shape: DocumentShape
  picture(name: string): { readonly mime: string; readonly bytes: Uint8Array } | null
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
  /** The document as it is now, for exports: later edits change nothing in it. */
  forReading(documentId: DocumentId): Promise<DocumentForReading>
}

export interface SpellingApi {
  view(): Promise<SpellingView>
  /** Which of the words are wrong in a language there is a dictionary for. */
  check(language: string, words: readonly string[]): Promise<readonly string[]>
  suggest(language: string, word: string): Promise<readonly string[]>
  /** Adds a word to the person's own dictionary, or takes it out; on disk when it resolves. */
  learn(word: string): Promise<void>
  forget(word: string): Promise<void>
  /** Takes in a Hunspell dictionary by the path of one of its two files; answers its language. */
  addDictionary(path: string): Promise<string>
}

/** Who is in a document and who comes in. What changes the document's people is on disk when it resolves. */
export interface SharingApi {
  view(documentId: DocumentId): Promise<SharingView>
  /** A link for others; shares the document when it is not shared yet. */
  invite(documentId: DocumentId, wish: InviteWish): Promise<{ link: string; view: SharingView }>
  dropInvite(documentId: DocumentId, invite: string): Promise<SharingView>
  /** Lets in somebody who asks, or does not. */
  answer(documentId: DocumentId, request: string, admit: boolean): Promise<SharingView>
  setRole(documentId: DocumentId, person: string, role: Role): Promise<SharingView>
  remove(documentId: DocumentId, person: string): Promise<SharingView>
  /** Ends one device's part; its person stays in with the others. */
  removeDevice(documentId: DocumentId, device: string): Promise<SharingView>
  /** Remembers that this person compared fingerprints with that one. */
  verify(documentId: DocumentId, person: string, verified: boolean): Promise<SharingView>
  /** Lets words count that wait. */
  admit(documentId: DocumentId, waiting: string): Promise<SharingView>
  /** Takes an invite. */
  join(link: string): Promise<JoinView>
}

/** How documents go to others and who is there. */
export interface NetworkApi {
  view(documentId: DocumentId): Promise<SyncView>
  setWays(documentId: DocumentId, ways: Ways): Promise<SharingView>
  /** Looks for a replica at an address somebody typed. */
  connect(documentId: DocumentId, address: string): Promise<SharingView>
  /** Where on its networks this computer is; none while nothing is shared there. */
  addresses(): Promise<readonly string[]>
  /** A code that another computer finds this one by. */
  pairingCode(): Promise<string>
  /** Keeps the document in step with a room of a server that speaks plain Yjs; null for no longer. */
  connectYjs(documentId: DocumentId, room: YjsRoom | null): Promise<SyncView>
  /** Where a window's person is; nothing of it is kept. */
  say(documentId: DocumentId, window: WindowId, words: LiveWords): void
}

/** The words that bring a person's documents back on another computer. */
export interface RecoveryApi {
  words(): Promise<string>
  restore(words: string, relay: string): Promise<RestoredView>
}

export interface Sheaf {
  readonly settings: SettingsApi
  readonly library: LibraryApi
  readonly documents: DocumentsApi
  readonly spelling: SpellingApi
  readonly sharing: SharingApi
  readonly network: NetworkApi
  readonly recovery: RecoveryApi
  subscribe(listener: (announcement: Announcement) => void): () => void
  /** Refuses new edits, seals and publishes what is open, and resolves when the last write is on disk. */
  close(): Promise<void>
}
