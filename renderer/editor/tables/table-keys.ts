/** What keys do in a table: they go from cell to cell, and with Shift they select cells. */
import { keydownHandler } from 'prosemirror-keymap'
import { type Command, type EditorState, Selection, TextSelection, type Transaction } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'
import { asOwnStep } from '../binding/own-step.ts'
import { CellSelection, clearCells, selectedCells } from './cell-selection.ts'
import { cellAt, type CellPlace, cellPos, columnCount, hasCell, rowPos } from './cells.ts'
import { eraseAcross } from './erase-across.ts'
import { emptyRow, reachCell, toCell } from './edit-table.ts'

type Way = 'left' | 'right' | 'up' | 'down'

/** Where a selection's head is: the cell that Shift moves, and that the arrows go on from. */
function headCell({ selection }: EditorState): CellPlace | null {
  return selection instanceof CellSelection ? selection.headPlace : cellAt(selection.$head)
}

/** Tab and Shift-Tab: the next cell, the one before. Behind the last one there is a new row. */
function step(by: 1 | -1): Command {
  return (state, dispatch) => {
    const from = headCell(state)
    if (from === null) return false
    const { table } = from
    const columns = columnCount(table.node)
    const index = from.row * columns + from.column + by
    const row = Math.floor(index / columns)
    const { tr } = state
    if (index < 0) return true
    if (row >= table.node.childCount) {
      asOwnStep(tr).insert(rowPos(table, row), emptyRow(state.schema, columns))
    } else if (!hasCell({ table, row, column: index % columns })) {
      asOwnStep(tr)
      reachCell(tr, table.pos, row, index % columns)
    }
    dispatch?.(toCell(tr, table.pos, row, index % columns).scrollIntoView())
    return true
  }
}

/** Enter: the cell below; from the last row the line behind the table. */
const goDown: Command = (state, dispatch, view) => {
  const from = headCell(state)
  if (from === null) return false
  if (from.row + 1 < from.table.node.childCount) {
    dispatch?.(toCell(state.tr, from.table.pos, from.row + 1, from.column).scrollIntoView())
    return true
  }
  return leave(state, dispatch, view)
}

/** Mod-Enter: the line behind the table, made if there is none. */
const leave: Command = (state, dispatch) => {
  const from = headCell(state)
  if (from === null) return false
  const { tr } = state
  const behind = from.table.pos + from.table.node.nodeSize
  if (tr.doc.resolve(behind).nodeAfter?.isTextblock !== true) asOwnStep(tr).insert(behind, state.schema.node('block'))
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, behind + 1)).scrollIntoView())
  return true
}

/** A line break within the cell. */
const breakLine: Command = (state, dispatch) => {
  if (!(state.selection instanceof TextSelection) || selectedCells(state) === null) return false
  dispatch?.(state.tr.replaceSelectionWith(state.schema.node('hard_break'), false).scrollIntoView())
  return true
}

/** The grid's neighbour of a cell, whichever way the table is read. */
function neighbour(place: CellPlace, way: Way, view: EditorView | undefined): CellPlace {
  const rightward = view !== undefined && getComputedStyle(view.dom).direction === 'rtl' ? -1 : 1
  const { row, column, table } = place
  if (way === 'up' || way === 'down') return { table, column, row: row + (way === 'up' ? -1 : 1) }
  return { table, row, column: column + (way === 'right' ? rightward : -rightward) }
}

/** An arrow at the border of a cell's words goes on in the next cell, and out of the table at its border. */
function move(way: Way): Command {
  return (state, dispatch, view) => {
    const from = headCell(state)
    const isCaret = state.selection instanceof TextSelection && state.selection.empty
    const isCells = state.selection instanceof CellSelection
    if (from === null || !(isCells || (isCaret && view?.endOfTextblock(way) === true))) return false
    const to = neighbour(from, way, view)
    const isBack = way === 'left' || way === 'up'
    let target: Selection | null = null
    if (hasCell(to)) {
      target = ends(state.tr, to, isBack)
    } else if (way === 'left' || way === 'right') {
      const row = from.row + (isBack ? -1 : 1)
      const cells = from.table.node.maybeChild(row)?.childCount ?? 0
      if (row >= 0 && cells > 0) {
        target = ends(state.tr, { table: from.table, row, column: isBack ? cells - 1 : 0 }, isBack)
      }
    } else if (to.row >= 0 && to.row < from.table.node.childCount) {
      dispatch?.(toCell(state.tr, from.table.pos, to.row, to.column).scrollIntoView())
      return true
    }
    // At the border of the table the page's own keys know the way.
    if (target === null) return leaveTable(state, from, isBack, dispatch)
    dispatch?.(state.tr.setSelection(target).scrollIntoView())
    return true
  }
}

function leaveTable(
  state: EditorState,
  { table }: CellPlace,
  isBack: boolean,
  dispatch: ((tr: Transaction) => void) | undefined,
): boolean {
  const $edge = state.doc.resolve(isBack ? table.pos : table.pos + table.node.nodeSize)
  const target = Selection.findFrom($edge, isBack ? -1 : 1)
  if (target === null) return false
  dispatch?.(state.tr.setSelection(target).scrollIntoView())
  return true
}

function ends(tr: Transaction, { table, row, column }: CellPlace, atEnd: boolean): Selection {
  const pos = cellPos(table, row, column)
  const size = tr.doc.nodeAt(pos)?.content.size ?? 0
  return TextSelection.create(tr.doc, pos + 1 + (atEnd ? size : 0))
}

/** Shift with an arrow: from the border of a cell's words on, whole cells are selected. */
function extend(way: Way): Command {
  return (state, dispatch, view) => {
    const { selection } = state
    const from = headCell(state)
    if (from === null) return false
    if (!(selection instanceof CellSelection) && view?.endOfTextblock(way) !== true) return false
    const to = neighbour(from, way, view)
    if (!hasCell(to)) return true
    const $head = state.doc.resolve(cellPos(to.table, to.row, to.column) + 1)
    const cells = CellSelection.between(selection.$anchor, $head)
    if (cells === null) return false
    dispatch?.(state.tr.setSelection(cells).scrollIntoView())
    return true
  }
}

/** Backspace and Delete empty selected cells, and never reach over the border of one. */
function erase(atBorder: 'start' | 'end'): Command {
  return (state, dispatch) => {
    const { selection } = state
    if (selection instanceof CellSelection) {
      const tr = asOwnStep(state.tr)
      clearCells(tr, selection.rectangle)
      if (tr.docChanged) dispatch?.(tr.setSelection(selection.map(tr.doc, tr.mapping)))
      return true
    }
    const across = eraseAcross(state)
    if (across !== null) {
      dispatch?.(across.scrollIntoView())
      return true
    }
    const { empty, $from } = selection
    if (!empty || cellAt($from) === null || $from.parent.type.name !== 'table_cell') return false
    return $from.parentOffset === (atBorder === 'start' ? 0 : $from.parent.content.size)
  }
}

/** Escape: from selected cells back to a caret. */
const collapse: Command = ({ selection, tr }, dispatch) => {
  if (!(selection instanceof CellSelection)) return false
  dispatch?.(tr.setSelection(TextSelection.near(selection.$head)))
  return true
}

export const tableKeys = keydownHandler({
  Tab: step(1),
  'Shift-Tab': step(-1),
  Enter: goDown,
  'Mod-Enter': leave,
  'Shift-Enter': breakLine,
  ArrowLeft: move('left'),
  ArrowRight: move('right'),
  ArrowUp: move('up'),
  ArrowDown: move('down'),
  'Shift-ArrowLeft': extend('left'),
  'Shift-ArrowRight': extend('right'),
  'Shift-ArrowUp': extend('up'),
  'Shift-ArrowDown': extend('down'),
  Backspace: erase('start'),
  'Mod-Backspace': erase('start'),
  Delete: erase('end'),
  'Mod-Delete': erase('end'),
  Escape: collapse,
})
