import fc from 'fast-check'
import { TextSelection } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { MemoryMain } from '../../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../../testing/open-page.ts'

/** Alice writes capitals and bob small letters, each a new one every time, so that every character has one author. */
type Step =
  | { readonly who: 'alice' | 'bob'; readonly does: 'type' | 'split' | 'kind' | 'bold'; readonly where: number }
  | { readonly who: 'alice'; readonly does: 'undo' | 'redo' | 'erase'; readonly where: number }
  | { readonly who: 'both'; readonly does: 'meet'; readonly where: number }

const RUNS = 50
const where = fc.nat(1000)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    who: fc.constantFrom('alice', 'bob'),
    does: fc.constantFrom('type', 'type', 'split', 'kind', 'bold'),
    where,
  }),
  fc.record({ who: fc.constant('alice'), does: fc.constantFrom('undo', 'undo', 'redo', 'erase'), where }),
  fc.record({ who: fc.constant('both'), does: fc.constant('meet'), where }),
)

const CAPITALS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ']
const SMALL = [...'abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþ']

test("WRITE-7: undo and redo never change another person's characters", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 40 }), async (steps) => {
      const main = new MemoryMain()
      main.change((doc) => write(doc, ['1234', '5678']))
      const alice = await openPage(main)
      const bob = await openPage(main)
      let typed = 0
      const ofBob = new Set<string>()
      for (const each of steps) {
        if (each.who === 'both') await meet(alice, bob)
        else {
          const page = each.who === 'alice' ? alice : bob
          const letter = (each.who === 'alice' ? CAPITALS : SMALL)[typed]
          if (each.does === 'type' && letter !== undefined) {
            typed++
            place(page, each.where)
            page.type(letter)
            if (each.who === 'bob') ofBob.add(letter)
          } else {
            // Words put into a block while somebody takes it away are a matter of merging, not of undo.
            const travels = each.does === 'undo' || each.does === 'redo'
            if (travels) await meet(alice, bob)
            act(page, each)
            if (travels) await meet(alice, bob)
          }
        }
      }
      await meet(alice, bob)
      await meet(alice, bob)
      expect(alice.lines()).toEqual(bob.lines())
      const text = alice.editor.view.state.doc.textContent
      for (const letter of ofBob) expect(text.split(letter)).toHaveLength(2)
      expect(agrees(alice, main) && agrees(bob, main)).toBe(true)
      expect([...alice.window.rebuilds, ...bob.window.rebuilds]).toEqual([])
      await alice.close()
      await bob.close()
    }),
    { numRuns: RUNS },
  )
}, 120_000)

test('WRITE-7: a line that somebody else has written in stays when making it is undone', async () => {
  const main = new MemoryMain()
  main.change((doc) => write(doc, ['one']))
  const alice = await openPage(main)
  const bob = await openPage(main)
  alice.select('one')
  alice.type('\nA')
  await meet(alice, bob)
  bob.select('A')
  bob.type('b')
  await meet(alice, bob)
  alice.press('Mod-z')
  await meet(alice, bob)
  expect(alice.lines()).toEqual(['p one', 'p b'])
  expect(bob.lines()).toEqual(alice.lines())
  alice.press('Mod-z')
  expect(alice.lines()).toEqual(['p one', 'p b'])
  await alice.close()
  await bob.close()
})

test('undo takes back nothing from before what somebody else wrote in between', async () => {
  const main = new MemoryMain()
  main.change((doc) => write(doc, ['one', 'two']))
  const alice = await openPage(main)
  alice.select('one')
  alice.type('A')
  main.change((doc) => write(doc, ['from bob']))
  alice.receive()
  alice.type('B')
  alice.press('Mod-z')
  expect(alice.lines()).toEqual(['p oneA', 'p two', 'p from bob'])
  alice.press('Mod-z')
  expect(alice.lines()).toEqual(['p one', 'p two', 'p from bob'])
  await alice.close()
})

async function meet(alice: OpenPage, bob: OpenPage): Promise<void> {
  await settle()
  alice.receive()
  bob.receive()
  await settle()
}

/** Puts the caret somewhere in a block. */
function place({ editor: { view } }: OpenPage, somewhere: number): void {
  const places: number[] = []
  view.state.doc.forEach((node, pos) => {
    for (let offset = 0; offset <= node.content.size; offset++) places.push(pos + 1 + offset)
  })
  const at = places[somewhere % Math.max(places.length, 1)]
  if (at !== undefined) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)))
}

function act(page: OpenPage, { does, where: somewhere }: Step): void {
  const { view } = page.editor
  if (does === 'undo') page.press('Mod-z')
  else if (does === 'redo') page.press('Mod-Shift-z')
  else if (does === 'kind') {
    place(page, somewhere)
    page.press(`Mod-Alt-${somewhere % 4}`)
  } else if (does === 'split') {
    place(page, somewhere)
    // A split in the middle writes the second half anew, under its author's name; at the end it takes nobody's words.
    const { $from } = view.state.selection
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, $from.end())))
    page.type('\n')
  } else if (does === 'bold') {
    place(page, somewhere)
    const { $from } = view.state.selection
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, $from.start(), $from.end())))
    page.press('Mod-b')
  } else if (does === 'erase') {
    // Alice erases only what she wrote herself.
    const found = view.state.doc.textBetween(0, view.state.doc.content.size, '\n').match(/\p{Lu}/u)?.[0]
    view.state.doc.descendants((node, pos) => {
      const offset = found === undefined ? -1 : (node.text ?? '').indexOf(found)
      if (offset >= 0) view.dispatch(view.state.tr.delete(pos + offset, pos + offset + 1))
      return offset < 0
    })
  }
}

test('BLOCK-52: what others write at the caret does not take it along, and selections keep their letters', async () => {
  const main = new MemoryMain()
  main.change((doc) => write(doc, ['one', 'two']))
  const alice = await openPage(main)
  const bob = await openPage(main)
  alice.select('one')
  bob.select('one')
  bob.type(' and more')
  await settle()
  alice.receive()
  alice.type('!')
  expect(alice.lines()).toEqual(['p one! and more', 'p two'])
  alice.select('two', 0, 3)
  bob.select('two')
  bob.type('>')
  bob.select('two>', 0)
  bob.type('<')
  await settle()
  alice.receive()
  alice.type('x')
  expect(alice.lines()).toEqual(['p one! and more', 'p <x>'])
  await meet(alice, bob)
  await meet(alice, bob)
  expect(bob.lines()).toEqual(alice.lines())
  await alice.close()
  await bob.close()
})
