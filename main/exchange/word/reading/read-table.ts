/** A table of a Word file, as rows of cells with one line each. */
import { alignment } from '../../../../shared/document/block-kinds.ts'
import { isText, type NodeShape } from '../../../../shared/document/document-shape.ts'
import { columnWidth } from '../../../../shared/document/flow-node-specs.ts'
import type { Losses } from '../../../../shared/document/losses.ts'
import type { Content } from '../../../../shared/document/normal-shape.ts'
import { elementsOf, isOn, valueOf, within, type XmlElement } from '../package/xml-tree.ts'
import { LOST } from '../lost.ts'

const EMPTY_CELL: NodeShape = { node: 'table_cell', attributes: {}, content: [] }
/** As many columns as Word makes. */
const MOST_COLUMNS = 63

export interface TableSources {
  /** Whether Sheaf wrote the file: then nothing has to be guessed. */
  readonly isOwn: boolean
  readonly losses: Losses
  readonly line: (cell: XmlElement) => Content
}

export function readTable(table: XmlElement, sources: TableSources): NodeShape {
  const rows = rowsOf(table, sources.losses)
  const content = rows.map((row, index) => ({
    node: 'table_row',
    attributes: {},
    content: cellsOf(row).flatMap((cell) => cells(cell, index === 0, sources)),
  }))
  const named = isOn(within(rows[0], 'w:trPr', 'w:tblHeader')) === true
  const header = named || (!sources.isOwn && (hasHeadingStyle(rows[0]) || looksNamed(content)))
  return { node: 'table', attributes: header ? { header: true } : {}, content }
}

/** LibreOffice tells the names of columns by their style. */
function hasHeadingStyle(row: XmlElement | undefined): boolean {
  const cells = row === undefined ? [] : cellsOf(row)
  const styles = cells.map((cell) => valueOf(within(cell, 'w:p', 'w:pPr', 'w:pStyle')))
  return styles.length > 0 && styles.every((style) => style === 'TableHeading')
}

/** Whether all words of the first row are bold, and not all of the second. */
function looksNamed([first, second]: readonly NodeShape[]): boolean {
  return first !== undefined && second !== undefined && isBold(first) && !isBold(second)
}

function isBold(row: NodeShape): boolean {
  return row.content.every(
    (cell) =>
      !isText(cell) &&
      cell.content.length > 0 &&
      cell.content.every((part) => isText(part) && ('bold' in part.marks || part.text.trim() === '')),
  )
}

function rowsOf(parent: XmlElement, losses: Losses): XmlElement[] {
  return elementsOf(parent).flatMap((child) => {
    if (child.name === 'w:tr') {
      if (within(child, 'w:trPr', 'w:del') === undefined) return [child]
      losses.note(LOST.trackedChanges)
      return []
    }
    return child.name === 'w:sdt' || child.name === 'w:customXml'
      ? rowsOf(within(child, 'w:sdtContent') ?? child, losses)
      : []
  })
}

function cellsOf(parent: XmlElement): XmlElement[] {
  return elementsOf(parent).flatMap((child) => {
    if (child.name === 'w:tc') return [child]
    return child.name === 'w:sdt' || child.name === 'w:customXml' ? cellsOf(within(child, 'w:sdtContent') ?? child) : []
  })
}

/** A cell as wide as several takes their places. */
function cells(cell: XmlElement, first: boolean, { losses, line }: TableSources): NodeShape[] {
  const look = within(cell, 'w:tcPr')
  const span = Math.min(Math.max(Number(valueOf(within(look, 'w:gridSpan')) ?? 1) || 1, 1), MOST_COLUMNS)
  const merged = within(look, 'w:vMerge')
  if (span > 1 || merged !== undefined) losses.note(LOST.joinedCells)
  const jc = valueOf(within(cell, 'w:p', 'w:pPr', 'w:jc'))
  const align = alignment(jc === 'right' ? 'end' : jc === 'both' ? 'justify' : jc)
  const size = within(look, 'w:tcW')?.attributes
  const width = size?.['w:type'] === 'dxa' && span === 1 ? columnWidth(Number(size['w:w']) / 15) : null
  const read: NodeShape = {
    node: 'table_cell',
    attributes: first ? { ...(align === null ? {} : { align }), ...(width === null ? {} : { width }) } : {},
    content: line(cell),
  }
  return [read, ...Array.from({ length: span - 1 }, () => EMPTY_CELL)]
}
