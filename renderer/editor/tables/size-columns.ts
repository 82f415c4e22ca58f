/** The width of columns by keyboard. */
import type { Command } from 'prosemirror-state'
import { asOwnStep } from '../binding/own-step.ts'
import { selectedCells } from './cell-selection.ts'
import { setWidths } from './edit-table.ts'
import { clampWidth, measuredWidths } from './table-pointer.ts'

/** CSS pixels by which a key changes a width. */
const STEP = 24

/** Makes the selected columns wider or narrower; the others keep the width they are drawn with. */
export function sizeColumns(way: 'wider' | 'narrower'): Command {
  return (state, dispatch, view) => {
    const cells = selectedCells(state)
    if (cells === null) return false
    const element = view?.nodeDOM(cells.table.pos)
    if (dispatch === undefined || !(element instanceof Element)) return true
    const by = way === 'wider' ? STEP : -STEP
    const widths = measuredWidths(element).map((width, column) =>
      column >= cells.left && column < cells.right ? clampWidth(width + by) : width,
    )
    dispatch(setWidths(asOwnStep(state.tr), cells.table.pos, widths).scrollIntoView())
    return true
  }
}
