/** A table of a Word file: as wide as the column unless its columns say otherwise, its first row repeated on each page. */
import {
  BorderStyle,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx'
import type { NodeShape } from '../../../../shared/document/document-shape.ts'
import { wordsOf } from '../../../../shared/document/plain-text.ts'
import { isRightToLeft } from '../text-direction.ts'
import { COLUMN } from '../word-form.ts'
import { STYLES } from '../word-names.ts'
import { sideOf } from './paragraph-look.ts'
import type { WordRuns } from './word-runs.ts'

export function wordTable({ attributes, content }: NodeShape, words: WordRuns): Table {
  const rows = content as readonly NodeShape[]
  const columns = (rows[0]?.content ?? []) as readonly NodeShape[]
  const widths = columns.map((cell) =>
    typeof cell.attributes['width'] === 'number' ? cell.attributes['width'] * 15 : null,
  )
  const free = widths.filter((width) => width === null).length
  const taken = widths.reduce<number>((sum, width) => sum + (width ?? 0), 0)
  const share = Math.max(Math.floor((COLUMN * 15 - taken) / Math.max(free, 1)), 900)
  return new Table({
    width: free === 0 ? { size: taken, type: WidthType.DXA } : { size: 100, type: WidthType.PERCENTAGE },
    layout: TableLayoutType.AUTOFIT,
    columnWidths: widths.map((width) => width ?? share),
    borders: Object.fromEntries(
      ['top', 'bottom', 'left', 'right', 'insideHorizontal', 'insideVertical'].map((side) => [
        side,
        { style: BorderStyle.SINGLE, size: 4, color: 'C9C5BD' },
      ]),
    ),
    margins: { left: 110, right: 110, top: 30, bottom: 30 },
    rows: rows.map((row, index) => {
      const isHeader = index === 0 && attributes['header'] === true
      return new TableRow({
        cantSplit: true,
        ...(isHeader ? { tableHeader: true } : {}),
        children: (row.content as readonly NodeShape[]).map((cell, column) => {
          const align = columns[column]?.attributes['align']
          const width = widths[column] ?? null
          return new TableCell({
            width: width === null ? { size: 0, type: WidthType.AUTO } : { size: width, type: WidthType.DXA },
            verticalAlign: VerticalAlign.TOP,
            ...(isHeader ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'F4F2EE' } } : {}),
            children: [
              new Paragraph({
                style: isHeader ? STYLES.headerCell : STYLES.cell,
                ...sideOf(align, isRightToLeft(wordsOf(cell.content))),
                children: words.line(cell.content),
              }),
            ],
          })
        }),
      })
    }),
  })
}
