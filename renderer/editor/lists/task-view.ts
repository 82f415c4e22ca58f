/** A task on the page: its box stands beside the text, outside of what the caret can reach. */
import type { Node } from 'prosemirror-model'
import type { EditorView, NodeView } from 'prosemirror-view'
import { alignment, direction } from '../../../shared/document/block-kinds.ts'
import { depthOf, isBlock, kindOf } from '../blocks.ts'
import { toggleTaskAt } from './lists.ts'

let lastId = 0

export function isTask(node: Node): boolean {
  return isBlock(node) && kindOf(node) === 'task'
}

export class TaskView implements NodeView {
  readonly dom: HTMLElement
  readonly contentDOM: HTMLElement
  readonly #box: HTMLElement

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    this.dom = document.createElement('div')
    this.#box = document.createElement('span')
    this.contentDOM = document.createElement('div')
    this.dom.className = 'block'
    this.dom.dataset['kind'] = 'task'
    this.contentDOM.className = 'task__text'
    this.contentDOM.id = `task-${++lastId}`
    this.#box.className = 'task__box'
    this.#box.contentEditable = 'false'
    this.#box.setAttribute('role', 'checkbox')
    this.#box.setAttribute('aria-labelledby', this.contentDOM.id)
    // Pressing would move the caret away from where the person writes.
    this.#box.addEventListener('mousedown', (event) => event.preventDefault())
    this.#box.addEventListener('click', () => {
      const pos = getPos()
      if (pos !== undefined && view.editable) toggleTaskAt(pos)(view.state, view.dispatch)
    })
    this.dom.append(this.#box, this.contentDOM)
    this.#show(node)
  }

  update(node: Node): boolean {
    if (!isTask(node)) return false
    this.#show(node)
    return true
  }

  ignoreMutation(mutation: { readonly target: globalThis.Node }): boolean {
    return !this.contentDOM.contains(mutation.target)
  }

  stopEvent(event: Event): boolean {
    return event.target === this.#box
  }

  #show(node: Node): void {
    const done = node.attrs['checked'] === true
    const depth = depthOf(node)
    this.dom.dataset['checked'] = String(done)
    if (depth > 0) this.dom.dataset['depth'] = String(depth)
    else delete this.dom.dataset['depth']
    const align = alignment(node.attrs['align'])
    if (align !== null) this.dom.dataset['align'] = align
    else delete this.dom.dataset['align']
    this.dom.dir = direction(node.attrs['dir']) ?? 'auto'
    this.#box.setAttribute('aria-checked', String(done))
  }
}
