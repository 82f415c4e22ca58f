import fc from 'fast-check'
import { type Command, TextSelection } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { MemoryMain } from '../../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../../testing/open-page.ts'
import { alignColumns, insertColumn, insertRow, insertTable, toggleHeader } from './edit-table.ts'

const RUNS = 40
const GROWING: readonly Command[] = [
  insertRow('before'),
  insertRow('after'),
  insertColumn('before'),
  insertColumn('after'),
  alignColumns('end'),
  toggleHeader,
]

interface Step {
  readonly who: 0 | 1
  readonly does: 'type' | 'command' | 'meet'
  readonly where: number
}

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom(0 as const, 1 as const),
  does: fc.constantFrom('type' as const, 'command' as const, 'meet' as const),
  where: fc.nat(1000),
})

test('TABLE-9: whatever two people type into a table and add to it, nothing is lost and both end with the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const main = new MemoryMain()
      main.change((doc) => write(doc, ['']))
      const alice = await openPage(main)
      insertTable(alice.editor.view.state, alice.editor.view.dispatch, alice.editor.view)
      await settle()
      const bob = await openPage(main)
      const pages = [alice, bob] as const
      const typed: string[] = []
      for (const { who, does, where } of steps) {
        const page = pages[who]
        enter(page, where)
        if (does === 'type') {
          const letter = String.fromCodePoint(0x4e00 + typed.length)
          typed.push(letter)
          page.type(letter)
        } else if (does === 'command') {
          const { view } = page.editor
          GROWING[where % GROWING.length]?.(view.state, view.dispatch, view)
        } else await meet(alice, bob)
      }
      await meet(alice, bob)
      const saved = main.saved.length
      await meet(alice, bob)
      expect(main.saved).toHaveLength(saved)
      const words = alice.editor.view.state.doc.textContent
      for (const letter of typed) expect(words.split(letter)).toHaveLength(2)
      for (const page of pages) expect(agrees(page, main)).toBe(true)
      for (const page of pages) await page.close()
    }),
    { numRuns: RUNS },
  )
}, 60_000)

/** Puts the caret into some cell. */
function enter({ editor: { view } }: OpenPage, where: number): void {
  const cells: number[] = []
  view.state.doc.descendants((node, pos) => {
    if (node.type.name === 'table_cell') cells.push(pos + 1)
  })
  const at = cells[where % cells.length] ?? 0
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)))
}

async function meet(alice: OpenPage, bob: OpenPage): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await settle()
    alice.receive()
    bob.receive()
  }
  await settle()
}
