/**
 * An editor of the words of one node of the page. It holds nothing of its own: it shows the page's node and selection, and
 * what a person does in it is done to the page, so that Yjs, undo, find and the pickers need not know of it.
 */
import { type Node, type Schema, Slice } from 'prosemirror-model'
import { EditorState, NodeSelection, type Selection, TextSelection, type Transaction } from 'prosemirror-state'
import { StepMap } from 'prosemirror-transform'
import { type DecorationSource, EditorView, type NodeViewConstructor } from 'prosemirror-view'
import type { CardPlace } from './card-node.ts'
import { inlineSlice, wholeLine } from './inline-slice.ts'

export interface NodeEditorParts {
  readonly place: CardPlace
  readonly nodeViews: Readonly<Record<string, NodeViewConstructor>>
  /** Attributes of its text field. */
  attributes(): Record<string, string>
  /** What the page's plugins draw on the words. */
  decorations(): DecorationSource | null
  hearKey(event: KeyboardEvent): boolean
}

/** What plugins of the page are told of a change, beside the change. */
const METAS = ['paste', 'uiEvent', 'composition'] as const

export class NodeEditor {
  readonly view: EditorView
  readonly #page: EditorView
  #place: CardPlace

  constructor(page: EditorView, mount: HTMLElement, parts: NodeEditorParts) {
    this.#page = page
    this.#place = parts.place
    this.view = new EditorView(
      { mount },
      {
        state: EditorState.create({ doc: asLine(parts.place.node) }),
        editable: () => page.editable,
        attributes: () => parts.attributes(),
        nodeViews: parts.nodeViews,
        decorations: () => parts.decorations(),
        dispatchTransaction: (transaction) => this.#dispatch(transaction),
        handleKeyDown: (_view, event) => parts.hearKey(event),
        handleTextInput: (_view, from, to, text) => this.#hearText(from, to, text),
        handlePaste: (_view, event, slice) => this.#paste(event, slice),
        handleDrop: () => true,
        transformCopied: (slice) => wholeLine(slice, page.state.schema),
        ...clipboardOf(page),
      },
    )
    this.update(parts.place)
  }

  /** Follows the page. Writes nothing. */
  update(place: CardPlace): void {
    this.#place = place
    const { state } = this.view
    const { tr } = state
    bringTo(tr, place.node)
    const selection = this.#shownSelection(tr.doc)
    if (!selection.eq(tr.selection)) tr.setSelection(selection)
    tr.setStoredMarks(this.#page.state.storedMarks)
    if (this.view.hasFocus()) tr.scrollIntoView()
    this.view.updateState(state.apply(tr))
  }

  /** The schema it was made with; the page may get another one. */
  get schema(): Schema {
    return this.view.state.schema
  }

  destroy(): void {
    this.view.destroy()
  }

  #shownSelection(doc: Node): Selection {
    const { selection } = this.#page.state
    const { pos, inside } = this.#place
    const place = (position: number) => Math.min(Math.max(position - pos - 1, 0), doc.content.size)
    if (!inside) return TextSelection.create(doc, doc.content.size)
    if (selection instanceof NodeSelection) return NodeSelection.create(doc, place(selection.from))
    return TextSelection.create(doc, place(selection.anchor), place(selection.head))
  }

  #dispatch(transaction: Transaction): void {
    const { tr } = this.#page.state
    const start = this.#place.pos + 1
    for (const step of transaction.steps) {
      const mapped = step.map(StepMap.offset(start))
      if (mapped !== null) tr.step(mapped)
    }
    const { selection } = transaction
    const wanted =
      selection instanceof NodeSelection
        ? NodeSelection.create(tr.doc, start + selection.from)
        : TextSelection.create(tr.doc, start + selection.anchor, start + selection.head)
    if (!wanted.eq(tr.selection)) tr.setSelection(wanted)
    if (transaction.storedMarksSet) tr.setStoredMarks(transaction.storedMarks)
    for (const name of METAS) {
      const meta: unknown = transaction.getMeta(name)
      if (meta !== undefined) tr.setMeta(name, meta)
    }
    if (tr.docChanged || tr.selectionSet || tr.storedMarksSet) this.#page.dispatch(tr)
    // What the page did not take must not stay in the field.
    else this.view.updateState(this.view.state)
  }

  #hearText(from: number, to: number, text: string): boolean {
    const page = this.#page
    const start = this.#place.pos + 1
    const plain = () => page.state.tr.insertText(text, start + from, start + to)
    return page.someProp('handleTextInput', (hear) => hear(page, start + from, start + to, text, plain)) === true
  }

  #paste(event: ClipboardEvent, slice: Slice): boolean {
    const page = this.#page
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const { name, node } = this.#place
    const { tr, schema } = this.view.state
    if (name === 'math') this.view.dispatch(tr.insertText(text.replace(/\s*[\r\n]+\s*/g, ' ')).setMeta('paste', true))
    else {
      const words =
        slice.size === 0 && text !== ''
          ? new Slice(asLine(node).type.create(null, schema.text(text)).content, 0, 0)
          : slice
      this.view.dispatch(tr.replaceSelection(inlineSlice(words, node.type)).setMeta('paste', true))
    }
    page.dispatch(page.state.tr.scrollIntoView())
    return true
  }
}

/** The node's words as a line of text: a node in a line is none of its own to ProseMirror. */
function asLine(node: Node): Node {
  const { schema } = node.type
  return schema.node('block', node.type.spec.code === true ? { kind: 'math' } : null, node.content)
}

/** Makes the smallest change that brings the words of a transaction's line to those of a node. */
function bringTo(tr: Transaction, node: Node): void {
  const { content } = tr.doc
  const from = content.findDiffStart(node.content)
  const to = content.findDiffEnd(node.content)
  if (from === null || to === null) return
  // Where letters repeat, both ends may be found in the same ones.
  const overlap = Math.max(0, from - Math.min(to.a, to.b))
  tr.replace(from, to.a + overlap, node.slice(from, to.b + overlap))
}

/** How the page reads and writes what is on the clipboard, and what editing leaves in the DOM. */
function clipboardOf(page: EditorView) {
  const names = [
    'domParser',
    'clipboardParser',
    'clipboardSerializer',
    'clipboardTextSerializer',
    'clipboardTextParser',
    'transformPastedHTML',
  ] as const
  return Object.fromEntries(names.map((name) => [name, page.someProp(name)]).filter(([, prop]) => prop !== undefined))
}
