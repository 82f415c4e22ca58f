/** Tables of a page: their words cell by cell, with cells that are lacking filled up. */
import type { NodeShape } from '../document-shape.ts'
import type { Content } from '../normal-shape.ts'
import { attribute, cellsOf, descendants, type Element, hasClass, isElement, rowsOf } from './html-elements.ts'
import { cellFacts } from './html-marks.ts'
import type { PageFacts } from './page-facts.ts'

/** Cells one table may have on a page; a larger one is for a spreadsheet, and would keep the page busy. */
const MOST_CELLS = 20_000
/** Cells made for one that is as wide as several. */
const MOST_FILLED = 100

/** `layout`: it only arranges the page, as in mail and on old pages. `rows`: it is too large, and is read row by row. */
export function readTable(
  table: Element,
  { own, losses }: PageFacts,
  read: (cell: Element) => Content,
): NodeShape | 'layout' | 'rows' {
  const rows = rowsOf(table)
  const cells = rows.reduce((sum, row) => sum + cellsOf(row).length, 0)
  const inside = descendants(table.childNodes)
  if (!own && (cells <= 1 || inside.some(({ tagName }) => tagName === 'table'))) return 'layout'
  if (!own && cells > MOST_CELLS) {
    losses.note('a table too large for a page, kept as its words')
    return 'rows'
  }
  const header = own ? hasClass(table, 'headed') : namesColumns(table, rows[0])
  const wide = !own && inside.some((cell) => attribute(cell, 'colspan') ?? attribute(cell, 'rowspan'))
  if (wide) losses.note('cells of a table that were joined')
  let filled = 0
  const gaps = (cell: Element): NodeShape[] => {
    const count = Math.min(Number(attribute(cell, 'colspan') ?? 1) || 1, MOST_FILLED) - 1
    filled += Math.max(count, 0)
    return filled > MOST_CELLS ? [] : Array.from({ length: Math.max(count, 0) }, () => EMPTY_CELL)
  }
  return {
    node: 'table',
    attributes: header ? { header: true } : {},
    content: rows.map((row) => ({
      node: 'table_row',
      attributes: {},
      content: cellsOf(row).flatMap((cell) => [
        { node: 'table_cell', attributes: cellFacts(cell), content: read(cell) },
        ...gaps(cell),
      ]),
    })),
  }
}

const EMPTY_CELL: NodeShape = { node: 'table_cell', attributes: {}, content: [] }

function namesColumns(table: Element, first: Element | undefined): boolean {
  const cells = cellsOf(first)
  if (cells.length === 0) return false
  const inHead = table.childNodes.some(
    (child) => isElement(child) && child.tagName === 'thead' && first?.parent === child,
  )
  return hasClass(table, 'headed') || inHead || cells.every((cell) => cell.tagName === 'th')
}
