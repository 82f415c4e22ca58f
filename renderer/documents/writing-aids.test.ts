/** The outline, the counts and focus mode, on a real page. */
import { TextSelection } from 'prosemirror-state'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { BODY } from '../../shared/document/document-shape.ts'
import { sentenceAt } from '../focus/focus-watch.ts'
import { nextItem } from '../outline/outline-panel.tsx'
import { MemoryLinks } from '../testing/memory-links.ts'
import { DOCUMENT_ID, MemoryMain } from '../testing/memory-main.ts'
import { type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { WritingAids } from './writing-aids.ts'
import { silentServices } from '../testing/silent-services.ts'

let main: MemoryMain
let page: OpenPage
let aids: WritingAids

beforeEach(() => {
  main = new MemoryMain()
  aids = new WritingAids({
    api: main.window(),
    services: silentServices,
    links: new MemoryLinks(),
    documentId: DOCUMENT_ID,
    fail: () => {},
  })
})

afterEach(async () => {
  await settle()
  aids.close()
  await page.close()
})

async function open(...lines: string[]): Promise<void> {
  main.change((doc) => write(doc, lines))
  page = await openPage(main, () => aids.plugins())
}

const outline = () => aids.outline.headings.get().map(({ level, text }) => `${level} ${text}`)

describe('the outline', () => {
  test('WAY-11: follows the headings, one’s own and those of others, and nothing else', async () => {
    await open('h1 One', 'text', 'h2 Two', 'more')
    const stop = aids.outline.watch()
    expect(outline()).toEqual(['1 One', '2 Two'])
    let told = 0
    aids.outline.headings.subscribe(() => (told += 1))
    page.select('text')
    page.type(' that goes on')
    page.select('Two')
    page.type('!')
    main.change((doc) => write(doc, ['h3 From bob']))
    page.receive()
    await vi.waitFor(() => expect(outline()).toEqual(['1 One', '2 Two!', '3 From bob']))
    expect(told).toBe(1)
    stop()
  })

  test('WAY-12: marks the heading above the caret, and goes to the one that is chosen', async () => {
    await open('text', 'h1 One', 'a', 'h2 Two', 'b')
    aids.outline.watch()
    const current = async (index: number) => vi.waitFor(() => expect(aids.outline.current.get()).toBe(index))
    page.select('text')
    await current(-1)
    page.select('a')
    await current(0)
    page.select('b')
    await current(1)
    aids.outline.goTo(0)
    expect(page.editor.view.state.selection.$from.parent.textContent).toBe('One')
    await current(0)
  })

  test('is walked by arrow keys, in and out by level', () => {
    const headings = [1, 2, 3, 2, 1].map((level) => ({ level, text: '' }))
    const walk = (from: number, key: string) => nextItem(headings, from, key)
    expect([walk(0, 'ArrowDown'), walk(4, 'ArrowDown'), walk(0, 'ArrowUp')]).toEqual([1, 4, 0])
    expect([walk(0, 'ArrowRight'), walk(2, 'ArrowRight'), walk(3, 'ArrowRight')]).toEqual([1, 2, 3])
    expect([walk(2, 'ArrowLeft'), walk(3, 'ArrowLeft'), walk(0, 'ArrowLeft')]).toEqual([1, 0, 0])
    expect([walk(2, 'Home'), walk(2, 'End'), walk(2, 'x')]).toEqual([0, 4, null])
  })
})

describe('the counts', () => {
  const words = () => aids.counts.counts.get()?.document.words
  const selected = () => aids.counts.counts.get()?.selection?.words ?? null

  test('WAY-21: count the page and what is selected, when the typing pauses', async () => {
    await open('one two three', 'four')
    await vi.waitFor(() => expect(words()).toBe(4))
    expect(selected()).toBeNull()
    page.select('four')
    page.type(' five')
    await vi.waitFor(() => expect(words()).toBe(5))
    page.select('one two three', 4, 13)
    await vi.waitFor(() => expect(selected()).toBe(2))
    const { view } = page.editor
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 5, view.state.doc.content.size - 1)))
    await vi.waitFor(() => expect(selected()).toBe(4))
    main.change((doc) => write(doc, ['from bob']))
    page.receive()
    await vi.waitFor(() => expect(words()).toBe(7))
  })
})

describe('focus mode', () => {
  const lit = () => [...page.editor.view.dom.querySelectorAll('.in-focus')].map((each) => each.textContent)
  const sentence = () => [...page.editor.view.dom.querySelectorAll('.focus-sentence')].map((each) => each.textContent)

  test('WAY-31: lights the block with the caret, or its sentence, and every block that is selected', async () => {
    await open('First. Second one. Third.', 'b', 'c')
    aids.focus.follow({ focus: 'block', typewriter: false }, () => {})
    page.select('First. Second one. Third.', 9)
    expect(lit()).toEqual(['First. Second one. Third.'])
    expect(page.editor.view.dom.dataset['focus']).toBe('block')
    aids.focus.follow({ focus: 'sentence', typewriter: false }, () => {})
    expect(sentence().join('')).toBe('Second one. ')
    page.editor.view.dispatch(
      page.editor.view.state.tr.setSelection(TextSelection.create(page.editor.view.state.doc, 3, 29)),
    )
    expect(lit()).toEqual(['First. Second one. Third.', 'b'])
    aids.focus.follow({ focus: 'off', typewriter: false }, () => {})
    expect([lit(), sentence(), page.editor.view.dom.dataset['focus']]).toEqual([[], [], undefined])
  })

  test('WAY-32: Escape leaves it, and the text stays as it is', async () => {
    await open('a')
    const before = main.saved.length
    let left = 0
    aids.focus.follow({ focus: 'block', typewriter: true }, () => (left += 1))
    page.select('a')
    page.press('Escape')
    aids.focus.follow({ focus: 'off', typewriter: true }, () => (left += 1))
    page.press('Escape')
    expect(left).toBe(1)
    await settle()
    expect(main.saved).toHaveLength(before)
  })

  test('a sentence is the one the caret is in, and at the end the last', () => {
    const text = 'One. Two. Three.'
    const at = (offset: number) => text.slice(...sentenceAt(text, offset))
    expect([0, 4, 5, 9, 10, 16].map(at)).toEqual(['One. ', 'One. ', 'Two. ', 'Two. ', 'Three.', 'Three.'])
    expect(sentenceAt('', 0)).toEqual([0, 0])
  })

  test('stands in a footnote without falling over', async () => {
    main.change((doc) => {
      const note = new Y.XmlElement('footnote')
      note.insert(0, [new Y.XmlText('a note. And more.')])
      const block = new Y.XmlElement('block')
      block.insert(0, [new Y.XmlText('one'), note])
      doc.getXmlFragment(BODY).push([block])
    })
    await open('z')
    aids.focus.follow({ focus: 'sentence', typewriter: false }, () => {})
    const { view } = page.editor
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 7)))
    expect(lit()).toHaveLength(1)
  })
})
