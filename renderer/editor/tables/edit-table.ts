/**
 * Commands that change a table's rows and columns. Each is one step of undo and writes as little as it can, so that what
 * others do to the same table meanwhile stays. Cells that a short row lacks are made only where a command needs them.
 */
import { type Attrs, Fragment, type Node, type Schema } from 'prosemirror-model'
import { type Command, type EditorState, Selection, TextSelection, type Transaction } from 'prosemirror-state'
import { caretBlock, isBlock } from '../blocks.ts'
import { asOwnStep, writeStepwise } from '../binding/own-step.ts'
import { selectedCells } from './cell-selection.ts'
import {
  type CellPlace,
  cellPos,
  columnCount,
  hasCell,
  isTable,
  type PlacedTable,
  type Rectangle,
  rowPos,
} from './cells.ts'

export type Side = 'before' | 'after'

/** Rows and columns of a new table. */
const NEW_SIZE = 3

/** A row of empty cells. */
export function emptyRow(schema: Schema, cells: number, attrs: (column: number) => Attrs | null = () => null): Node {
  return schema.node(
    'table_row',
    null,
    Array.from({ length: cells }, (_, column) => schema.node('table_cell', attrs(column))),
  )
}

/** A table with a row of names, at the caret; there is always a line behind it to go on in. */
export const insertTable: Command = (state, dispatch) => {
  const { schema, tr, doc } = state
  const block = caretBlock(state)
  const at = block === null ? state.selection.to : block.pos + block.node.nodeSize
  if (block === null && doc.resolve(at).depth > 0) return false
  const from = block !== null && block.node.content.size === 0 ? block.pos : at
  const table = schema.node(
    'table',
    { header: true },
    Array.from({ length: NEW_SIZE }, () => emptyRow(schema, NEW_SIZE)),
  )
  const needsLine = !isBlock(doc.resolve(at).nodeAfter)
  tr.replaceWith(from, at, needsLine ? [table, schema.node('block')] : [table])
  tr.setSelection(TextSelection.create(tr.doc, from + 3))
  dispatch?.(asOwnStep(tr).scrollIntoView())
  return true
}

/** A command on the selected cells. */
function onCells(edit: (state: EditorState, rectangle: Rectangle) => Transaction | null): Command {
  return (state, dispatch) => {
    const rectangle = selectedCells(state)
    if (rectangle === null) return false
    const tr = edit(state, rectangle)
    if (tr === null) return false
    if (tr.docChanged) dispatch?.(asOwnStep(tr).scrollIntoView())
    return true
  }
}

export function insertRow(side: Side): Command {
  return onCells(({ tr, schema }, { table, top, bottom, left }) => {
    const row = side === 'before' ? top : bottom
    const columns = Math.max(1, columnCount(table.node))
    // What counts in the first row, for whole columns, goes along to the new first row.
    tr.insert(
      rowPos(table, row),
      emptyRow(schema, columns, (column) => (row === 0 ? columnAttrs(table, column) : null)),
    )
    return toCell(tr, table.pos, row, left)
  })
}

/** What the first row says of a column. */
function columnAttrs({ node }: PlacedTable, column: number): Attrs {
  const { align = null, width = null } = node.firstChild?.maybeChild(column)?.attrs ?? {}
  return { align, width }
}

export function insertColumn(side: Side): Command {
  return onCells(({ tr, schema }, { table, top, left, right }) => {
    const column = side === 'before' ? left : right
    for (let row = table.node.childCount - 1; row >= 0; row--) {
      if (table.node.child(row).childCount < column) continue
      tr.insert(cellPos(table, row, column), schema.node('table_cell'))
    }
    return toCell(tr, table.pos, top, column)
  })
}

export const deleteRows: Command = onCells(({ tr }, { table, top, bottom, left }) => {
  if (bottom - top >= table.node.childCount) return withoutTable(tr, table)
  if (top === 0) giveColumns(tr, table, bottom)
  tr.delete(rowPos(table, top), rowPos(table, bottom))
  return toCell(tr, table.pos, top, left)
})

export const deleteColumns: Command = onCells(({ tr }, { table, top, left, right }) => {
  if (right - left >= columnCount(table.node)) return withoutTable(tr, table)
  for (let row = table.node.childCount - 1; row >= 0; row--) {
    const [from, to] = [cellPos(table, row, left), cellPos(table, row, right)]
    if (to > from) tr.delete(from, to)
  }
  return toCell(tr, table.pos, top, left)
})

export const deleteTable: Command = onCells(({ tr }, { table }) => withoutTable(tr, table))

function withoutTable(tr: Transaction, { node, pos }: PlacedTable): Transaction {
  tr.delete(pos, pos + node.nodeSize)
  return tr.doc.childCount === 0 ? tr : tr.setSelection(Selection.near(tr.doc.resolve(pos), 1))
}

/** Gives a row that becomes the first one what counts there for whole columns. */
function giveColumns(tr: Transaction, table: PlacedTable, row: number): void {
  for (const [column, cell] of (table.node.maybeChild(row)?.children ?? []).entries()) {
    const attrs = columnAttrs(table, column)
    for (const name of ['align', 'width']) {
      if (attrs[name] !== cell.attrs[name]) tr.setNodeAttribute(cellPos(table, row, column), name, attrs[name])
    }
  }
}

/** The row that is passed is what changes its place, so that the selected ones stay the same for everyone. */
export function moveRows(side: Side): Command {
  return onCells(({ tr }, { table, top, bottom }) => {
    const passed = side === 'before' ? top - 1 : bottom
    if (passed < 0 || passed >= table.node.childCount) return tr
    const first = passed === 0 ? top : top === 0 ? passed : null
    if (first !== null) giveColumns(tr, table, first)
    const [from, to] = [rowPos(table, passed), rowPos(table, passed + 1)]
    const node = tr.doc.nodeAt(from)
    if (node === null) return tr
    carry(tr, from, to, rowPos(table, side === 'before' ? bottom : top), node)
    return writeStepwise(tr)
  })
}

/** As with rows: the column that is passed changes its place. */
export function moveColumns(side: Side): Command {
  return onCells(({ tr, schema }, { table, left, right }) => {
    const passed = side === 'before' ? left - 1 : right
    if (passed < 0 || passed >= columnCount(table.node)) return tr
    const first = Math.min(left, passed)
    const last = Math.max(right - 1, passed)
    for (let row = table.node.childCount - 1; row >= 0; row--) {
      const cells = table.node.child(row)
      if (cells.childCount <= first) continue
      const end = rowPos(table, row) + cells.nodeSize - 1
      const lacking = last + 1 - cells.childCount
      for (let made = 0; made < lacking; made++) tr.insert(end, schema.node('table_cell'))
      const from = rowPos(table, row) + 1 + sizeOf(tr.doc, rowPos(table, row), passed)
      const node = tr.doc.nodeAt(from)
      if (node === null) continue
      const target = rowPos(table, row) + 1 + sizeOf(tr.doc, rowPos(table, row), side === 'before' ? right : left)
      carry(tr, from, from + node.nodeSize, target, node)
    }
    return writeStepwise(tr)
  })
}

/** The size of the first cells of a row. */
function sizeOf(doc: Node, row: number, cells: number): number {
  return (doc.nodeAt(row)?.children ?? []).slice(0, cells).reduce((size, cell) => size + cell.nodeSize, 0)
}

/** Put in there, then taken away here. */
function carry(tr: Transaction, from: number, to: number, target: number, node: Node): void {
  tr.insert(target, Fragment.from(node))
  const shift = target <= from ? to - from : 0
  tr.delete(from + shift, to + shift)
}

export const toggleHeader: Command = onCells(({ tr }, { table }) =>
  tr.setNodeAttribute(table.pos, 'header', table.node.attrs['header'] === true ? null : true),
)

export function alignColumns(align: 'center' | 'end' | null): Command {
  return onCells(({ tr }, { table, left, right }) => {
    for (let column = left; column < right; column++) {
      const pos = reachCell(tr, table.pos, 0, column)
      if (tr.doc.nodeAt(pos)?.attrs['align'] !== align) tr.setNodeAttribute(pos, 'align', align)
    }
    return tr
  })
}

/** Sets the widths of columns; null leaves a column as it is. */
export function setWidths(tr: Transaction, tablePos: number, widths: readonly (number | null)[]): Transaction {
  for (const [column, width] of widths.entries()) {
    if (width === null) continue
    const pos = reachCell(tr, tablePos, 0, column)
    if (tr.doc.nodeAt(pos)?.attrs['width'] !== width) tr.setNodeAttribute(pos, 'width', width)
  }
  return tr
}

/** The position before a cell, made with those before it when its row is too short. */
export function reachCell(tr: Transaction, tablePos: number, row: number, column: number): number {
  const table = tableIn(tr.doc, tablePos)
  const lacking = column + 1 - table.node.child(row).childCount
  for (let made = 0; made < lacking; made++) {
    tr.insert(cellPos(table, row, column), tr.doc.type.schema.node('table_cell'))
  }
  return cellPos(tableIn(tr.doc, tablePos), row, column)
}

function tableIn(doc: Node, pos: number): PlacedTable {
  const node = doc.nodeAt(pos)
  if (!isTable(node)) throw new Error('Broken invariant: a command keeps its table where it is')
  return { node, pos }
}

/** The caret at the end of a cell, or of the nearest there is. */
export function toCell(tr: Transaction, tablePos: number, row: number, column: number): Transaction {
  const table = tableIn(tr.doc, tablePos)
  const inRow = Math.min(Math.max(row, 0), table.node.childCount - 1)
  const place: CellPlace = { table, row: inRow, column }
  const last = (table.node.maybeChild(inRow)?.childCount ?? 0) - 1
  const pos = cellPos(table, inRow, hasCell(place) ? column : Math.max(last, 0))
  const size = tr.doc.nodeAt(pos)?.content.size ?? 0
  return tr.setSelection(Selection.near(tr.doc.resolve(pos + 1 + size), -1))
}
