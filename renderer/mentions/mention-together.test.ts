import fc from 'fast-check'
import { NodeSelection, TextSelection } from 'prosemirror-state'
import { expect, test } from 'vitest'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { insertMention } from './mention.ts'

type Act = {
  readonly who: 0 | 1
  readonly what: 'type' | 'name' | 'take' | 'enter' | 'undo' | 'hear'
  readonly at: number
}

const arbitraryActs: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    who: fc.constantFrom<0 | 1>(0, 1),
    what: fc.constantFrom<Act['what']>('type', 'type', 'name', 'name', 'take', 'enter', 'undo', 'hear'),
    at: fc.nat(60),
  }),
  { minLength: 4, maxLength: 24 },
)

/** Puts the caret somewhere in the words. */
function place({ editor: { view } }: OpenPage, at: number): number {
  const { doc } = view.state
  const $at = doc.resolve(at % (doc.content.size + 1))
  view.dispatch(view.state.tr.setSelection(TextSelection.near($at)))
  return view.state.selection.from
}

/** Types `[[x` and takes a document for it, as the list does. */
function name(page: OpenPage, at: number): void {
  const from = place(page, at)
  const { view } = page.editor
  if (!view.state.doc.resolve(from).parent.inlineContent) return
  page.type('[[x')
  view.dispatch(insertMention(view.state.tr, from, from + 3, { documentId: 'ab'.repeat(32), label: 'Trip' }))
}

function take(page: OpenPage, at: number): void {
  const { view } = page.editor
  const found: number[] = []
  view.state.doc.descendants((node, position) => {
    if (node.type.name === 'mention') found.push(position)
  })
  const position = found[at % Math.max(found.length, 1)]
  if (position === undefined) return
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, position)).deleteSelection())
}

test('LINK-20: two people who name documents, take mentions away, type and undo end with one page, never rebuilt', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryActs, async (acts) => {
      const main = new MemoryMain()
      main.change((doc) => write(doc, ['first line', '', 'bullet an item']))
      const pages = [await openPage(main), await openPage(main)] as const
      for (const { who, what, at } of acts) {
        const page = pages[who]
        if (what === 'name') name(page, at)
        else if (what === 'take') take(page, at)
        else if (what === 'undo') page.editor.undo()
        else if (what === 'hear') page.receive()
        else {
          place(page, at)
          page.type(what === 'type' ? 'word' : '\n')
        }
        await settle()
      }
      for (const page of pages) page.receive()
      await settle()
      try {
        expect(pages[0].lines()).toEqual(pages[1].lines())
        for (const page of pages) {
          expect(agrees(page, main)).toBe(true)
          expect(page.window.rebuilds).toEqual([])
        }
      } finally {
        for (const page of pages) await page.close()
      }
    }),
    { numRuns: 60 },
  )
}, 60_000)
