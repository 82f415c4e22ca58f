/**
 * Where the cells of a table are. Rows may differ in length, so a place in the grid need not have a cell.
 */
import type { Node, ResolvedPos } from 'prosemirror-model'

/** A table and the position before it. */
export interface PlacedTable {
  readonly node: Node
  readonly pos: number
}

/** A place in the grid of a table. */
export interface CellPlace {
  readonly table: PlacedTable
  readonly row: number
  readonly column: number
}

/** Rows from `top` to before `bottom`, columns from `left` to before `right`. */
export interface Rectangle {
  readonly table: PlacedTable
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export function isTable(node: Node | null | undefined): node is Node {
  return node?.type.name === 'table'
}

export function isCell(node: Node | null | undefined): node is Node {
  return node?.type.name === 'table_cell'
}

/** The cell the position stands in, or null. */
export function cellAt($pos: ResolvedPos): CellPlace | null {
  for (let depth = $pos.depth; depth > 2; depth--) {
    const table = $pos.node(depth - 2)
    if (!isCell($pos.node(depth)) || !isTable(table)) continue
    return {
      table: { node: table, pos: $pos.before(depth - 2) },
      row: $pos.index(depth - 2),
      column: $pos.index(depth - 1),
    }
  }
  return null
}

/** Cells of the longest row. */
export function columnCount(table: Node): number {
  return Math.max(0, ...table.children.map((row) => row.childCount))
}

/** The position before a row; with the number of rows, the one behind the last. */
export function rowPos({ node, pos }: PlacedTable, row: number): number {
  let at = pos + 1
  for (let index = 0; index < row; index++) at += node.child(index).nodeSize
  return at
}

/** The position before a cell, or behind the last one of its row when the row is too short for it. */
export function cellPos(table: PlacedTable, row: number, column: number): number {
  let at = rowPos(table, row) + 1
  const cells = table.node.child(row)
  for (let index = 0; index < Math.min(column, cells.childCount); index++) at += cells.child(index).nodeSize
  return at
}

/** Whether there is a cell at a place in the grid. */
export function hasCell({ table, row, column }: CellPlace): boolean {
  return column >= 0 && column < (table.node.maybeChild(row)?.childCount ?? 0)
}

/** The smallest rectangle with both places in it, which are of one table. */
export function rectangleOf(one: CellPlace, other: CellPlace): Rectangle {
  return {
    table: one.table,
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row) + 1,
    left: Math.min(one.column, other.column),
    right: Math.max(one.column, other.column) + 1,
  }
}

/** Every cell there is in the rectangle, row by row, with the position before it. */
export function cellsIn({
  table,
  top,
  bottom,
  left,
  right,
}: Rectangle): { readonly node: Node; readonly pos: number }[] {
  const cells: { node: Node; pos: number }[] = []
  for (let row = top; row < Math.min(bottom, table.node.childCount); row++) {
    const { children } = table.node.child(row)
    let pos = cellPos(table, row, left)
    for (const node of children.slice(left, right)) {
      cells.push({ node, pos })
      pos += node.nodeSize
    }
  }
  return cells
}
