/** A table on the page: a real table, in a box that scrolls sideways when the table is wider than the page. */
import type { Node } from 'prosemirror-model'
import type { NodeView } from 'prosemirror-view'
import { columnWidth } from '../../../shared/document/flow-node-specs.ts'
import { columnCount } from './cells.ts'

/** Width in CSS pixels of a column without one, in a table where others have one. */
const ORDINARY_WIDTH = 120

export class TableView implements NodeView {
  readonly dom = document.createElement('div')
  readonly contentDOM = document.createElement('tbody')
  readonly #table = document.createElement('table')
  readonly #columns = document.createElement('colgroup')
  #node: Node

  constructor(node: Node) {
    this.#node = node
    this.dom.className = 'table'
    this.#columns.contentEditable = 'false'
    this.#table.append(this.#columns, this.contentDOM)
    this.dom.append(this.#table)
    this.#show()
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false
    this.#node = node
    this.#show()
    return true
  }

  /** Widths as they would be, while a border is dragged; none: as they are. */
  preview(widths: readonly (number | null)[] | null): void {
    this.#size(widths ?? this.#widths())
  }

  ignoreMutation(mutation: { readonly target: globalThis.Node; readonly type: string }): boolean {
    return mutation.type !== 'selection' && !this.contentDOM.contains(mutation.target)
  }

  #widths(): (number | null)[] {
    return (this.#node.firstChild?.children ?? []).map((cell) => columnWidth(cell.attrs['width']))
  }

  #show(): void {
    this.#size(this.#widths())
  }

  #size(widths: readonly (number | null)[]): void {
    const count = columnCount(this.#node)
    const sized = widths.some((width) => width !== null)
    this.#columns.replaceChildren(
      ...Array.from({ length: count }, (_, column) => {
        const element = document.createElement('col')
        if (sized) element.style.width = `${widths[column] ?? ORDINARY_WIDTH}px`
        return element
      }),
    )
    this.#table.toggleAttribute('data-sized', sized)
    const total = Array.from({ length: count }, (_, column) => widths[column] ?? ORDINARY_WIDTH)
    this.#table.style.width = sized ? `${total.reduce((sum, width) => sum + width, 0)}px` : ''
  }
}
