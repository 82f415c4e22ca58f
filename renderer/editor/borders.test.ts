import type { Schema } from 'prosemirror-model'
import { NodeSelection, TextSelection } from 'prosemirror-state'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'

let main: MemoryMain
let page: OpenPage

const image = (schema: Schema) => schema.node('image', { blob: 'ab'.repeat(32) }, schema.text('caption'))
const table = (schema: Schema) =>
  schema.node('table', null, [
    schema.node('table_row', null, [schema.node('table_cell', null, schema.text('cell')), schema.node('table_cell')]),
  ])

/** Puts something between the first block and the others. */
async function open(lines: string[], between: (schema: Schema) => ReturnType<typeof image>): Promise<void> {
  main.change((doc) => write(doc, lines))
  page = await openPage(main)
  const { view } = page.editor
  view.dispatch(view.state.tr.insert(view.state.doc.child(0).nodeSize, between(view.state.schema)))
}

/** Puts the caret behind some words, wherever they stand. */
function caretAfter(words: string): void {
  const { view } = page.editor
  view.state.doc.descendants((node, pos) => {
    if (node.text !== words) return
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos + words.length)))
  })
}

function selectedNode(): string | null {
  const { selection } = page.editor.view.state
  return selection instanceof NodeSelection ? selection.node.type.name : null
}

beforeEach(() => {
  main = new MemoryMain()
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  expect(page.window.rebuilds).toEqual([])
  await page.close()
})

test.each([
  ['image', image],
  ['table', table],
  ['divider', (schema: Schema) => schema.node('divider')],
])(
  'BLOCK-43: at the border of an %s, Backspace and Delete select it before they take anything away',
  async (name, make) => {
    await open(['one', 'two'], make)
    page.select('two', 0)
    page.press('Backspace')
    expect(page.lines()).toEqual(['p one', name, 'p two'])
    expect(selectedNode()).toBe(name)
    page.select('one')
    page.press('Delete')
    expect(page.lines()).toEqual(['p one', name, 'p two'])
    expect(selectedNode()).toBe(name)
    page.press('Enter')
    page.type('x')
    expect(page.lines()).toHaveLength(4)
    expect(page.lines()).toContain(name)
    expect(page.lines()).toContain('p x')
  },
)

test('BLOCK-43: an empty block beside an image goes, and the image is selected', async () => {
  await open(['', ''], image)
  const { view } = page.editor
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1)))
  page.press('Delete')
  expect(page.lines()).toEqual(['image', 'p '])
  expect(selectedNode()).toBe('image')
  view.dispatch(view.state.tr.setSelection(TextSelection.atEnd(view.state.doc)))
  page.press('Backspace')
  expect(page.lines()).toEqual(['image'])
  expect(selectedNode()).toBe('image')
})

test('BLOCK-44: Enter goes from a caption into the text below, and never splits an image', async () => {
  await open(['one', 'two'], image)
  caretAfter('caption')
  page.press('Enter')
  page.type('below')
  expect(page.lines()).toEqual(['p one', 'image', 'p below', 'p two'])
})

test('BLOCK-44: Enter never splits a cell', async () => {
  await open(['one', 'two'], table)
  caretAfter('cell')
  page.press('Enter')
  const { doc } = page.editor.view.state
  expect(doc.child(1).childCount).toBeLessThanOrEqual(2)
  expect(doc.child(1).child(0).childCount).toBe(2)
  expect(doc.textContent).toContain('cell')
})

test('BLOCK-45: code and text that are joined keep their lines', async () => {
  main.change((doc) => write(doc, ['text', 'code a\nb']))
  page = await openPage(main)
  page.select('text')
  page.press('Delete')
  expect(page.lines()).toEqual(['p texta|{hard_break}|b'])
})

test('Enter on everything begins a new page', async () => {
  await open(['one', 'two'], table)
  page.press('Mod-a')
  page.press('Enter')
  page.type('x')
  expect(page.lines()).toEqual(['p ', 'p x'])
})
