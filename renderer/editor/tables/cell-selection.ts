/** A selected rectangle of cells, from the cell where selecting began to the one it has reached. */
import { Fragment, type Node, type ResolvedPos, Slice } from 'prosemirror-model'
import { type EditorState, Selection, SelectionRange, TextSelection, type Transaction } from 'prosemirror-state'
import type { Mappable } from 'prosemirror-transform'
import { cellAt, cellPos, cellsIn, type CellPlace, type Rectangle, rectangleOf } from './cells.ts'

export class CellSelection extends Selection {
  readonly rectangle: Rectangle
  readonly anchorPlace: CellPlace
  readonly headPlace: CellPlace

  private constructor(doc: Node, anchor: CellPlace, head: CellPlace) {
    const rectangle = rectangleOf(anchor, head)
    const inside = (place: CellPlace) => doc.resolve(cellPos(place.table, place.row, place.column) + 1)
    const ranges = cellsIn(rectangle).map(
      ({ node, pos }) => new SelectionRange(doc.resolve(pos + 1), doc.resolve(pos + 1 + node.content.size)),
    )
    super(inside(anchor), inside(head), ranges)
    this.rectangle = rectangle
    this.anchorPlace = anchor
    this.headPlace = head
  }

  /** The cells between two positions, or null when they are not in cells of one table. */
  static between($anchor: ResolvedPos, $head: ResolvedPos): CellSelection | null {
    const anchor = cellAt($anchor)
    const head = cellAt($head)
    if (anchor === null || head === null || anchor.table.pos !== head.table.pos) return null
    return new CellSelection($anchor.node(0), anchor, head)
  }

  get isOneCell(): boolean {
    const { top, bottom, left, right } = this.rectangle
    return bottom - top === 1 && right - left === 1
  }

  override map(doc: Node, mapping: Mappable): Selection {
    const $anchor = doc.resolve(mapping.map(this.anchor))
    const $head = doc.resolve(mapping.map(this.head))
    return CellSelection.between($anchor, $head) ?? TextSelection.between($anchor, $head)
  }

  override eq(other: Selection): boolean {
    return other instanceof CellSelection && other.anchor === this.anchor && other.head === this.head
  }

  /** A table of the selected cells. */
  override content(): Slice {
    const { table, top, bottom, left, right } = this.rectangle
    const rows = table.node.children
      .slice(top, bottom)
      .map((row) => row.copy(Fragment.from(row.children.slice(left, right))))
    const { header } = table.node.attrs
    const node = table.node.type.create({ ...table.node.attrs, header: top === 0 ? header : null }, rows)
    return new Slice(Fragment.from(node), 0, 0)
  }

  /** Empties the cells, and puts words into the first one. */
  override replace(tr: Transaction, content: Slice = Slice.empty): void {
    const at = this.$from.pos
    clearCells(tr, this.rectangle)
    const caret = TextSelection.create(tr.doc, at)
    if (content.size > 0) caret.replace(tr, content)
    else tr.setSelection(caret)
  }

  override replaceWith(tr: Transaction, node: Node): void {
    this.replace(tr, new Slice(Fragment.from(node), 0, 0))
  }

  override toJSON(): { readonly type: string; readonly anchor: number; readonly head: number } {
    return { type: 'cells', anchor: this.anchor, head: this.head }
  }

  static override fromJSON(doc: Node, json: { readonly anchor: number; readonly head: number }): Selection {
    const $anchor = doc.resolve(json.anchor)
    const $head = doc.resolve(json.head)
    return CellSelection.between($anchor, $head) ?? TextSelection.between($anchor, $head)
  }
}

CellSelection.prototype.visible = false
Selection.jsonID('cells', CellSelection)

/** Takes the words out of cells; the cells stay. */
export function clearCells(tr: Transaction, rectangle: Rectangle): void {
  for (const { node, pos } of cellsIn(rectangle).reverse()) {
    if (node.content.size > 0) tr.delete(pos + 1, pos + 1 + node.content.size)
  }
}

/** The selected cells: a rectangle, or the one cell with the caret; null outside of tables. */
export function selectedCells({ selection }: EditorState): Rectangle | null {
  if (selection instanceof CellSelection) return selection.rectangle
  const anchor = cellAt(selection.$from)
  const head = cellAt(selection.$to)
  return anchor === null || head === null || anchor.table.pos !== head.table.pos ? null : rectangleOf(anchor, head)
}
