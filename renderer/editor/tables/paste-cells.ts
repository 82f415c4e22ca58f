/** Pasting into cells: a table fills cells from the caret on, anything else becomes words of one cell. */
import { Fragment, type Node, type Schema, Slice } from 'prosemirror-model'
import type { Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { asOwnStep } from '../binding/own-step.ts'
import { CellSelection, selectedCells } from './cell-selection.ts'
import { cellPos, columnCount, isTable, type Rectangle } from './cells.ts'
import { emptyRow, reachCell } from './edit-table.ts'

/** What cells get, row by row. */
type Grid = readonly (readonly Fragment[])[]

/** Pastes, when the selection is in cells; answers whether it was. `text` is the plain text that came along. */
export function pasteIntoCells(view: EditorView, slice: Slice, text: string): boolean {
  const { state } = view
  const cells = selectedCells(state)
  if (cells === null) return false
  const grid = tableGrid(slice) ?? textGrid(state.schema, text)
  const tr = state.tr
  if (grid === null) tr.replaceSelection(new Slice(inlineOf(slice, state.schema.node('hard_break')), 0, 0))
  else fill(asOwnStep(tr), cells, grid)
  view.dispatch(tr.scrollIntoView().setMeta('paste', true))
  return true
}

/** The cells of a slice that is a table and nothing else, or null. */
function tableGrid({ content }: Slice): Grid | null {
  const table = content.firstChild
  if (content.childCount !== 1 || !isTable(table)) return null
  return table.children.map((row) => row.children.map((cell) => cell.content))
}

/** Cells as spreadsheets copy them: tabs between cells, a line for each row. Null for text without tabs. */
function textGrid(schema: Schema, text: string): Grid | null {
  if (!text.includes('\t')) return null
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
  return lines.map((line) =>
    line.split('\t').map((cell) => (cell === '' ? Fragment.empty : Fragment.from(schema.text(cell)))),
  )
}

/** Puts a grid in from the rectangle's first cell on; rows and columns that are lacking are made. */
function fill(tr: Transaction, { table, top, left }: Rectangle, grid: Grid): void {
  const { schema } = tr.doc.type
  const columns = columnCount(table.node)
  for (const [down, contents] of grid.entries()) {
    const row = top + down
    const rows = tr.doc.nodeAt(table.pos)
    if (rows !== null && row >= rows.childCount) {
      tr.insert(table.pos + rows.nodeSize - 1, emptyRow(schema, left + contents.length))
    }
    for (const [across, content] of contents.entries()) {
      const pos = reachCell(tr, table.pos, row, left + across)
      const cell = tr.doc.nodeAt(pos)
      if (cell === null || cell.content.eq(content)) continue
      tr.replaceWith(pos + 1, pos + 1 + cell.content.size, content)
    }
  }
  if (tr.doc.nodeAt(table.pos)?.children.some((row) => row.childCount > columns) === true) fillUp(tr, table.pos)
  const node = tr.doc.nodeAt(table.pos)
  if (node === null) return
  const width = Math.max(1, ...grid.map((row) => row.length))
  const last = top + Math.max(grid.length, 1) - 1
  const right = Math.min(left + width, node.child(last).childCount) - 1
  const at = (row: number, column: number) => tr.doc.resolve(cellPos({ node, pos: table.pos }, row, column) + 1)
  const filled = CellSelection.between(at(top, left), at(last, Math.max(right, left)))
  if (filled !== null) tr.setSelection(filled)
}

/** A table that has become wider gets its new columns in every row. */
function fillUp(tr: Transaction, tablePos: number): void {
  const table = tr.doc.nodeAt(tablePos)
  if (table === null) return
  const last = columnCount(table) - 1
  for (let row = table.childCount - 1; row >= 0; row--) reachCell(tr, tablePos, row, last)
}

/** The words of a slice in one line of text, with something between two blocks. */
export function inlineOf({ content }: Slice, between: Node): Fragment {
  const lines: Fragment[] = []
  const read = (node: Node) => {
    if (node.inlineContent) lines.push(node.content)
    else node.forEach(read)
  }
  if (content.firstChild?.isInline === true) return content
  content.forEach(read)
  return lines.reduce((all, line, index) => (index === 0 ? line : all.addToEnd(between).append(line)), Fragment.empty)
}
