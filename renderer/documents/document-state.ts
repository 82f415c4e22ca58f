/**
 * What the page tells the window around it, and what the window may ask of the page.
 *
 * The page keeps its own editor; these plain values and this handle are all that crosses.
 */
import type { FileState, WriteMode } from '../../shared/ipc/contract.ts'
import type { PageActionId } from '../editor/actions/page-action.ts'

/** `saved` only when every update is on disk; `saving` while the main process has not answered; `not-saved` after a failure. */
export type SaveState = 'saved' | 'saving' | 'not-saved'

/** One sentence for the person. A new `key` means a new notice, even when the words are the same. */
export interface DocumentNotice {
  readonly key: number
  readonly message: string
}

/** What is true of the open document. Compare by identity: a changed state is a new object. */
export interface DocumentState {
  readonly save: SaveState
  /** Why it is not saved: one sentence, or ''. */
  readonly reason: string
  readonly file: FileState
  readonly mode: WriteMode
  /** Why it opened read-only: one sentence, or ''. */
  readonly readOnlyReason: string
  readonly notice: DocumentNotice | null
}

/** Marks that are there or not; a link needs an address, so it has its own action. */
export type ToggledMark =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'superscript'
  | 'subscript'
  | 'highlight'
  | 'code'

/** What menus and the command palette may ask of the page. Every command is a no-op on a read-only document, focus aside. */
export interface DocumentCommands {
  /** Puts the caret back where it was in the body, or at its start. */
  focus(): void
  /** Puts the caret in the title, its words selected. */
  focusTitle(): void
  /** Whatever the window's size or zoom becomes next, the caret is in sight afterwards if it is now. */
  keepCaretInSight(): void
  /** Says what the document is written in, as a BCP 47 tag; null takes that back. */
  setLanguage(language: string | null): void
  undo(): void
  redo(): void
  /** Does a page action, where it can be done. */
  act(id: PageActionId): void
  /** The title and all words of the page as plain text, what is not saved and what has no box on the screen among them. */
  words(): string
}

/** Holds the handle of the page on screen, or null before it is there: `useRef<DocumentCommands | null>(null)`. */
export interface DocumentCommandsRef {
  current: DocumentCommands | null
}
