import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { speak } from '../strings/t.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { SlashMenu } from './slash-menu.ts'
import { silentServices } from '../testing/silent-services.ts'

let main: MemoryMain
let page: OpenPage
let slash: SlashMenu

beforeEach(() => {
  main = new MemoryMain()
  slash = new SlashMenu(silentServices)
})

afterEach(async () => {
  speak('en')
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

async function open(...lines: string[]): Promise<void> {
  if (lines.length > 0) main.change((doc) => write(doc, lines))
  page = await openPage(main, () => [slash.plugin()])
}

const titles = () => slash.open.get()?.groups.flatMap(({ items }) => items.map(({ action }) => action.title())) ?? null
const chosen = () => slash.open.get()?.chosen?.title() ?? null
/** What the textbox says about the item it would take. */
const pointed = () => page.editor.view.dom.getAttribute('aria-activedescendant')

describe('the / menu', () => {
  test('WAY-1: opens where a slash is typed at the start of a block or after a space', async () => {
    await open('a word')
    page.select('a word')
    page.type('/')
    expect(titles()).toBeNull()
    page.type(' /')
    expect(titles()).toContain('Divider')
    await settle()
    expect(pointed()).toBe('slash-text-paragraph')
  })

  test('opens on a page without a single block', async () => {
    await open()
    page.type('/')
    expect(titles()).toContain('Heading 1')
    page.press('Enter')
    expect(page.lines()).toEqual(['p '])
  })

  test('WAY-2: never opens in code, in an address, by a paste or by what others type', async () => {
    await open('code x', 'https:', 'end ')
    page.select('x', 0)
    page.type('/')
    expect(titles()).toBeNull()
    page.select('https:')
    page.type('//a/b')
    expect(titles()).toBeNull()
    page.select('end ')
    const { view } = page.editor
    view.dispatch(view.state.tr.insertText('/').setMeta('paste', true))
    expect(titles()).toBeNull()
    main.change((doc) => write(doc, ['/']))
    page.receive()
    expect(titles()).toBeNull()
  })

  test('WAY-3: offers what fits title or keywords in either language, the best first', async () => {
    await open('a')
    page.select('a')
    page.type('\n/quo')
    expect(chosen()).toBe('Quotation')
    for (let key = 0; key < 3; key++) page.editor.view.dispatch(backspace())
    page.type('todo')
    expect(titles()).toEqual(['Task list'])
    for (let key = 0; key < 4; key++) page.editor.view.dispatch(backspace())
    page.type('Zitat')
    expect(titles()).toEqual(['Quotation'])
    speak('de')
    for (let key = 0; key < 5; key++) page.editor.view.dispatch(backspace())
    page.type('divid')
    expect(chosen()).toBe('Trennlinie')
  })

  test('WAY-4: what is chosen takes the typed letters away, and one undo brings both back', async () => {
    await open('a line')
    page.select('a line')
    page.type(' /head')
    page.press('ArrowDown')
    expect(chosen()).toBe('Heading 2')
    page.press('Enter')
    expect(page.lines()).toEqual(['h2 a line '])
    page.type('and on')
    page.editor.undo()
    expect(page.lines()).toEqual(['h2 a line '])
    page.editor.undo()
    expect(page.lines()).toEqual(['p a line /head'])
    expect(titles()).toBeNull()
  })

  test('arrows go round, Tab takes, the modifiers are not for it', async () => {
    await open('a')
    page.select('a')
    page.type(' /list')
    const all = titles() ?? []
    page.press('ArrowUp')
    expect(chosen()).toBe(all.at(-1))
    page.press('ArrowDown')
    expect(chosen()).toBe(all[0])
    page.press('Tab')
    expect(page.lines()).toEqual([expect.stringMatching(/^(bullet|ordered|task) a $/)])
  })

  test('WAY-5: Escape closes it and leaves the text; so does a caret that leaves', async () => {
    await open('a', 'b')
    page.select('a')
    page.type(' /he')
    page.press('Escape')
    expect(titles()).toBeNull()
    page.type('a')
    expect(titles()).toBeNull()
    expect(page.lines()).toEqual(['p a /hea', 'p b'])
    page.type(' /he')
    page.select('b')
    expect(titles()).toBeNull()
  })

  test('is not there while nothing fits, and comes back when it does again', async () => {
    await open('a')
    page.select('a')
    page.type(' /headx')
    expect(titles()).toBeNull()
    page.press('Enter')
    expect(page.lines()).toHaveLength(2)
    page.select('a /headx')
    page.type(' /quotx')
    page.editor.view.dispatch(backspace())
    expect(chosen()).toBe('Quotation')
  })

  test('stays at its words while others write', async () => {
    await open('first', 'second')
    page.select('second')
    page.type(' /quo')
    main.change((doc) => write(doc, ['from bob']))
    main.change((doc) => doc.getXmlFragment('body').delete(0, 1))
    page.receive()
    expect(chosen()).toBe('Quotation')
    page.press('Enter')
    expect(page.lines()).toEqual(['quote second ', 'p from bob'])
  })

  test('a slash between two words of a sentence goes away by itself', async () => {
    await open('a')
    page.select('a')
    page.type(' / b')
    expect(titles()).toBeNull()
  })
})

function backspace() {
  const { tr, selection } = page.editor.view.state
  return tr.delete(selection.from - 1, selection.from)
}
