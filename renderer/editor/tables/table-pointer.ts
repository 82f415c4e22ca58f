/** What the pointer does in a table: dragging a border sets the width of a column, a press on a cell that lacks makes it. */
import type { EditorView } from 'prosemirror-view'
import { asOwnStep } from '../binding/own-step.ts'
import { cellAt, isTable } from './cells.ts'
import { reachCell, setWidths, toCell } from './edit-table.ts'
import { missingCell } from './table-looks.ts'
import { TableView } from './table-view.ts'

/** CSS pixels beside a border within which it can be taken hold of. */
const GRIP = 5
export const NARROWEST = 48
export const WIDEST = 1200

/** The table views of a page by their elements: who drags a border shows it before it is done. */
export const tableViews = new WeakMap<Element, TableView>()

export class TablePointer {
  /** Answers whether the press was taken. */
  press(view: EditorView, event: MouseEvent): boolean {
    if (event.button !== 0 || !(event.target instanceof Element) || !view.editable) return false
    const missing = event.target.closest('.cell--missing')
    if (missing !== null) return this.#makeCell(view, missing, event)
    const border = borderAt(event)
    return border !== null && this.#size(view, border, event)
  }

  /** The pointer says by its shape what a press would do. */
  hover(view: EditorView, event: MouseEvent): void {
    if (event.buttons === 0) view.dom.classList.toggle('prose--sizing', view.editable && borderAt(event) !== null)
  }

  #makeCell(view: EditorView, element: Element, event: MouseEvent): boolean {
    const place = missingCell(element)
    const table = element.closest('.table')
    if (place === null || table === null) return false
    const pos = view.posAtDOM(table, 0)
    const $pos = view.state.doc.resolve(pos)
    const tablePos = isTable($pos.parent) ? $pos.before() : pos
    if (!isTable(view.state.doc.nodeAt(tablePos))) return false
    event.preventDefault()
    const tr = asOwnStep(view.state.tr)
    reachCell(tr, tablePos, place.row, place.column)
    view.dispatch(toCell(tr, tablePos, place.row, place.column))
    view.focus()
    return true
  }

  #size(view: EditorView, { cell, column }: Border, press: MouseEvent): boolean {
    const table = cell.closest('.table')
    const shown = table === null ? undefined : tableViews.get(table)
    const position = cellPosition(view, cell)
    const place = position === null ? null : cellAt(view.state.doc.resolve(position))
    if (table === null || shown === undefined || place === null) return false
    press.preventDefault()
    const begun = measuredWidths(table)
    const rtl = getComputedStyle(table).direction === 'rtl' ? -1 : 1
    let widths = begun
    const follow = (event: MouseEvent) => {
      const width = (begun[column] ?? NARROWEST) + rtl * (event.clientX - press.clientX)
      widths = begun.map((each, index) => (index === column ? clampWidth(width) : each))
      shown.preview(widths)
    }
    const { ownerDocument } = view.dom
    const stop = () => {
      ownerDocument.removeEventListener('mousemove', follow)
      ownerDocument.removeEventListener('mouseup', stop)
      if (view.isDestroyed) return
      shown.preview(null)
      const now = cellPosition(view, cell)
      const where = now === null ? null : cellAt(view.state.doc.resolve(now))
      if (widths === begun || where === null) return
      view.dispatch(setWidths(asOwnStep(view.state.tr), where.table.pos, widths))
    }
    ownerDocument.addEventListener('mousemove', follow)
    ownerDocument.addEventListener('mouseup', stop)
    return true
  }
}

export function clampWidth(width: number): number {
  return Math.round(Math.min(Math.max(width, NARROWEST), WIDEST))
}

/** The widths of a table's columns as they are drawn. */
export function measuredWidths(table: Element): number[] {
  const cells = [...(table.querySelector('tr')?.children ?? [])]
  return cells.map((cell) => clampWidth(cell.getBoundingClientRect().width))
}

interface Border {
  readonly cell: Element
  readonly column: number
}

/** The border under the pointer: the one at the end of a column. */
function borderAt({ target, clientX }: MouseEvent): Border | null {
  const cell = target instanceof Element ? target.closest('.table td') : null
  if (cell === null) return null
  const { left, right } = cell.getBoundingClientRect()
  const column = [...(cell.parentElement?.children ?? [])].indexOf(cell)
  const rtl =
    getComputedStyle(cell).direction === 'rtl' && getComputedStyle(cell.closest('table') ?? cell).direction === 'rtl'
  const [ahead, behind] = rtl ? [right - clientX, clientX - left] : [clientX - left, right - clientX]
  if (behind <= GRIP) return { cell, column }
  const before = cell.previousElementSibling
  return ahead <= GRIP && before !== null ? { cell: before, column: column - 1 } : null
}

function cellPosition(view: EditorView, cell: Element): number | null {
  return cell.classList.contains('cell--missing') || !view.dom.contains(cell) ? null : view.posAtDOM(cell, 0)
}
