/** What the views of nodes with a card have in common: a press goes into their words, and the page draws none of those. */
import type { Node } from 'prosemirror-model'
import type { DecorationSource, EditorView, NodeView } from 'prosemirror-view'
import { NodeSelection } from 'prosemirror-state'
import { enterCardNode } from './card-node.ts'
import { keepInnerDecorations } from './inner-decorations.ts'

export abstract class CardView implements NodeView {
  readonly dom = document.createElement('span')
  readonly #view: EditorView
  readonly #getPos: () => number | undefined
  node: Node

  constructor(node: Node, view: EditorView, getPos: () => number | undefined, decorations: DecorationSource) {
    this.node = node
    this.#view = view
    this.#getPos = getPos
    this.dom.contentEditable = 'false'
    // The browser would put its caret beside the node first.
    this.dom.addEventListener('mousedown', (event) => event.button === 0 && event.preventDefault())
    this.dom.addEventListener('click', () => this.enter())
    keepInnerDecorations(this.dom, decorations)
  }

  update(node: Node, _outer: readonly unknown[], decorations: DecorationSource): boolean {
    if (node.type !== this.node.type) return false
    keepInnerDecorations(this.dom, decorations)
    if (node === this.node) return true
    this.node = node
    this.show()
    return true
  }

  selectNode(): void {
    this.dom.classList.add('ProseMirror-selectednode')
  }

  deselectNode(): void {
    this.dom.classList.remove('ProseMirror-selectednode')
  }

  stopEvent(event: Event): boolean {
    return event.type === 'mousedown' || event.type === 'click'
  }

  ignoreMutation(): boolean {
    return true
  }

  /** Goes to the end of its words, or on a page that is only read, to the node. */
  enter(): void {
    const position = this.#getPos()
    if (position === undefined) return
    const { state } = this.#view
    this.#view.focus()
    this.#view.dispatch(
      this.#view.editable
        ? enterCardNode(state.tr, position)
        : state.tr.setSelection(NodeSelection.create(state.doc, position)),
    )
  }

  position(): number | undefined {
    return this.#getPos()
  }

  /** Draws the node as it is now. */
  protected abstract show(): void
}
