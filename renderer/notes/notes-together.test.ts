import fc from 'fast-check'
import { NodeSelection, TextSelection } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { cardNode, enterCardNode } from '../cards/card-node.ts'
import { insertFormula } from '../formulas/formulas.ts'
import { type CardPage, openCardPage } from '../testing/card-page.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, settle, write } from '../testing/open-page.ts'
import { insertFootnote } from './footnotes.ts'

type Act = {
  readonly who: 0 | 1
  readonly what: 'type' | 'note' | 'formula' | 'enter' | 'take' | 'break' | 'undo' | 'hear'
  readonly at: number
}

const arbitraryActs: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    who: fc.constantFrom<0 | 1>(0, 1),
    what: fc.constantFrom<Act['what']>(
      'type',
      'type',
      'note',
      'formula',
      'enter',
      'enter',
      'take',
      'break',
      'undo',
      'hear',
    ),
    at: fc.nat(60),
  }),
  { minLength: 4, maxLength: 24 },
)

function place({ editor: { view } }: CardPage, at: number): void {
  const { doc, tr } = view.state
  view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(at % (doc.content.size + 1)))))
}

/** The position of one of the notes and formulas, or null. */
function oneOf({ editor: { view } }: CardPage, at: number): number | null {
  const found: number[] = []
  view.state.doc.descendants((node, position) => {
    if (cardNode(node) !== null) found.push(position)
  })
  return found[at % Math.max(found.length, 1)] ?? null
}

function act(page: CardPage, what: Act['what'], at: number): void {
  const { view } = page.editor
  const node = oneOf(page, at)
  if (what === 'undo') page.editor.undo()
  else if (what === 'hear') page.receive()
  else if (what === 'enter' || what === 'take') {
    if (node === null) return
    const { tr, doc } = view.state
    if (what === 'take') view.dispatch(tr.setSelection(NodeSelection.create(doc, node)).deleteSelection())
    else {
      view.dispatch(enterCardNode(tr, node, at % 2 === 0 ? 'start' : 'end'))
      page.type('in')
    }
  } else {
    place(page, at)
    if (what === 'type') page.type('word')
    else if (what === 'break') page.press('Enter')
    else (what === 'note' ? insertFootnote : insertFormula)(view.state, view.dispatch)
  }
}

test('NOTE-6: two people who write notes and formulas, in them and around them, and undo, end with one page, never rebuilt', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryActs, async (acts) => {
      const main = new MemoryMain()
      main.change((doc) => write(doc, ['first line', '', 'bullet an item']))
      const pages = [await openCardPage(main), await openCardPage(main)] as const
      for (const { who, what, at } of acts) {
        act(pages[who], what, at)
        await settle()
      }
      for (const page of pages) page.receive()
      await settle()
      try {
        expect(pages[0].lines()).toEqual(pages[1].lines())
        for (const page of pages) {
          expect(agrees(page, main)).toBe(true)
          expect(page.window.rebuilds).toEqual([])
          const shown = [...page.editor.view.dom.querySelectorAll('.footnote')].map(({ textContent }) => textContent)
          expect(shown).toEqual(shown.map((_, index) => String(index + 1)))
        }
      } finally {
        for (const page of pages) await page.close()
      }
    }),
    { numRuns: 60 },
  )
}, 60_000)
