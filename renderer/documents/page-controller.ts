/**
 * One document on the screen: joins the session, the editor and the title, and tells the window what is true.
 *
 * It lives as long as the page is mounted. Closing the page ends the editor at once; the session goes on in the
 * background until its last update is saved.
 */
import { type Command, TextSelection } from 'prosemirror-state'
import type * as Y from 'yjs'
import { FACTS } from '../../shared/document/document-shape.ts'
import { shapeToText } from '../../shared/document/plain-text.ts'
import { SheafError } from '../../shared/errors.ts'
import type { DocumentId } from '../../shared/ids.ts'
import { PageEditor } from '../editor/create-editor.ts'
import type { FormattingActions, SelectionPlace } from '../editor/formatting/formatting-actions.ts'
import type { PageAction, PageServices } from '../editor/actions/page-action.ts'
import { pageAction } from '../editor/actions/page-actions.ts'
import { holdCaret } from '../editor/binding/hold-caret.ts'
import { linkable, removeLink, setLink } from '../editor/formatting/links.ts'
import { type SelectionFacts, SelectionWatch } from '../editor/formatting/selection-watch.ts'
import { nodeToShape } from '../editor/binding/same-document.ts'
import { setKind } from '../editor/set-kind.ts'
import { type PageMenuActions, pageMenuActions } from '../page-menu/page-menu-actions.ts'
import { type PagePlace, pagePlace } from '../pickers/page-place.ts'
import { formulaView } from '../formulas/formula-view.ts'
import { ImageDesk } from '../images/image-desk.ts'
import { imageView } from '../images/image-view.ts'
import type { CardActions } from '../links/page-card.tsx'
import type { DocumentLinks } from '../mentions/document-links.ts'
import { mentionKeys, mentionView } from '../mentions/mention-view.ts'
import type { SheafApi } from '../sheaf-api.ts'
import { t } from '../strings/t.ts'
import { DocumentSession, type SessionState } from './document-session.ts'
import type { DocumentCommands, DocumentState } from './document-state.ts'
import { listenToHistoryKeys } from './history-keys.ts'
import { type TitleHistory, titleHistory } from './title-history.ts'
import type { TitleHandle } from './title-field.tsx'
import { holdSession, letGoOfSession } from './unsaved-work.ts'
import { WritingAids } from './writing-aids.ts'

export interface PageParts {
  readonly api: SheafApi
  readonly documentId: DocumentId
  readonly links: DocumentLinks
  readonly elements: { readonly column: HTMLElement; readonly body: HTMLElement; readonly title: TitleHandle }
  onState(state: DocumentState): void
  onTitle(title: string): void
  /** The document can't be opened: one sentence. */
  onProblem(sentence: string): void
}

export class PageController {
  readonly watch = new SelectionWatch()
  readonly commands: DocumentCommands
  readonly #services: PageServices = {
    editLink: () => this.#editLink(),
    openBlockMenu: () => this.aids.handle.openAtCaret(),
    openTableMenu: () => this.aids.table.openAtCaret(),
    chooseImages: () => this.#images.choose(this.#editor.view),
    openLink: (href) => this.openLink(href),
    openDocument: (documentId, label, inNewWindow) => this.#parts.links.open(documentId, label, inNewWindow),
    copyAddress: (href) => this.#parts.links.copyAddress(href),
  }
  readonly formatting: FormattingActions
  readonly cardActions: CardActions
  readonly menuActions: PageMenuActions
  readonly aids: WritingAids
  readonly #parts: PageParts
  readonly #session: DocumentSession
  readonly #editor: PageEditor
  readonly #images: ImageDesk
  #titleHistory: TitleHistory | null = null
  #state: SessionState | null = null
  /** What the editor and the title were told last. */
  #writable: boolean | null = null
  #closed = false
  readonly #stopListening: () => void

  constructor(parts: PageParts) {
    this.#parts = parts
    this.aids = new WritingAids({
      api: parts.api,
      services: this.#services,
      links: parts.links,
      documentId: parts.documentId,
      fail: (error) => this.#tell(error),
    })
    this.#session = new DocumentSession(parts.api, parts.documentId, {
      onDocument: (doc) => this.#show(doc),
      onState: (state) => this.#hear(state),
      onArrival: () => this.#editor.takeInCaret(),
      isComposing: () => this.#editor.view.composing || this.aids.cards.isComposing(),
    })
    this.#images = new ImageDesk({
      api: parts.api,
      documentId: parts.documentId,
      notify: (sentence) => this.#session.notify(sentence),
    })
    this.#editor = new PageEditor(parts.elements.body, {
      documentId: parts.documentId,
      labels: { body: t('page.body'), placeholder: t('page.placeholder'), newer: t('page.newer') },
      watch: this.watch,
      services: this.#services,
      nodeViews: {
        image: imageView((name) => `/image/${parts.documentId}/${name}`),
        mention: mentionView(parts.links),
        footnote: this.aids.notes.nodeView,
        math: formulaView,
      },
      plugins: () => [...this.aids.plugins(), this.#images.plugin(), mentionKeys(this.#services)],
      longPaste: this.aids.longPaste,
      keepPictures: (addresses) => this.#images.keep(addresses),
      notify: (sentence) => this.#session.notify(sentence),
      byUser: (act) => this.#session.byUser(act),
      isWritable: () => this.#session.writable,
      onUnholdable: () => this.#session.refuseWriting(t('page.cannotHold')),
      onMismatch: (detail) => this.#session.rebuild(detail),
      openLink: (href) => this.openLink(href),
      leaveUpwards: () => {
        parts.elements.title.focus('end')
        return true
      },
      focusToolbar: () => {
        const button = parts.elements.column.querySelector<HTMLElement>(':is(.toolbar, .page-card) button')
        button?.focus()
        return button !== null
      },
    })
    this.commands = this.#createCommands()
    this.formatting = this.#createFormatting()
    this.cardActions = this.#createCardActions()
    this.menuActions = pageMenuActions(this.#editor.view, this.#services, (edit) => {
      parts.api.call('window.edit', edit).catch((error: unknown) => this.#tell(error))
    })
    this.#listenToPointer(parts.elements.body)
    this.#stopListening = listenToHistoryKeys(window, (way) => this.commands[way]())
    holdSession(this.#session)
    this.#session.open().catch((error: unknown) => {
      const sentence = error instanceof SheafError ? error.message : ''
      if (this.#closed) return
      parts.elements.column.removeAttribute('data-opening')
      parts.onProblem(sentence)
    })
  }

  setTitle(title: string): void {
    this.#session.setTitle(title)
  }

  travelTitle(way: 'undo' | 'redo'): void {
    if (this.#session.writable) this.#session.byUser(() => this.#titleHistory?.travel(way))
  }

  /** Puts the caret at the start of the body. */
  enterBody(): void {
    const { view } = this.#editor
    if (view.state.doc.childCount > 0) {
      view.dispatch(view.state.tr.setSelection(TextSelection.atStart(view.state.doc)).scrollIntoView())
    }
    view.focus()
  }

  close(): void {
    this.#closed = true
    this.#stopListening()
    this.#titleHistory?.stop()
    this.aids.close()
    this.#editor.destroy()
    const letGo = () => letGoOfSession(this.#session)
    // A failed close leaves nothing unsaved behind: closing waits for that first.
    this.#session.close().then(letGo, letGo)
  }

  #show(doc: Y.Doc): void {
    const showFacts = () => {
      this.aids.spelling.setLanguage(this.#session.language)
      this.#parts.elements.title.show(this.#session.title)
      this.#parts.onTitle(this.#session.title)
    }
    this.#titleHistory?.stop()
    this.#titleHistory = titleHistory(doc)
    doc.getMap(FACTS).observe(showFacts)
    this.#editor.show(doc)
    showFacts()
    this.#parts.elements.column.removeAttribute('data-opening')
  }

  #hear(state: SessionState): void {
    this.#state = state
    const writable = this.#session.writable
    if (writable !== this.#writable) {
      this.#writable = writable
      this.#editor.refreshEditable()
      this.#parts.elements.title.setReadOnly(!writable)
    }
    this.#report()
  }

  #report(): void {
    if (this.#state !== null && !this.#closed) this.#parts.onState(this.#state)
  }

  readonly openLink = (href: string): void => {
    this.#parts.api.call('link.open', href).catch((error: unknown) => this.#tell(error))
  }

  #tell(error: unknown): void {
    if (!(error instanceof SheafError)) throw error
    this.#session.notify(error.message)
  }

  /** The page under a pressed pointer must not move, so others' changes wait until it has made its selection. */
  #listenToPointer(body: HTMLElement): void {
    const { inbox } = this.#session
    const release = () => inbox.release()
    body.addEventListener('mousedown', () => {
      inbox.press()
      body.ownerDocument.addEventListener('selectionchange', release, { once: true })
      body.ownerDocument.addEventListener('mouseup', release, { once: true })
    })
  }

  #createCommands(): DocumentCommands {
    const { view } = this.#editor
    const { title } = this.#parts.elements
    return {
      focus: () => view.focus(),
      focusTitle: () => title.focus('all'),
      keepCaretInSight: () => holdCaret(view),
      words: () =>
        shapeToText({
          title: this.#session.title,
          content: view.state.doc.children.map((block) => nodeToShape(block)),
        }),
      setLanguage: (language) => this.#session.setLanguage(language),
      undo: () => (title.hasFocus() ? this.travelTitle('undo') : void this.#editor.undo()),
      redo: () => (title.hasFocus() ? this.travelTitle('redo') : void this.#editor.redo()),
      act: (id) => {
        if (view.editable) pageAction(id).command(view.state.schema, this.#services)(view.state, view.dispatch, view)
      },
    }
  }

  #editLink(range = linkable(this.#editor.view.state)): void {
    const { view } = this.#editor
    if (range === null || !view.editable) return
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, range.from, range.to)))
    this.watch.setLinking(true)
  }

  #createCardActions(): CardActions {
    const { view } = this.#editor
    return {
      canChange: () => view.editable,
      open: (target, inNewWindow) => {
        if (target.kind === 'link') this.openLink(String(target.href))
        else if (target.facts.documentId !== null)
          this.#parts.links.open(target.facts.documentId, target.facts.label, inNewWindow)
      },
      copy: (href) => this.#parts.links.copyAddress(href),
      edit: (target) => this.#editLink(target),
      remove: ({ from, to }) => view.dispatch(view.state.tr.removeMark(from, to, view.state.schema.marks['link'])),
    }
  }

  #createFormatting(): FormattingActions {
    const { view } = this.#editor
    const run = (command: Command) => {
      if (view.editable) command(view.state, view.dispatch, view)
    }
    return {
      act: (id) => this.commands.act(id),
      setKind: (kind) => run(setKind(kind)),
      setLink: (href) => setLink(href)(view.state, view.dispatch),
      removeLink: () => removeLink(view.state, view.dispatch),
      focusPage: () => view.focus(),
      place: (facts) => this.#place(facts),
    }
  }

  /** Does an action on the block whose handle is shown. */
  readonly actOnHandle = (action: PageAction): void => {
    this.aids.handle.run(action.command(this.#editor.view.state.schema, this.#services))
  }

  /** Where a position of the body stands; null when it can't be seen. */
  readonly placeOf = (position: number): PagePlace | null => {
    const { view } = this.#editor
    const { column } = this.#parts.elements
    if (view.isDestroyed || position > view.state.doc.content.size) return null
    return this.aids.cards.placeOf(position) ?? pagePlace(view, column, position)
  }

  #place({ from, to }: SelectionFacts): SelectionPlace | null {
    const { view } = this.#editor
    if (view.isDestroyed || to > view.state.doc.content.size) return null
    const column = this.#parts.elements.column.getBoundingClientRect()
    const start = view.coordsAtPos(from, 1)
    const end = view.coordsAtPos(to, -1)
    return {
      left: start.left - column.left,
      top: start.top - column.top,
      bottom: end.bottom - column.top,
      width: column.width,
    }
  }
}
