/**
 * Everything a window may ask of the main process, and everything the main process tells windows.
 *
 * Two Electron channels carry it all; adding a call changes this file, `check-arguments.ts` and the main process, never
 * the preload. A window never sees a path it could use: documents are named by id, library rows by opaque handles.
 */
import type { DocumentId, EntryId, StreamId } from '../ids.ts'
import type { LanguageChoice } from '../languages.ts'
import type { Outcome } from './outcome.ts'

export type Theme = 'system' | 'light' | 'dark'
export type TextFace = 'literata' | 'source-serif' | 'inter'
/** How many characters a line of the page holds: about 60, 70 or 84. */
export const MEASURES = ['narrow', 'medium', 'wide'] as const
export type Measure = (typeof MEASURES)[number]
/** How far apart the lines of the page stand. */
export const SPACINGS = ['tight', 'normal', 'open'] as const
export type Spacing = (typeof SPACINGS)[number]
/** How much room the rows of the library and of lists take. */
export const DENSITIES = ['comfortable', 'compact'] as const
export type Density = (typeof DENSITIES)[number]
/** The library: last changed first, or by title. */
export const LIBRARY_ORDERS = ['changed', 'title'] as const
export type LibraryOrder = (typeof LIBRARY_ORDERS)[number]

/** What can stand at the right of the page, one at a time. */
export const PANELS = ['outline'] as const
export type Panel = (typeof PANELS)[number]
/** How much of the page keeps its ink: all of it, the paragraph with the caret, or the sentence. */
export const FOCUS_MODES = ['off', 'block', 'sentence'] as const
export type FocusMode = (typeof FOCUS_MODES)[number]

export interface Settings {
  readonly theme: Theme
  readonly textFace: TextFace
  /** Size of the page's text in CSS pixels, 14 to 26. */
  readonly textSize: number
  readonly measure: Measure
  readonly spacing: Spacing
  readonly density: Density
  /** What the window, the menus and messages are written in. */
  readonly language: LanguageChoice
  readonly libraryOrder: LibraryOrder
  /** Whether the library stands at the left. */
  readonly libraryShown: boolean
  /** Width of the library in CSS pixels, 220 to 480. */
  readonly libraryWidth: number
  /** What stands at the right, or 'none'. */
  readonly panel: Panel | 'none'
  readonly focus: FocusMode
  /** Whether the line with the caret stays in the middle of the window. */
  readonly typewriter: boolean
  /** Ids of the commands chosen last from the palette, the last one first; at most 8. */
  readonly recentCommands: readonly string[]
  /** The name other people see beside this person's words. */
  readonly displayName: string
}

/** Why a document can't be written to, or not even opened, as its row and its notice say it. */
export type EntryProblem = 'newer' | 'newer-read-only' | 'damaged' | 'hostile' | 'unreadable' | 'copy'

export interface LibraryEntry {
  readonly id: EntryId
  /** Null when the file can't be read. */
  readonly documentId: DocumentId | null
  /** The title, or '' for an untitled document. */
  readonly title: string
  /** File name without `.sheaf`; the folder inside the library it stands in, '' at the top. */
  readonly fileName: string
  readonly folder: string
  /** The first words of the text, at most 120 characters. */
  readonly firstWords: string
  readonly words: number
  /** Milliseconds since 1970 of the last change to the text, as far as known. */
  readonly changedAt: number
  readonly problem: EntryProblem | null
}

export interface LibraryView {
  /** Name of the library folder, for the heading; and its full path, for showing only. */
  readonly name: string
  readonly path: string
  /** Last changed first. */
  readonly entries: readonly LibraryEntry[]
  /** In Sheaf's own trash, restorable; last deleted first. */
  readonly trash: readonly LibraryEntry[]
  /** False while the first look at the folder is still going on. */
  readonly complete: boolean
}

export type WriteMode = 'write' | 'read-only'

/** What a window needs to show and edit a document. */
export interface OpenedDocument {
  readonly documentId: DocumentId
  /** The document's state as a Yjs V1 update. */
  readonly state: Uint8Array
  /** The client id this window's Yjs document must use; used by no other document instance, ever. */
  readonly clientId: number
  readonly mode: WriteMode
  /** Why it opened read-only: one sentence, or ''. */
  readonly readOnlyReason: string
  readonly file: FileState
}

/** What is true of the file on disk. */
export type FileState =
  | { readonly kind: 'ok'; readonly fileName: string; readonly folder: string }
  | { readonly kind: 'missing'; readonly fileName: string; readonly folder: string }
  /** An older copy (a restored backup) stands at the document's place; the newest text is kept, nothing overwritten. */
  | { readonly kind: 'rolled-back'; readonly fileName: string; readonly folder: string }
  | { readonly kind: 'not-written'; readonly fileName: string; readonly folder: string; readonly reason: string }

export type ExportFormat = 'md' | 'html' | 'txt' | 'json'

/** Request -> answer. Argument lists are tuples of plain values. */
export interface SheafCalls {
  'app.about': () => { version: string; electron: string; platform: string }
  'settings.get': () => Settings
  'settings.set': (patch: Partial<Settings>) => Settings
  'library.get': () => LibraryView
  'library.chooseFolder': () => LibraryView | null
  /** A new, empty document of this title ('' for none) and its file. */
  'library.new': (title: string) => { entryId: EntryId; documentId: DocumentId }
  /** Opens a row and answers its document id; the window then calls `document.open`. */
  'library.open': (entryId: EntryId) => DocumentId
  /** Shows the system's file dialog; null when the person cancelled. */
  'library.openFile': () => DocumentId | null
  'library.import': () => DocumentId | null
  'library.rename': (entryId: EntryId, title: string) => void
  /** For a row whose problem is `copy`: keep it as a document of its own, or merge it into the original. */
  'library.resolveCopy': (entryId: EntryId, as: 'separate' | 'same') => DocumentId
  'library.trash': (entryId: EntryId) => void
  'library.restore': (entryId: EntryId) => void
  'library.reveal': (entryId: EntryId) => void
  'document.open': (documentId: DocumentId) => OpenedDocument
  /** Resolves when the update is on disk. Sending the same update twice is harmless. */
  'document.append': (documentId: DocumentId, stream: StreamId, update: Uint8Array) => void
  'document.close': (documentId: DocumentId) => void
  /** A window stopped an automatic repair; the answer replaces its Yjs document. `detail` holds counts, no text. */
  'document.rebuild': (documentId: DocumentId, detail: string) => OpenedDocument
  'document.saveAgain': (documentId: DocumentId) => void
  'document.locate': (documentId: DocumentId) => boolean
  /** The text of a document at its earlier, rolled-back state comes in as an ordinary edit, or is set aside. */
  'document.resolveRollback': (documentId: DocumentId, choose: 'newest' | 'older') => void
  'document.export': (documentId: DocumentId, format: ExportFormat) => boolean
  /** Keeps a picture (PNG, JPEG, WebP or GIF) with the document. Resolves with its name when it is on disk. */
  'image.add': (documentId: DocumentId, bytes: Uint8Array) => string
  /** Keeps a picture of one document in another as well. */
  'image.copy': (from: DocumentId, to: DocumentId, name: string) => void
  /** Opens an http, https or mailto address with the system's program for it. */
  'link.open': (href: string) => void
  'window.open': (documentId: DocumentId | null) => void
  /** Which document a window shows: its native title, the recent list, and what to show again at the next start. */
  'window.shows': (documentId: DocumentId | null, title: string) => void
  /** The window holds no unsaved update any more: it may close. */
  'window.flushed': () => void
  /** What the window shows first: the document it was opened for, or null for the one last written in. */
  'window.start': () => { documentId: DocumentId | null; problem: string | null }
}

/** Commands the native menu and shortcuts send to the focused window. */
export type MenuCommand =
  | 'document.new'
  | 'document.rename'
  | 'document.trash'
  | 'document.reveal'
  | 'document.export.md'
  | 'document.export.html'
  | 'document.export.txt'
  | 'edit.undo'
  | 'edit.redo'
  | 'find.show'
  | 'find.replace'
  | 'find.next'
  | 'find.previous'
  | 'view.library'
  | 'view.outline'
  | 'view.focus'
  | 'view.focusSentence'
  | 'view.typewriter'
  | 'view.counts'
  /** An action on the page. */
  | `text.${string}`
  | 'view.commands'
  | 'view.quickOpen'
  | 'app.settings'
  | 'app.shortcuts'

/** Main -> window. */
export interface SheafEvents {
  'settings.changed': Settings
  'library.changed': LibraryView
  /** An update that did not come from this window: another window, a merge, a restored moment. */
  'document.updated': { documentId: DocumentId; stream: StreamId; update: Uint8Array }
  /** The log was folded anew (a forked writer, a tripwire): the window replaces its Yjs document by this state. */
  'document.reset': OpenedDocument
  'document.file': { documentId: DocumentId; file: FileState }
  /** Something was merged, kept or set aside: one sentence to show. */
  'document.notice': { documentId: DocumentId; message: string }
  'menu.command': { command: MenuCommand }
  /** Save what is unsaved and answer `window.flushed`. */
  'window.flush': Record<string, never>
  /** Show this document (a double-clicked file, a recent document). */
  'window.show': { documentId: DocumentId }
  'window.problem': { message: string }
}

export type CallName = keyof SheafCalls
export type EventName = keyof SheafEvents

/** What the preload exposes as `window.sheaf`. */
export interface SheafBridge {
  call<N extends CallName>(name: N, ...args: Parameters<SheafCalls[N]>): Promise<Outcome<ReturnType<SheafCalls[N]>>>
  on<N extends EventName>(name: N, listener: (payload: SheafEvents[N]) => void): () => void
}

export const CALL_CHANNEL = 'sheaf:call'
export const EVENT_CHANNEL = 'sheaf:event'
