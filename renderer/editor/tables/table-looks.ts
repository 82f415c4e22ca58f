/**
 * What a table shows beside its words: names of columns, alignment, the cells that short rows lack, and the selected
 * cells. All of it is decoration; nothing of it is in the document.
 */
import type { Node } from 'prosemirror-model'
import type { EditorState } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { alignment } from '../../../shared/document/block-kinds.ts'
import { CellSelection } from './cell-selection.ts'
import { cellPos, cellsIn, columnCount, isTable, type PlacedTable } from './cells.ts'

/** Cells that are shown, but not there: where a click makes them. */
export interface MissingCell {
  readonly row: number
  readonly column: number
}

export function missingCell(element: Element): MissingCell | null {
  const { row, column } = element instanceof HTMLElement ? element.dataset : {}
  return row === undefined || column === undefined ? null : { row: Number(row), column: Number(column) }
}

export class TableLooks {
  #doc: Node | null = null
  #drawn = DecorationSet.empty

  draw({ doc, selection }: EditorState): DecorationSet {
    if (doc !== this.#doc) {
      const all: Decoration[] = []
      doc.forEach((node, pos) => {
        if (isTable(node)) all.push(...looksOf({ node, pos }))
      })
      this.#doc = doc
      this.#drawn = all.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, all)
    }
    if (!(selection instanceof CellSelection)) return this.#drawn
    const selected = cellsIn(selection.rectangle).map(({ node, pos }) =>
      Decoration.node(pos, pos + node.nodeSize, { class: 'cell--selected' }),
    )
    return this.#drawn.add(doc, selected)
  }
}

function looksOf(table: PlacedTable): Decoration[] {
  const looks: Decoration[] = []
  const columns = columnCount(table.node)
  const named = table.node.attrs['header'] === true
  const aligned = (table.node.firstChild?.children ?? []).map((cell) => alignment(cell.attrs['align']))
  for (const [row, { children }] of table.node.children.entries()) {
    let pos = cellPos(table, row, 0)
    for (const [column, cell] of children.entries()) {
      const align = aligned[column] ?? null
      const attrs: Record<string, string> = {}
      if (align !== null) attrs['data-align'] = align
      if (named && row === 0) Object.assign(attrs, { role: 'columnheader', class: 'cell--header' })
      if (Object.keys(attrs).length > 0) looks.push(Decoration.node(pos, pos + cell.nodeSize, attrs))
      pos += cell.nodeSize
    }
    for (let column = children.length; column < columns; column++) {
      const show = () => missing(row, column)
      looks.push(
        Decoration.widget(pos, show, { side: column + 1, key: `missing-${row}-${column}`, ignoreSelection: true }),
      )
    }
  }
  return looks
}

function missing(row: number, column: number): HTMLElement {
  const cell = document.createElement('td')
  cell.className = 'cell--missing'
  cell.contentEditable = 'false'
  cell.dataset['row'] = String(row)
  cell.dataset['column'] = String(column)
  return cell
}
