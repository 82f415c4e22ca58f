import { GapCursor } from 'prosemirror-gapcursor'
import type { Command } from 'prosemirror-state'
import { TextSelection } from 'prosemirror-state'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { BODY } from '../../../shared/document/document-shape.ts'
import { MemoryMain } from '../../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../../testing/open-page.ts'
import { CellSelection } from './cell-selection.ts'
import { cellPos, isTable, type PlacedTable } from './cells.ts'
import {
  alignColumns,
  deleteColumns,
  deleteRows,
  deleteTable,
  insertColumn,
  insertRow,
  insertTable,
  moveColumns,
  moveRows,
  setWidths,
  toggleHeader,
} from './edit-table.ts'
import { pasteIntoCells } from './paste-cells.ts'
import { type ResolvedPos, Slice } from 'prosemirror-model'
import { copiedText } from '../../clipboard/copied-text.ts'

/** A table as another program would write it: `a|b` is a row. */
function writeTable(doc: Y.Doc, rows: readonly string[]): void {
  const table = new Y.XmlElement('table')
  table.insert(
    0,
    rows.map((row) => {
      const line = new Y.XmlElement('table_row')
      const words = row === '' ? [] : row.split('|')
      line.insert(
        0,
        words.map((word) => {
          const cell = new Y.XmlElement('table_cell')
          if (word !== '') cell.insert(0, [new Y.XmlText(word)])
          return cell
        }),
      )
      return line
    }),
  )
  const before = new Y.XmlElement('block')
  before.insert(0, [new Y.XmlText('before')])
  const after = new Y.XmlElement('block')
  after.insert(0, [new Y.XmlText('after')])
  doc.getXmlFragment(BODY).push([before, table, after])
}

function tableOf({ editor }: OpenPage): PlacedTable {
  let found: PlacedTable | null = null
  editor.view.state.doc.forEach((node, pos) => {
    if (isTable(node)) found = { node, pos }
  })
  if (found === null) throw new Error('there is no table')
  return found
}

/** The table as it was written. */
function rows(page: OpenPage): string[] {
  return tableOf(page).node.children.map((row) => row.children.map((cell) => cell.textContent).join('|'))
}

function enter(page: OpenPage, row: number, column: number): void {
  const { view } = page.editor
  const pos = cellPos(tableOf(page), row, column)
  const size = view.state.doc.nodeAt(pos)?.content.size ?? 0
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos + 1 + size)))
}

function choose(page: OpenPage, from: readonly [number, number], to: readonly [number, number]): void {
  const { view } = page.editor
  const at = ([row, column]: readonly [number, number]) =>
    view.state.doc.resolve(cellPos(tableOf(page), row, column) + 1)
  const cells = CellSelection.between(at(from), at(to))
  if (cells === null) throw new Error('there are no such cells')
  view.dispatch(view.state.tr.setSelection(cells))
}

function run({ editor: { view } }: OpenPage, command: Command): boolean {
  return command(view.state, view.dispatch, view)
}

async function open(table: readonly string[]): Promise<{ readonly main: MemoryMain; readonly page: OpenPage }> {
  const main = new MemoryMain()
  main.change((doc) => writeTable(doc, table))
  return { main, page: await openPage(main) }
}

test('TABLE-1: a new table has three rows of three, names in the first, the caret in the first cell and a line behind', async () => {
  const main = new MemoryMain()
  main.change((doc) => write(doc, ['']))
  const page = await openPage(main)
  expect(run(page, insertTable)).toBe(true)
  page.type('name')
  expect(rows(page)).toEqual(['name||', '||', '||'])
  expect(tableOf(page).node.attrs['header']).toBe(true)
  expect(page.editor.view.state.doc.lastChild?.type.name).toBe('block')
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

test('TABLE-2: no caret stands between two cells, before the first or behind the last', async () => {
  const { page } = await open(['a|b', 'c', ''])
  const { doc } = page.editor.view.state
  const { pos, node } = tableOf(page)
  // What its arrows and clicks ask; its types leave it out.
  const { valid } = GapCursor as unknown as { valid: ($pos: ResolvedPos) => boolean }
  const between = Array.from({ length: node.content.size + 1 }, (_, offset) => doc.resolve(pos + 1 + offset))
  expect(between.filter(($pos) => valid($pos)).map(($pos) => $pos.pos)).toEqual([])
  await page.close()
})

test('TABLE-2: Tab and Shift-Tab go from cell to cell, Tab behind the last one adds a row, Enter goes down and out', async () => {
  const { main, page } = await open(['a|b', 'c|d'])
  enter(page, 0, 0)
  page.press('Tab')
  page.type('1')
  page.press('Tab')
  page.type('2')
  page.press('Shift-Tab')
  page.type('3')
  expect(rows(page)).toEqual(['a|b13', 'c2|d'])
  page.press('Enter')
  page.press('Tab')
  page.type('new')
  expect(rows(page)).toEqual(['a|b13', 'c2|d', 'new|'])
  page.press('Enter')
  page.type('!')
  expect(page.editor.view.state.doc.lastChild?.textContent).toBe('!after')
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

const EDITS: readonly (readonly [string, Command, readonly string[]])[] = [
  ['a row before', insertRow('before'), ['a|b|c', '||', 'd|e|f', 'g|h|i']],
  ['a row after', insertRow('after'), ['a|b|c', 'd|e|f', '||', 'g|h|i']],
  ['a column before', insertColumn('before'), ['a||b|c', 'd||e|f', 'g||h|i']],
  ['a column after', insertColumn('after'), ['a|b||c', 'd|e||f', 'g|h||i']],
  ['no row', deleteRows, ['a|b|c', 'g|h|i']],
  ['no column', deleteColumns, ['a|c', 'd|f', 'g|i']],
  ['its row above', moveRows('before'), ['d|e|f', 'a|b|c', 'g|h|i']],
  ['its row below', moveRows('after'), ['a|b|c', 'g|h|i', 'd|e|f']],
  ['its column further back', moveColumns('before'), ['b|a|c', 'e|d|f', 'h|g|i']],
  ['its column further on', moveColumns('after'), ['a|c|b', 'd|f|e', 'g|i|h']],
]

test.each(EDITS)('TABLE-3: a table gets %s in one step of undo and one of redo', async (_name, command, expected) => {
  const { main, page } = await open(['a|b|c', 'd|e|f', 'g|h|i'])
  enter(page, 0, 0)
  page.type('!')
  const before = rows(page)
  enter(page, 1, 1)
  expect(run(page, command)).toBe(true)
  expect(rows(page).map((row) => row.replace('a!', 'a'))).toEqual(expected)
  page.editor.undo()
  expect(rows(page)).toEqual(before)
  page.editor.redo()
  expect(rows(page).map((row) => row.replace('a!', 'a'))).toEqual(expected)
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

test('TABLE-4: alignment and widths of columns outlive the first row', async () => {
  const { main, page } = await open(['a|b', 'c|d', 'e|f'])
  const facts = () => tableOf(page).node.firstChild?.children.map(({ attrs }) => [attrs['align'], attrs['width']])
  const { view } = page.editor
  enter(page, 1, 1)
  run(page, alignColumns('end'))
  view.dispatch(setWidths(view.state.tr, tableOf(page).pos, [90, null]))
  const told = [
    [null, 90],
    ['end', null],
  ]
  expect(facts()).toEqual(told)
  enter(page, 0, 0)
  run(page, insertRow('before'))
  expect(facts()).toEqual(told)
  run(page, deleteRows)
  expect(facts()).toEqual(told)
  run(page, moveRows('after'))
  expect(rows(page)).toEqual(['c|d', 'a|b', 'e|f'])
  expect(facts()).toEqual(told)
  choose(page, [0, 0], [1, 0])
  run(page, deleteRows)
  expect(rows(page)).toEqual(['e|f'])
  expect(facts()).toEqual(told)
  enter(page, 0, 0)
  run(page, toggleHeader)
  expect(tableOf(page).node.attrs['header']).toBe(true)
  run(page, toggleHeader)
  expect(tableOf(page).node.attrs['header']).toBe(null)
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

test('TABLE-5: deleting every row, every column or the table leaves the words around it', async () => {
  for (const command of [deleteRows, deleteColumns, deleteTable]) {
    const { main, page } = await open(['a|b', 'c|d'])
    choose(page, [0, 0], [1, 1])
    run(page, command)
    expect(page.lines()).toEqual(['p before', 'p after'])
    page.editor.undo()
    expect(rows(page)).toEqual(['a|b', 'c|d'])
    await settle()
    expect(agrees(page, main)).toBe(true)
    await page.close()
  }
})

test('TABLE-6: a table with rows of different length is shown without a word written, and every command takes it', async () => {
  const ragged = ['a', 'b|c|d', '', 'e|f']
  const { main, page } = await open(ragged)
  expect(main.saved).toHaveLength(1)
  expect(page.editor.view.dom.querySelectorAll('.cell--missing')).toHaveLength(6)
  enter(page, 1, 2)
  const commands = [...EDITS.map(([, command]) => command), alignColumns('center'), toggleHeader]
  for (const command of commands) {
    expect(run(page, command)).toBe(true)
    page.editor.undo()
    expect(rows(page).map((row) => row.replace(/\|+$/, ''))).toEqual(ragged)
    enter(page, 1, 2)
  }
  enter(page, 3, 1)
  page.press('Tab')
  page.type('new')
  expect(rows(page)).toEqual(['a', 'b|c|d', '', 'e|f|new'])
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

test('TABLE-7: Delete and typing empty the selected cells and leave every cell where it is', async () => {
  const { main, page } = await open(['a|b|c', 'd|e|f'])
  choose(page, [0, 1], [1, 2])
  page.press('Delete')
  expect(rows(page)).toEqual(['a||', 'd||'])
  page.editor.undo()
  choose(page, [0, 0], [1, 0])
  page.type('x')
  expect(rows(page)).toEqual(['x|b|c', '|e|f'])
  enter(page, 1, 0)
  page.press('Backspace')
  page.press('Delete')
  expect(rows(page)).toEqual(['x|b|c', '|e|f'])
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

test('TABLE-8: copied cells are a table and lines of tabs; pasted into a cell they fill cells and make those that lack', async () => {
  const { main, page } = await open(['a|b', 'c|d'])
  const { view } = page.editor
  choose(page, [0, 0], [1, 1])
  const copied = view.state.selection.content()
  expect(copiedText(copied)).toBe('a\tb\nc\td')
  enter(page, 1, 1)
  expect(pasteIntoCells(view, copied, '')).toBe(true)
  expect(rows(page)).toEqual(['a|b|', 'c|a|b', '|c|d'])
  page.editor.undo()
  expect(rows(page)).toEqual(['a|b', 'c|d'])
  enter(page, 0, 1)
  expect(pasteIntoCells(view, Slice.empty, '1\t2\r\n3\t4\n')).toBe(true)
  expect(rows(page)).toEqual(['a|1|2', 'c|3|4'])
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

test.each([
  ['before', 'a', 'bx', ['|b', 'c|d'], 'after'],
  ['b', 'after', 'before', ['a|bx', '|'], 'fter'],
] as const)(
  'TABLE-14: deleting from %s to %s takes only what is selected, and joins no words to a cell',
  async (from, to, first, left, last) => {
    for (const erases of [true, false]) {
      const { main, page } = await open(['a|b', 'c|d'])
      const { view } = page.editor
      const [anchor, head] = [wordPos(page, from) + 1, wordPos(page, to) + 1]
      view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, anchor, head)))
      if (erases) page.press('Delete')
      page.type('x')
      expect(page.editor.view.state.doc.firstChild?.textContent).toBe(first)
      expect(rows(page)).toEqual(left)
      expect(page.editor.view.state.doc.lastChild?.textContent).toBe(last)
      await settle()
      expect(agrees(page, main)).toBe(true)
      await page.close()
    }
  },
)

function wordPos({ editor }: OpenPage, word: string): number {
  let found = 0
  editor.view.state.doc.descendants((node, pos) => {
    if (node.text === word) found = pos
  })
  return found
}

const MEETINGS: readonly (readonly [string, Command, Command, readonly string[]])[] = [
  ['a row and a column', insertRow('after'), insertColumn('after'), ['a|b!||c', 'd|e?||f', '||', 'g|h||i']],
  ['a column here and none there', insertColumn('after'), deleteRows, ['a|b!||c', 'g|h||i']],
  ['a row moved and a column made', moveRows('after'), insertColumn('before'), []],
  ['a column moved and a row made', moveColumns('before'), insertRow('before'), []],
]

test.each(MEETINGS)(
  'TABLE-9: two people change one table at once and both end with the same: %s',
  async (_name, one, other, expected) => {
    const { main, page: alice } = await open(['a|b|c', 'd|e|f', 'g|h|i'])
    const bob = await openPage(main)
    enter(alice, 1, 1)
    enter(bob, 0, 1)
    bob.type('!')
    await meet(alice, bob)
    enter(alice, 1, 1)
    enter(bob, 1, 1)
    run(alice, one)
    run(bob, other)
    await meet(alice, bob)
    const written = main.saved.length
    await meet(alice, bob)
    expect(main.saved.length).toEqual(written)
    expect(rows(alice)).toEqual(rows(bob))
    const words = tableOf(alice).node.textContent
    for (const word of ['a', 'b!', 'c', 'g', 'h', 'i']) expect(words).toContain(word)
    if (expected.length > 0)
      expect(rows(alice).map((row) => row.replace('?', ''))).toEqual(expected.map((row) => row.replace('?', '')))
    expect(agrees(alice, main)).toBe(true)
    expect(agrees(bob, main)).toBe(true)
    await alice.close()
    await bob.close()
  },
)

test('TABLE-10: selected cells and the caret stay in their cells when others write', async () => {
  const { main, page: alice } = await open(['a|b', 'c|d'])
  const bob = await openPage(main)
  choose(alice, [0, 0], [1, 0])
  enter(bob, 0, 0)
  run(bob, insertRow('before'))
  await meet(alice, bob)
  const { selection } = alice.editor.view.state
  expect(selection).toBeInstanceOf(CellSelection)
  expect(copiedText(selection.content())).toBe('a\nc')
  await alice.close()
  await bob.close()
})

async function meet(...pages: readonly OpenPage[]): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await settle()
    for (const page of pages) page.receive()
  }
}
