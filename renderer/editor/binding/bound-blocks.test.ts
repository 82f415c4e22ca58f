import { describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { BODY } from '../../../shared/document/document-shape.ts'
import { MemoryMain } from '../../testing/memory-main.ts'
import { type OpenPage, openPage, settle, write } from '../../testing/open-page.ts'
import { elementAt, writtenPage } from './bound-blocks.ts'
import { bindingOf } from './caret.ts'

const LINES = Array.from({ length: 200 }, (_, index) => `line ${index}`)

async function open(lines = LINES): Promise<{ main: MemoryMain; page: OpenPage }> {
  const main = new MemoryMain()
  main.change((doc) => write(doc, lines))
  return { main, page: await openPage(main) }
}

function binding({ editor }: OpenPage) {
  const bound = bindingOf(editor.view.state)
  if (bound === null) throw new Error('the page is bound')
  return bound
}

/** The indexes whose block has another element behind it than is said. */
function wrongAt(page: OpenPage, indexes: readonly number[]): number[] {
  const { doc } = page.editor.view.state
  const body = binding(page).type
  return indexes.filter((index) => elementAt(binding(page), doc, index) !== (body.get(index) ?? null))
}

describe('the elements behind blocks', () => {
  test('are the right ones after keys, new blocks, moves, undo and what others write', async () => {
    const { main, page } = await open()
    const some = [100, 101, 99, 98, 0, 1, 160, 199]
    const steps: (() => void | Promise<void>)[] = [
      () => page.type('a'),
      () => page.press('Enter'),
      () => page.type('between'),
      () => page.press('Alt-ArrowUp'),
      () => void page.editor.undo(),
      () => page.type('b'),
      () => {
        main.change((doc) => doc.getXmlFragment(BODY).delete(3, 2))
        page.receive()
      },
      () => page.type('c'),
      () => void page.editor.undo(),
      () => void page.editor.undo(),
      () => void page.editor.redo(),
    ]
    page.select('line 100', 4)
    for (const step of steps) {
      await step()
      await settle()
      expect(wrongAt(page, [...some, ...some.toReversed()])).toEqual([])
    }
    await page.close()
  })

  test('a key within a block walks over no other block, also after others wrote', async () => {
    const { main, page } = await open()
    page.select('line 100', 4)
    page.type('a')
    main.change((doc) => {
      const block = doc.getXmlFragment(BODY).get(5) as Y.XmlElement
      ;(block.firstChild as Y.XmlText).insert(0, 'from bob ')
    })
    page.receive()
    await settle()
    expect(writtenPage(binding(page))).toBe(page.editor.view.state.doc)
    page.type('b')
    const body = binding(page).type
    const get = vi.spyOn(body, 'get')
    const toArray = vi.spyOn(body, 'toArray')
    page.type('c')
    expect([get.mock.calls, toArray.mock.calls]).toEqual([[], []])
    expect(page.lines()[100]).toContain('abc')
    await page.close()
  })
})
