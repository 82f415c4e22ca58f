/**
 * What one window shows and does, without React: which document is on the page, where the library looks, which dialog
 * is open, and the actions behind rows, menus and commands. Components follow its observables and call its methods.
 */
import type { DocumentId } from '../../shared/ids.ts'
import type { FocusMode, LibraryEntry, LibraryView, Panel, Settings, SpellingView } from '../../shared/ipc/contract.ts'
import type { DocumentCommandsRef, DocumentState } from '../documents/document-state.ts'
import type { ImportStage } from '../exchange/window-imports.ts'
import type { WritingAids } from '../documents/writing-aids.ts'
import type { LibraryPlace } from '../library/library-place.ts'
import { NoticeBoard } from '../notices/notice-board.ts'
import type { Joining } from '../sharing/join/joining.ts'
import { SharingWatch } from '../sharing/sharing-watch.ts'
import { SyncWatch } from '../sharing/sync/sync-watch.ts'
import type { SheafApi } from '../sheaf-api.ts'
import { speakAsChosen } from '../strings/t.ts'
import { Observable } from './observable.ts'
import { SettledState } from './settled-state.ts'

export type OpenDialog =
  | 'commands'
  | 'quick-open'
  | 'settings'
  | 'shortcuts'
  | 'export'
  | 'import'
  | 'share'
  | 'join'
  | 'yjs'
  | 'recovery'
  | 'restore'

/** Where the caret goes when a document comes onto the page. */
export type CaretWish = 'page' | 'title' | 'nowhere'

export class WindowModel {
  readonly api: SheafApi
  readonly board = new NoticeBoard()
  readonly library = new Observable<LibraryView | null>(null)
  readonly settings = new Observable<Settings | null>(null)
  /** The dictionaries there are; another object whenever words or dictionaries were added. */
  readonly spelling = new Observable<SpellingView | null>(null)
  readonly documentId = new Observable<DocumentId | null>(null)
  /** The title as it stands on the page now; null until the page has its document. */
  readonly title = new Observable<string | null>(null)
  /** Null until the page has its document. */
  readonly state = new Observable<DocumentState | null>(null)
  /** The same as it is shown. */
  readonly settledState = new SettledState(this.state).shown
  readonly place = new Observable<LibraryPlace>({ kind: 'all' })
  readonly dialog = new Observable<OpenDialog | null>(null)
  /** Who may do what with the document on the page. */
  readonly sharing: SharingWatch
  /** Where its words are. */
  readonly sync: SyncWatch
  /** What the join dialog shows. */
  readonly joining = new Observable<Joining | null>(null)
  /** What the import dialog shows. */
  readonly importing = new Observable<ImportStage | null>(null)
  /** Whether the window has settled what to show first. */
  readonly started = new Observable(false)
  /** Whether the window is too narrow for the library beside the page. */
  readonly narrow = new Observable(false)
  /** Whether the library stands above the page of a narrow window. */
  readonly libraryOver = new Observable(false)
  /** What stands around the page and helps with writing; null while there is no page. */
  readonly aids = new Observable<WritingAids | null>(null)
  /** Whether the window is too narrow for a panel beside the page. */
  readonly panelNarrow = new Observable(false)
  /** The panel above the page of such a window. */
  readonly panelOver = new Observable<Panel | 'none'>('none')
  /** Whether the panel that is open was asked for since the window came up, and so takes the keyboard. */
  panelAsked = false
  readonly countsShown = new Observable(false)
  /** Whether what stands behind the document's state is open. */
  readonly syncShown = new Observable(false)
  /** Whether the menu of the document's language is open. */
  readonly languageShown = new Observable(false)
  readonly page: DocumentCommandsRef = { current: null }
  #caret: CaretWish = 'nowhere'

  constructor(api: SheafApi) {
    this.api = api
    this.sharing = new SharingWatch(api, this.documentId, (error) => this.board.fail(error))
    this.sync = new SyncWatch(api, this.documentId, this.settledState)
    // The first to hear of new settings, so that whatever draws because of them says its words in the chosen language.
    this.settings.subscribe(() => speakAsChosen(this.settings.get()?.language ?? 'system'))
  }

  /** The open document's row, if it stands in the library. */
  currentEntry(): LibraryEntry | null {
    const documentId = this.documentId.get()
    if (documentId === null) return null
    return this.library.get()?.entries.find((entry) => entry.documentId === documentId) ?? null
  }

  /** Puts a document onto the page, or none. Does no more than move the caret when it is there already. */
  show(documentId: DocumentId | null, caret: CaretWish = 'page'): void {
    this.libraryOver.set(false)
    if (documentId === this.documentId.get()) {
      if (this.state.get()) this.#putCaret(caret)
      return
    }
    this.#caret = caret
    this.state.set(null)
    this.title.set(null)
    this.documentId.set(documentId)
  }

  /** What the page tells; the first word of a document is the moment its caret can be placed. */
  readonly hearState = (state: DocumentState): void => {
    const first = this.state.get() === null
    this.state.set(state)
    if (!first) return
    const caret = this.#caret
    this.#caret = 'nowhere'
    setTimeout(() => this.#putCaret(caret), 0)
  }

  readonly hearAids = (aids: WritingAids | null): void => this.aids.set(aids)

  readonly hearTitle = (title: string): void => this.title.set(title)

  /** Applies a change at once and has it kept; takes it back when that fails. */
  changeSettings(patch: Partial<Settings>): void {
    const before = this.settings.get()
    if (!before) return
    this.settings.set({ ...before, ...patch })
    this.api.call('settings.set', patch).catch((error: unknown) => {
      this.settings.set(before)
      this.board.fail(error)
    })
  }

  libraryShown(): boolean {
    if (this.settings.get()?.focus !== 'off') return false
    return this.narrow.get() ? this.libraryOver.get() : (this.settings.get()?.libraryShown ?? false)
  }

  toggleLibrary(shown = !this.libraryShown()): void {
    if (shown) this.setFocus('off')
    if (this.narrow.get()) this.libraryOver.set(shown)
    else if (shown !== this.libraryShown()) this.changeSettings({ libraryShown: shown })
  }

  /** The panel at the right, or 'none'. In focus mode everything beside the page steps back. */
  panelShown(): Panel | 'none' {
    const settings = this.settings.get()
    if (settings === null || settings.focus !== 'off') return 'none'
    return this.panelNarrow.get() ? this.panelOver.get() : settings.panel
  }

  /** Opens a panel in place of the one that is open, or closes it. */
  togglePanel(panel: Panel, shown = this.panelShown() !== panel): void {
    this.panelAsked = true
    if (shown) this.setFocus('off')
    const next = shown ? panel : 'none'
    if (this.panelNarrow.get()) this.panelOver.set(next)
    else if (next !== this.settings.get()?.panel) this.changeSettings({ panel: next })
  }

  /** The window became too narrow for a panel beside the page, or wide enough again. */
  setPanelNarrow(narrow: boolean): void {
    this.panelNarrow.set(narrow)
    this.panelOver.set('none')
  }

  setFocus(focus: FocusMode): void {
    const before = this.settings.get()?.focus
    if (before !== undefined && before !== focus) this.changeSettings({ focus })
  }

  /** The window became too narrow for the library beside the page, or wide enough again. */
  setNarrow(narrow: boolean): void {
    this.narrow.set(narrow)
    this.libraryOver.set(false)
  }

  #putCaret(caret: CaretWish): void {
    if (caret === 'nowhere' || this.dialog.get() !== null) return
    if (caret === 'title') this.page.current?.focusTitle()
    else this.page.current?.focus()
  }
}
