import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readShape } from '../../shared/document/document-shape.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import type { PageActionId } from './actions/page-action.ts'
import { pageAction } from './actions/page-actions.ts'
import { silentServices } from '../testing/silent-services.ts'

let main: MemoryMain
let page: OpenPage

async function open(...lines: string[]): Promise<void> {
  main.change((doc) => write(doc, lines))
  page = await openPage(main)
}

function act(id: PageActionId): boolean {
  const { view } = page.editor
  return pageAction(id).command(view.state.schema, silentServices)(view.state, view.dispatch, view)
}

function attributes(): unknown[] {
  return readShape(main.doc).content.map((node) => ('attributes' in node ? node.attributes : null))
}

beforeEach(() => {
  main = new MemoryMain()
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  await page.close()
})

describe('lines', () => {
  test('BLOCK-1: alignment and direction are set on every selected block, and taken back', async () => {
    await open('one', 'h2 two', 'code three')
    page.press('Mod-a')
    page.press('Mod-Shift-e')
    act('text.directionRtl')
    expect(attributes()).toEqual([
      { align: 'center', dir: 'rtl' },
      { kind: 'h2', align: 'center', dir: 'rtl' },
      { kind: 'code' },
    ])
    page.press('Mod-Shift-l')
    act('text.directionAuto')
    expect(attributes()).toEqual([{}, { kind: 'h2' }, { kind: 'code' }])
  })

  test('BLOCK-2: a callout has a tone, which the next line takes over', async () => {
    await open('bullet:2 one')
    page.select('one')
    act('text.tone.tip')
    page.type('\ntwo')
    expect(attributes()).toEqual([
      { kind: 'callout', tone: 'tip' },
      { kind: 'callout', tone: 'tip' },
    ])
    act('text.tone.note')
    expect(attributes()[1]).toEqual({ kind: 'callout' })
    page.type('\n\n')
    expect(page.lines()).toEqual(['callout one', 'callout two', 'p '])
  })

  test('a heading of any level is followed by a paragraph', async () => {
    await open('')
    page.select('')
    page.type('##### deep\ntext')
    expect(page.lines()).toEqual(['h5 deep', 'p text'])
  })
})

describe('marks', () => {
  test.each([
    ['Mod-u', 'underline'],
    ['Mod-.', 'superscript'],
    ['Mod-Shift-.', 'subscript'],
    ['Mod-Shift-h', 'highlight'],
  ])('BLOCK-3: %s sets %s on the selected words and takes it off again', async (keys, mark) => {
    await open('a word')
    page.select('a word', 2, 6)
    page.press(keys)
    expect(page.lines()).toEqual([`p a |<${mark}>word`])
    page.press(keys)
    expect(page.lines()).toEqual(['p a word'])
  })

  test('BLOCK-3: a second colour replaces the first', async () => {
    await open('word')
    page.select('word', 0, 4)
    act('text.highlight.green')
    act('text.highlight.blue')
    const { doc } = page.editor.view.state
    expect(doc.firstChild?.firstChild?.marks.map(({ attrs }) => attrs['color'])).toEqual(['blue'])
    act('text.highlight.blue')
    expect(page.lines()).toEqual(['p word'])
  })

  test('BLOCK-3: superscript takes the place of subscript, also in what is saved', async () => {
    await open('word')
    page.select('word', 0, 4)
    page.press('Mod-Shift-.')
    page.press('Mod-.')
    expect(page.lines()).toEqual(['p <superscript>word'])
  })

  test('BLOCK-4: formatting never reaches into code', async () => {
    await open('code word')
    page.select('word', 0, 4)
    page.press('Mod-b')
    page.press('Mod-Shift-h')
    expect(page.lines()).toEqual(['code word'])
  })

  test('cleared formatting leaves links', async () => {
    await open('a')
    page.select('a')
    page.type(' [word](https://a.example) **bold** ==mark==')
    page.press('Mod-a')
    act('text.clearMarks')
    expect(page.lines()).toEqual(['p a |<link>word| bold mark'])
  })
})
