/**
 * Everything a window may ask of the main process, and everything the main process tells windows.
 *
 * Two Electron channels carry it all, and a third what is dropped on a window; adding a call changes this file,
 * `check-arguments.ts` and the main process, never the preload. A window never sees a path it could use: documents are named by id, library rows by opaque handles.
 */
import type { OfferedFormat } from '../exchange/formats.ts'
import type { Paper, PaperMargins, PaperSize } from '../exchange/paper.ts'
import type { DocumentId, EntryId, StreamId } from '../ids.ts'
import type { LanguageChoice } from '../languages.ts'
import type { Outcome } from './outcome.ts'
import type { TogetherCalls, TogetherEvents } from './together.ts'

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

/** How large the whole window is drawn, in percent: the steps of "Zoom in" and "Zoom out". */
export const ZOOMS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const
export type Zoom = (typeof ZOOMS)[number]

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
  readonly zoom: Zoom
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
  /** Whether Sheaf stands beside the clock (in the menu bar on macOS) while it runs. */
  readonly tray: boolean
  /** Whether words are checked as they are typed. */
  readonly spelling: boolean
  /** Ids of the commands chosen last from the palette, the last one first; at most 8. */
  readonly recentCommands: readonly string[]
  /** What the export dialog was left at. */
  readonly exportFormat: OfferedFormat
  readonly paperSize: PaperSize
  readonly paperMargins: PaperMargins
  readonly paperHeader: boolean
  readonly paperFooter: boolean
  /** The name other people see beside this person's words. */
  readonly displayName: string
  /** Whether documents that are shared are looked for on the local network. */
  readonly lan: boolean
  /** Address of the relay that documents are put on when they are shared; '' for none. */
  readonly relay: string
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

/** The languages words can be checked in on this computer, as BCP 47 tags, sorted. */
export interface SpellingView {
  readonly languages: readonly string[]
}

export const CLIPBOARD_EDITS = ['cut', 'copy', 'paste', 'pasteAndMatchStyle'] as const
export type ClipboardEdit = (typeof CLIPBOARD_EDITS)[number]
/** What an export is to be; the paper counts for PDF. */
export interface ExportChoice {
  readonly format: OfferedFormat
  readonly paper: Paper
}

/** What an import brought: one file never stops the others. */
export interface ImportReport {
  /** New ones, in their order. */
  readonly documents: readonly DocumentId[]
  /** Documents that were opened where they are. */
  readonly opened: readonly DocumentId[]
  /** What a document can't hold of a file that came in, one phrase each. */
  readonly leftOut: readonly { readonly name: string; readonly losses: readonly string[] }[]
  readonly failures: readonly { readonly name: string; readonly reason: string }[]
  /** Whether the person ended it before the last file. */
  readonly cancelled: boolean
}

/** A window's own number for long work it asked for: by it, it hears how far that is, and cancels it. */
export type TaskNumber = number

/** Request -> answer. Argument lists are tuples of plain values. */
export interface SheafCalls extends TogetherCalls {
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
  /** Asks for files and brings them in; null when none was chosen. */
  'library.import': (task: TaskNumber) => ImportReport | null
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
  /** What a format can't hold of this document, one phrase each. */
  'document.losses': (documentId: DocumentId, format: OfferedFormat) => readonly string[]
  /** Asks where, and writes the document as it is now. Answers the file's name, or null when no place was chosen. */
  'document.export': (documentId: DocumentId, choice: ExportChoice, task: TaskNumber) => string | null
  /** Shows what this window exported last in the file manager. */
  'document.revealExport': () => void
  /** Shows the system's print dialog. False when the person cancels there. */
  'document.print': (documentId: DocumentId, paper: Paper, task: TaskNumber) => boolean
  /** Ends long work of this window. Does nothing when it has ended already. */
  'task.cancel': (task: TaskNumber) => void
  /** Keeps a picture (PNG, JPEG, WebP or GIF) with the document. Resolves with its name when it is on disk. */
  'image.add': (documentId: DocumentId, bytes: Uint8Array) => string
  /** Keeps a picture of one document in another as well. */
  'image.copy': (from: DocumentId, to: DocumentId, name: string) => void
  'spelling.get': () => SpellingView
  /** Which of the words are wrong. Fails with `not-found` for a language without a dictionary. */
  'spelling.check': (language: string, words: readonly string[]) => readonly string[]
  'spelling.suggest': (language: string, word: string) => readonly string[]
  /** Adds a word to the person's own dictionary, or takes it out. */
  'spelling.learn': (word: string) => void
  'spelling.forget': (word: string) => void
  /** Asks for a dictionary's file and keeps a copy; answers its language, or null when the person cancelled. */
  'spelling.addDictionary': () => string | null
  /** Opens an http, https or mailto address with the system's program for it. */
  'link.open': (href: string) => void
  /** Cuts, copies or pastes where the keyboard is: only the system's own way reaches its clipboard. */
  'window.edit': (edit: ClipboardEdit) => void
  'window.open': (documentId: DocumentId | null) => void
  /** Which document a window shows: its native title, the recent list, and what to show again at the next start. */
  'window.shows': (documentId: DocumentId | null, title: string) => void
  /** The window holds no unsaved update any more: it may close. */
  'window.flushed': () => void
  /** What the window shows first: the document it was opened for, or null for the one last written in; and an invite link that was opened. */
  'window.start': () => { documentId: DocumentId | null; problem: string | null; invitation: string | null }
}

/** Commands the native menu and shortcuts send to the focused window. */
export type MenuCommand =
  | 'document.new'
  | 'document.rename'
  | 'document.trash'
  | 'document.reveal'
  | 'document.export'
  | 'document.print'
  | 'document.import'
  | 'document.share'
  | 'document.join'
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
  | 'view.zoomIn'
  | 'view.zoomOut'
  | 'view.zoomReset'
  /** An action on the page. */
  | `text.${string}`
  | 'view.commands'
  | 'view.quickOpen'
  | 'app.settings'
  | 'app.shortcuts'

/** Main -> window. */
export interface SheafEvents extends TogetherEvents {
  'settings.changed': Settings
  'library.changed': LibraryView
  /** An update that did not come from this window: another window, a merge, a restored moment. */
  'document.updated': { documentId: DocumentId; stream: StreamId; update: Uint8Array }
  /** The log was folded anew (a forked writer, a tripwire): the window replaces its Yjs document by this state. */
  'document.reset': OpenedDocument
  /** A picture that the document shows came from somebody else, and can be shown now. */
  'document.picture': { documentId: DocumentId; name: string }
  'document.file': { documentId: DocumentId; file: FileState }
  /** Something was merged, kept or set aside: one sentence to show. */
  'document.notice': { documentId: DocumentId; message: string }
  /** Words or dictionaries were added or taken away: what was checked has to be checked anew. */
  'spelling.changed': SpellingView
  'menu.command': { command: MenuCommand }
  /** How far long work is: `done` of `all`, and the name of what is being done, or ''. */
  'task.progress': { task: TaskNumber; done: number; all: number; doing: string }
  /** Save what is unsaved and answer `window.flushed`. */
  'window.flush': Record<string, never>
  /** Show this document (a double-clicked file, a recent document). */
  'window.show': { documentId: DocumentId }
  'window.problem': { message: string }
  /** Somebody opened an invite link: the window asks before anything else happens. */
  'window.invited': { link: string }
}

export type CallName = keyof SheafCalls
export type EventName = keyof SheafEvents

/** What the preload exposes as `window.sheaf`. */
export interface SheafBridge {
  call<N extends CallName>(name: N, ...args: Parameters<SheafCalls[N]>): Promise<Outcome<ReturnType<SheafCalls[N]>>>
  on<N extends EventName>(name: N, listener: (payload: SheafEvents[N]) => void): () => void
  /** Brings in what a person dropped: `File` objects of the system's. Their paths stay unknown to the page. */
  drop(task: TaskNumber, files: readonly object[]): Promise<Outcome<ImportReport>>
}

export const CALL_CHANNEL = 'sheaf:call'
/** Takes a task and paths, which only the preload script knows: a page can't name a file. */
export const DROP_CHANNEL = 'sheaf:drop'
export const EVENT_CHANNEL = 'sheaf:event'
