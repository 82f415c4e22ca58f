import fc from 'fast-check'
import { GapCursor } from 'prosemirror-gapcursor'
import type { Node, Schema } from 'prosemirror-model'
import { AllSelection, NodeSelection, type Selection, TextSelection } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { yUndoPluginKey } from 'y-prosemirror'
import { type DocumentShape, readShape } from '../../shared/document/document-shape.ts'
import { equalValues, normalShape } from '../../shared/document/normal-shape.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { silentServices } from '../testing/silent-services.ts'
import { blockActions } from './actions/block-actions.ts'
import { kindActions } from './actions/kind-actions.ts'
import { lineActions, toneActions } from './actions/line-actions.ts'
import { markActions } from './actions/mark-actions.ts'
import { pageActions } from './actions/page-actions.ts'

/** Nothing of these may cost a letter, whatever is selected. */
const FORMATTING = [...kindActions, ...toneActions, ...lineActions, ...markActions]
const MOVES = blockActions.filter(({ id }) => id === 'text.moveUp' || id === 'text.moveDown')
const KEYS = ['Enter', 'Backspace', 'Delete', 'Tab', 'Shift-Tab', 'Shift-Enter', 'Mod-Enter']

/** A page with something of everything; every letter stands on it once. */
function everything(schema: Schema): Node[] {
  const text = (words: string, ...marks: string[]) =>
    schema.text(
      words,
      marks.map((mark) => schema.marks[mark]?.create()).filter((mark) => mark !== undefined),
    )
  const block = (kind: string | null, ...content: Node[]) => schema.node('block', { kind }, content)
  const cell = (...content: Node[]) => schema.node('table_cell', null, content)
  const note = schema.node('footnote', null, text('n'))
  const mention = schema.node('mention', { document: 'cd'.repeat(32), label: 'A document' })
  const formula = schema.node('math', null, text('m'))
  return [
    schema.node('divider'),
    block('h2', text('ab', 'bold')),
    schema.node('image', { blob: 'ab'.repeat(32) }, text('cd')),
    block(null, text('ef'), note, mention, text('g'), schema.node('hard_break'), text('h')),
    schema.node('table', null, [
      schema.node('table_row', null, [cell(text('ij')), cell()]),
      schema.node('table_row', null, [cell(text('k', 'highlight'))]),
    ]),
    schema.node('divider'),
    block('bullet', text('o')),
    block('task', formula, text('p')),
    block('code', text('q\nr')),
    schema.node('image', null, []),
    block('callout'),
    schema.node('table', null, [schema.node('table_row', null, [cell(text('s'))])]),
  ]
}

async function open(): Promise<{ main: MemoryMain; page: OpenPage }> {
  const main = new MemoryMain()
  main.change((doc) => write(doc, ['']))
  const page = await openPage(main)
  const { view } = page.editor
  view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, everything(view.state.schema)))
  return { main, page }
}

/** Any selection a person can make, by three numbers. */
function select({ editor: { view } }: OpenPage, kind: number, a: number, b: number): void {
  const { doc } = view.state
  if (doc.childCount === 0) return
  const at = (number: number) => doc.resolve(number % (doc.content.size + 1))
  let selection: Selection
  if (kind === 0) {
    const index = a % doc.childCount
    let pos = 0
    for (let each = 0; each < index; each++) pos += doc.child(each).nodeSize
    selection = NodeSelection.isSelectable(doc.child(index))
      ? NodeSelection.create(doc, pos)
      : TextSelection.between(doc.resolve(pos + 1), doc.resolve(pos + 1))
  } else if (kind === 1) selection = new AllSelection(doc)
  else if (kind === 2 && at(a).depth === 0) selection = new GapCursor(at(a))
  else if (kind === 3) selection = TextSelection.between(at(a), at(a))
  else selection = TextSelection.between(at(a), at(b))
  view.dispatch(view.state.tr.setSelection(selection))
}

function letters({ editor: { view } }: OpenPage): string {
  return [...view.state.doc.textContent.replaceAll('\n', '')].sort().join('')
}

function shapeOf({ session: { doc } }: OpenPage): DocumentShape | null {
  return doc === null ? null : normalShape(readShape(doc))
}

async function end(page: OpenPage, main: MemoryMain): Promise<void> {
  await settle()
  expect(agrees(page, main)).toBe(true)
  expect(page.window.rebuilds).toEqual([])
  await page.close()
}

const place = fc.nat(200)
const selecting = fc.record({ kind: fc.nat(7), a: place, b: place })

test('BLOCK-41: no formatting and no move costs a letter, whatever is selected, and undo brings the page back', async () => {
  const action = fc.constantFrom(...FORMATTING, ...MOVES)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(selecting, action), { minLength: 1, maxLength: 6 }), async (steps) => {
      const { main, page } = await open()
      const { view } = page.editor
      const before = letters(page)
      for (const [{ kind, a, b }, each] of steps) {
        select(page, kind, a, b)
        const { doc } = view.state
        const shape = shapeOf(page)
        yUndoPluginKey.getState(view.state)?.undoManager.stopCapturing()
        each.command(view.state.schema, silentServices)(view.state, view.dispatch, view)
        const done = view.state.doc
        expect(letters(page)).toBe(before)
        done.check()
        const shaped = shapeOf(page)
        if (done.eq(doc) || equalValues(shape, shaped)) continue
        page.press('Mod-z')
        expect(shapeOf(page)).toEqual(shape)
        page.press('Mod-y')
        expect(shapeOf(page)).toEqual(shaped)
      }
      await end(page, main)
    }),
    { numRuns: 60 },
  )
}, 30_000)

test('BLOCK-42: no key and no action throws, whatever is selected, and what it did is saved as it is shown', async () => {
  const doing = fc.oneof(
    fc.constantFrom(...KEYS).map((key) => ({ key })),
    fc.constantFrom(...pageActions).map((action) => ({ action })),
    fc.constantFrom('x').map((letter) => ({ letter })),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(selecting, doing), { minLength: 1, maxLength: 6 }), async (steps) => {
      const { main, page } = await open()
      const { view } = page.editor
      for (const [{ kind, a, b }, each] of steps) {
        select(page, kind, a, b)
        if ('key' in each) page.press(each.key)
        else if ('letter' in each) page.type(each.letter)
        else each.action.command(view.state.schema, silentServices)(view.state, view.dispatch, view)
        expect(() => view.state.doc.check()).not.toThrow()
      }
      await end(page, main)
    }),
    { numRuns: 100 },
  )
}, 30_000)

test('BLOCK-46: two people who format and move at once end with one page, and nobody rebuilds it', async () => {
  const action = fc.constantFrom(...FORMATTING, ...MOVES)
  const step = fc.record({ who: fc.constantFrom(0, 1), selecting, action, meets: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      const { main, page: alice } = await open()
      await settle()
      const bob = await openPage(main)
      const pages = [alice, bob]
      for (const {
        who,
        selecting: { kind, a, b },
        action: each,
        meets,
      } of steps) {
        const page = pages[who]
        if (page === undefined) throw new Error('there are two people')
        const { view } = page.editor
        select(page, kind, a, b)
        each.command(view.state.schema, silentServices)(view.state, view.dispatch, view)
        if (meets) await meet(pages)
      }
      await meet(pages)
      await meet(pages)
      expect(shapeOf(alice)).toEqual(shapeOf(bob))
      await end(bob, main)
      await end(alice, main)
    }),
    { numRuns: 40 },
  )
}, 30_000)

async function meet(pages: readonly OpenPage[]): Promise<void> {
  await settle()
  for (const page of pages) page.receive()
  await settle()
}

test('BLOCK-46: one word raised by one and lowered by another at once is the same word for both', async () => {
  const main = new MemoryMain()
  main.change((doc) => write(doc, ['word']))
  const alice = await openPage(main)
  const bob = await openPage(main)
  alice.select('word', 0, 4)
  bob.select('word', 0, 4)
  alice.press('Mod-.')
  bob.press('Mod-Shift-.')
  await meet([alice, bob])
  await meet([alice, bob])
  expect(alice.lines()).toEqual(bob.lines())
  alice.select('word')
  alice.type('s')
  bob.select('word', 0)
  bob.type('a')
  await meet([alice, bob])
  await meet([alice, bob])
  expect(alice.lines().join()).toContain('words')
  expect(alice.lines()).toEqual(bob.lines())
  await end(alice, main)
  await end(bob, main)
})
