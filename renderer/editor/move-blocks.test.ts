import fc from 'fast-check'
import { NodeSelection, TextSelection } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { rangeOf } from './block-range.ts'
import { moveTo } from './move-blocks.ts'

async function open(...lines: string[]): Promise<{ main: MemoryMain; page: OpenPage }> {
  const main = new MemoryMain()
  main.change((doc) => write(doc, lines))
  return { main, page: await openPage(main) }
}

async function end(page: OpenPage, main: MemoryMain): Promise<void> {
  await settle()
  expect(agrees(page, main)).toBe(true)
  expect(page.window.rebuilds).toEqual([])
  await page.close()
}

test('BLOCK-11: a block goes up and down with its caret, and each step is one update and one undo', async () => {
  const { main, page } = await open('one', 'h2 two', 'three')
  page.select('one', 1)
  page.type('X')
  await settle()
  const updates = main.saved.length
  page.press('Alt-Shift-ArrowDown')
  await settle()
  expect(main.saved.length).toBe(updates + 1)
  page.press('Alt-Shift-ArrowDown')
  page.press('Alt-Shift-ArrowDown')
  page.type('Y')
  expect(page.lines()).toEqual(['h2 two', 'p three', 'p oXYne'])
  page.press('Mod-z')
  expect(page.lines()).toEqual(['h2 two', 'p three', 'p oXne'])
  page.press('Mod-z')
  expect(page.lines()).toEqual(['h2 two', 'p oXne', 'p three'])
  page.type('Z')
  expect(page.lines()).toEqual(['h2 two', 'p oXZne', 'p three'])
  page.press('Mod-z')
  page.press('Mod-z')
  expect(page.lines()).toEqual(['p oXne', 'h2 two', 'p three'])
  page.press('Mod-z')
  expect(page.lines()).toEqual(['p one', 'h2 two', 'p three'])
  await end(page, main)
})

test('BLOCK-12: what others write meanwhile in blocks that did not move stays where it is', async () => {
  const { main, page } = await open('short', 'a very long paragraph', 'last')
  const bob = await openPage(main)
  page.select('short')
  page.press('Alt-Shift-ArrowDown')
  bob.select('a very long paragraph')
  bob.type('!')
  bob.select('last')
  bob.type('?')
  for (const each of [page, bob, page]) {
    await settle()
    each.receive()
  }
  expect(page.lines()).toEqual(['p a very long paragraph!', 'p short', 'p last?'])
  page.press('Mod-z')
  expect(page.lines()).toEqual(['p short', 'p a very long paragraph!', 'p last?'])
  await settle()
  bob.receive()
  expect(bob.lines()).toEqual(page.lines())
  await bob.close()
  await end(page, main)
})

test('BLOCK-13: a list item takes along what hangs below it, and passes its siblings with theirs', async () => {
  const { main, page } = await open('bullet a', 'bullet:1 a1', 'bullet b', 'bullet:1 b1', 'text')
  page.select('a')
  page.press('Alt-Shift-ArrowDown')
  expect(page.lines()).toEqual(['bullet b', 'bullet:1 b1', 'bullet a', 'bullet:1 a1', 'p text'])
  page.press('Alt-Shift-ArrowUp')
  expect(page.lines()).toEqual(['bullet a', 'bullet:1 a1', 'bullet b', 'bullet:1 b1', 'p text'])
  await end(page, main)
})

test('BLOCK-14: the selected blocks are doubled or deleted, pictures and tables too, each one step of undo', async () => {
  const { main, page } = await open('one', 'two')
  const { view } = page.editor
  const { schema } = view.state
  const cell = schema.node('table_cell', null, schema.text('cell'))
  view.dispatch(
    view.state.tr.insert(5, [
      schema.node('image', { blob: 'ab'.repeat(32) }, schema.text('caption')),
      schema.node('table', null, [schema.node('table_row', null, [cell])]),
    ]),
  )
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, 5)))
  page.press('Mod-d')
  expect(page.lines()).toEqual(['p one', 'image', 'image', 'table', 'p two'])
  page.press('Alt-Shift-ArrowUp')
  page.press('Alt-Shift-ArrowUp')
  expect(page.lines()).toEqual(['image', 'p one', 'image', 'table', 'p two'])
  page.press('Mod-Shift-k')
  page.press('Mod-z')
  expect(page.lines()).toEqual(['image', 'p one', 'image', 'table', 'p two'])
  page.press('Mod-z')
  page.press('Mod-z')
  expect(page.lines()).toEqual(['p one', 'image', 'table', 'p two'])
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 2, view.state.doc.content.size - 2)))
  page.press('Mod-Shift-k')
  page.type('new')
  expect(page.lines()).toEqual(['p new'])
  page.press('Mod-z')
  page.press('Mod-z')
  expect(page.lines()).toEqual(['p one', 'image', 'table', 'p two'])
  await end(page, main)
})

test('BLOCK-11: whatever is moved where, nothing is lost and one undo brings the page back', async () => {
  const lines = ['a', 'bb', 'ccc', 'h1 dddd', 'code e']
  const place = fc.nat(lines.length)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(place, place, place), { minLength: 1, maxLength: 5 }), async (moves) => {
      const { main, page } = await open(...lines)
      const { view } = page.editor
      for (const [a, b, index] of moves) {
        const before = page.lines()
        const { doc } = view.state
        const first = Math.min(a, b, doc.childCount - 1)
        const last = Math.min(Math.max(a, b), doc.childCount - 1)
        const range = rangeOf(doc, first, last)
        const target = index === doc.childCount ? doc.content.size : rangeOf(doc, index, index).from
        const expected = [...before]
        const cut = expected.splice(first, last - first + 1)
        const at = index <= first ? index : index > last ? index - cut.length : first
        expected.splice(at, 0, ...cut)
        view.dispatch(moveTo(view.state, range, target))
        expect(page.lines()).toEqual(expected)
        if (expected.join() === before.join()) continue
        page.press('Mod-z')
        expect(page.lines()).toEqual(before)
        page.press('Mod-y')
        expect(page.lines()).toEqual(expected)
      }
      await end(page, main)
    }),
    { numRuns: 40 },
  )
})
