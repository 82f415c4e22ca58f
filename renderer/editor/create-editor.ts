/**
 * The editor of one page: an `EditorView` that shows a Yjs body and turns what the person does into Yjs updates.
 *
 * It is bound to one Yjs document at a time and can be given another (`show`). A body that no schema can hold, and a
 * read-only document, is drawn without any binding, so nothing can be written by showing it.
 */
import { dropCursor } from 'prosemirror-dropcursor'
import { gapCursor } from 'prosemirror-gapcursor'
import type { Schema } from 'prosemirror-model'
import { EditorState, type Plugin, type Transaction } from 'prosemirror-state'
import { EditorView, type NodeViewConstructor } from 'prosemirror-view'
import { type ProsemirrorBinding, ySyncPluginKey, yUndoPluginKey } from 'y-prosemirror'
import type * as Y from 'yjs'
import { BODY } from '../../shared/document/document-shape.ts'
import { schemaFor } from '../../shared/document/extend-schema.ts'
import { admitsChange } from '../../shared/document/scan-schema.ts'
import { safeHref } from '../../shared/document/safe-href.ts'
import { schema as ownSchema } from '../../shared/document/schema.ts'
import { REMOTE } from '../documents/origins.ts'
import type { PageServices } from './actions/page-action.ts'
import { codeColors } from '../code/code-colors.ts'
import { clipboard, type ClipboardPorts } from '../clipboard/clipboard.ts'
import { formulaBlocks } from '../formulas/formula-blocks.ts'
import { autoLink } from '../links/auto-link.ts'
import { bindYjs } from './binding/bind-yjs.ts'
import { bindPage } from './binding/bound-blocks.ts'
import { blockView } from './block-views.ts'
import { bindingOf, keptSelection, type RelativeCaret, relativeCaret, resolveCaret } from './binding/caret.ts'
import { drawDocument } from './windowing/draw-document.ts'
import { emptyPage, settleCaret } from './empty-page.ts'
import { pageKeymap } from './keymap.ts'
import { isOwnStep } from './binding/own-step.ts'
import { sameDocument } from './binding/same-document.ts'
import type { SelectionWatch } from './formatting/selection-watch.ts'
import { tables, tableView } from './tables/tables.ts'
import { spokenRoles } from './lists/spoken-roles.ts'
import { toneNames } from './formatting/tone-names.ts'
import { typingRules } from './typing-rules.ts'
import { makeRoom, windowing } from './windowing/windowing.ts'

/** The document whose body it shows is said with copied pictures: their bytes are there. */
export interface EditorPorts extends ClipboardPorts {
  readonly labels: { readonly body: string; readonly placeholder: string; readonly newer: string }
  readonly watch: SelectionWatch
  readonly services: PageServices
  /** How nodes are drawn that show more than the document says. */
  readonly nodeViews?: Readonly<Record<string, NodeViewConstructor>>
  /** More plugins, made anew for every state. They hear keys and words before the page's own. */
  plugins?(): Plugin[]
  /** Runs what the person did; Yjs updates made outside are held back. */
  byUser<T>(act: () => T): T
  isWritable(): boolean
  /** The body holds something that can be shown but not edited safely. */
  onUnholdable(): void
  /** The page does not equal the Yjs body any more. */
  onMismatch(detail: string): void
  openLink(href: string): void
  /** The caret wants to leave the top of the body. Answers whether it could. */
  leaveUpwards(): boolean
  /** Answers whether there was a toolbar to go to. */
  focusToolbar(): boolean
}

export class PageEditor {
  readonly view: EditorView
  readonly #ports: EditorPorts
  #doc: Y.Doc | null = null
  #caret: RelativeCaret | null = null
  #unbound = false
  /** A change from Yjs is being shown at this moment. */
  #following = false

  constructor(mount: HTMLElement, ports: EditorPorts) {
    this.#ports = ports
    this.view = new EditorView(
      { mount },
      {
        state: EditorState.create({ schema: ownSchema }),
        editable: () => ports.isWritable(),
        attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': ports.labels.body, class: 'prose' },
        nodeViews: { block: blockView, table: tableView, ...ports.nodeViews },
        dispatchTransaction: (transaction) => this.#dispatch(transaction),
        handleDOMEvents: {
          mousedown: (view, event) => isLink(event) && follows(view, event),
          click: (view, event) => this.#click(view, event),
          auxclick: (_view, event) => {
            if (isLink(event)) event.preventDefault()
            return false
          },
          beforeinput: (_view, event) => this.#beforeInput(event),
        },
      },
    )
  }

  /** Shows a Yjs document, in place of the one before; the caret stays at its words when they are still there. */
  show(doc: Y.Doc): void {
    const before = this.view.state
    const caret = this.#doc === null ? null : relativeCaret(before)
    this.#unwatch()
    this.#doc = doc
    // Heard before the binding, which then leaves the caret as it is said here.
    doc.on('beforeAllTransactions', this.#beforeAll)
    doc.on('beforeObserverCalls', this.#beforeObservers)
    doc.on('afterTransaction', this.#afterTransaction)
    doc.on('afterAllTransactions', this.#afterAll)
    this.#bind(before, caret)
  }

  undo(): boolean {
    return this.#travel('undo')
  }

  redo(): boolean {
    return this.#travel('redo')
  }

  /**
   * Takes in where the person has put the caret. The browser tells of it a moment after the key; what others wrote and was
   * shown in that moment would put the caret back.
   */
  takeInCaret(): void {
    this.view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
  }

  /** Tells the editor that `isWritable` may answer otherwise now. */
  refreshEditable(): void {
    this.view.setProps({ editable: () => this.#ports.isWritable() })
  }

  destroy(): void {
    this.#unwatch()
    this.view.destroy()
  }

  #bind(before: EditorState, caret: RelativeCaret | null): void {
    const doc = this.#doc
    if (doc === null) return
    const body = doc.getXmlFragment(BODY)
    const schema = this.#ports.isWritable() ? schemaFor(body, this.#ports.labels.newer) : null
    this.#unbound = schema === null
    if (schema === null) {
      this.view.updateState(drawDocument(body, this.#ports.labels.newer, this.#plugins(ownSchema)))
      if (this.#ports.isWritable()) this.#ports.onUnholdable()
    } else {
      let state = bindYjs(doc, schema, this.#plugins(schema), () => this.#following)
      const binding = bindingOf(state)
      if (binding !== null && caret !== null) {
        state = state.apply(state.tr.setSelection(keptSelection(before, state.doc, caret, binding)))
      }
      this.view.updateState(state)
      // The binding ignores changes until it has seen the page once with something on it.
      this.view.updateState(this.view.state.apply(this.view.state.tr))
      if (!sameDocument(body, this.view.state.doc)) this.#ports.onMismatch('the page differs after binding')
    }
  }

  #plugins(schema: Schema): Plugin[] {
    const { labels, watch } = this.#ports
    return [
      ...(this.#ports.plugins?.() ?? []),
      tables(),
      formulaBlocks(),
      typingRules(schema),
      autoLink(),
      ...pageKeymap(schema, {
        undo: () => this.undo(),
        redo: () => this.redo(),
        leaveUpwards: (state) => isAtTop(state, this.view) && this.#ports.leaveUpwards(),
        services: this.#ports.services,
        focusToolbar: () => this.#ports.focusToolbar(),
      }),
      clipboard(schema, this.#ports),
      emptyPage(labels.placeholder),
      toneNames(),
      spokenRoles(),
      codeColors(),
      gapCursor(),
      dropCursor({ color: false, class: 'drop-cursor' }),
      windowing(),
      watch.plugin(),
    ]
  }

  #dispatch(transaction: Transaction): void {
    const before = this.view.state
    const binding = bindingOf(before)
    const fromYjs = transaction.getMeta(ySyncPluginKey) !== undefined
    if (fromYjs && binding !== null && transaction.docChanged) {
      transaction.setSelection(keptSelection(before, transaction.doc, this.#caret, binding))
    } else settleCaret(transaction)
    const undo = yUndoPluginKey.getState(before)?.undoManager
    if (isOwnStep(transaction) || isTypingRule(before, transaction)) undo?.stopCapturing()
    const apply = () => {
      const next = this.view.state.apply(transaction)
      makeRoom(this.view, next)
      this.view.updateState(next)
    }
    if (fromYjs) this.#follow(apply)
    else this.#ports.byUser(apply)
    if (isOwnStep(transaction)) undo?.stopCapturing()
  }

  #follow(apply: () => void): void {
    this.#following = true
    try {
      apply()
    } finally {
      this.#following = false
    }
  }

  readonly #beforeAll = (): void => {
    const binding = bindingOf(this.view.state)
    if (binding === null || binding.beforeTransactionSelection !== null) return
    Object.assign(binding, { beforeTransactionSelection: relativeCaret(this.view.state) })
  }

  /** Yjs has changed and the binding has not looked yet: the moment to see whether the schema can hold it. */
  readonly #beforeObservers = (transaction: Y.Transaction): void => {
    const binding = bindingOf(this.view.state)
    if (binding === null || this.#doc === null) return
    this.#caret = binding.beforeTransactionSelection ?? this.#caret
    // We place the caret ourselves: the binding throws when a selected node is gone, and scrolls on every change.
    forgetCaret(binding)
    if (transaction.origin !== REMOTE) return
    if (!admitsChange(this.view.state.schema, this.#doc.getXmlFragment(BODY), transaction)) this.#unbind()
  }

  readonly #afterTransaction = (transaction: Y.Transaction): void => {
    if (transaction.origin !== REMOTE || this.#doc === null) return
    const before = this.view.state
    if (this.#unbound) {
      this.#bind(before, this.#caret)
      return
    }
    yUndoPluginKey.getState(before)?.undoManager.stopCapturing()
    const body = this.#doc.getXmlFragment(BODY)
    const binding = bindingOf(before)
    if (!sameDocument(body, before.doc, transaction)) this.#ports.onMismatch('the page differs after a remote change')
    else if (binding !== null) bindPage(binding, before.doc)
  }

  readonly #afterAll = (): void => {
    this.#caret = null
  }

  /** Takes the binding off before it can delete what it does not know. The page stays as it is until it is bound anew. */
  #unbind(): void {
    this.#unbound = true
    const { doc, selection } = this.view.state
    this.view.updateState(EditorState.create({ doc, selection }))
  }

  #unwatch(): void {
    this.#doc?.off('beforeAllTransactions', this.#beforeAll)
    this.#doc?.off('beforeObserverCalls', this.#beforeObservers)
    this.#doc?.off('afterTransaction', this.#afterTransaction)
    this.#doc?.off('afterAllTransactions', this.#afterAll)
  }

  #travel(way: 'undo' | 'redo'): boolean {
    const history = yUndoPluginKey.getState(this.view.state)
    const binding = bindingOf(this.view.state)
    if (!history || binding === null || !this.#ports.isWritable()) return false
    const { undoManager } = history
    return this.#ports.byUser(() => {
      const item = way === 'undo' ? undoManager.undo() : undoManager.redo()
      // The binding would put this caret back at the next change, whoever makes it.
      forgetCaret(binding)
      if (item === null) return true
      const caret: RelativeCaret | undefined = item.meta.get(binding)
      const { tr } = this.view.state
      const selection = caret === undefined ? null : resolveCaret(caret, binding, tr.doc)
      if (selection !== null) tr.setSelection(selection)
      this.view.dispatch(tr.scrollIntoView())
      return true
    })
  }

  /** The browser keeps an undo history of its own, which would take back what others wrote as well. */
  #beforeInput(event: InputEvent): boolean {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false
    event.preventDefault()
    this.#travel(event.inputType === 'historyUndo' ? 'undo' : 'redo')
    return true
  }

  #click(view: EditorView, event: MouseEvent): boolean {
    if (!isLink(event)) return false
    event.preventDefault()
    const following = follows(view, event)
    const href = event.target instanceof Element ? event.target.closest('a')?.getAttribute('href') : null
    const safe = safeHref(href)
    if (following && safe !== null) this.#ports.openLink(safe)
    return following
  }
}

function isLink(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('a') !== null
}

/** Whether a click means to follow the link under it. */
function follows(view: EditorView, event: MouseEvent): boolean {
  return event.metaKey || event.ctrlKey || !view.editable
}

/** Whether a typing rule made the transaction: undoing takes the rule back before what was typed. */
function isTypingRule(state: EditorState, transaction: Transaction): boolean {
  return state.plugins.some(
    (plugin) => plugin.spec['isInputRules'] === true && transaction.getMeta(plugin) !== undefined,
  )
}

function forgetCaret(binding: ProsemirrorBinding): void {
  Object.assign(binding, { beforeTransactionSelection: null })
}

function isAtTop(state: EditorState, view: EditorView): boolean {
  const { selection } = state
  if (!selection.empty) return false
  if (state.doc.childCount === 0) return true
  return selection.$from.index(0) === 0 && view.endOfTextblock('up', state)
}
