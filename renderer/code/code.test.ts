import { TextSelection } from 'prosemirror-state'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readShape } from '../../shared/document/document-shape.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, type OpenPage, openPage, settle, write } from '../testing/open-page.ts'
import { codeSpans } from './code-grammars.ts'
import { CODE_LANGUAGES, codeLanguage } from './code-languages.ts'
import { loadGrammars } from './code-colors.ts'
import { setLanguageAt } from './edit-code.ts'

let main: MemoryMain
let page: OpenPage

async function open(...lines: string[]): Promise<void> {
  main.change((doc) => write(doc, lines))
  page = await openPage(main)
}

function looks(look: string): HTMLElement[] {
  return [...page.editor.view.dom.querySelectorAll<HTMLElement>(`.${look}`)]
}

function speak(language: string): void {
  const { view } = page.editor
  setLanguageAt(0, language)(view.state, view.dispatch)
}

beforeEach(() => {
  main = new MemoryMain()
})

afterEach(async () => {
  await settle()
  expect(agrees(page, main)).toBe(true)
  expect(page.window.rebuilds).toEqual([])
  await page.close()
})

describe('colours', () => {
  test('BLOCK-21: code is coloured in its language, and follows what is typed', async () => {
    await loadGrammars()
    await open('code let a = 1')
    expect(looks('hljs-keyword')).toEqual([])
    speak('typescript')
    expect(looks('hljs-keyword').map(({ textContent }) => textContent)).toEqual(['let'])
    page.select('let a = 1')
    page.type('2')
    expect(looks('hljs-number').map(({ textContent }) => textContent)).toEqual(['12'])
    speak('')
    expect(looks('hljs-keyword')).toEqual([])
  })

  test('BLOCK-21: a key elsewhere draws no code anew, and neither does what others write there', async () => {
    await loadGrammars()
    await open('code let a = 1', 'words')
    speak('javascript')
    const [drawn] = looks('hljs-keyword')
    page.select('words')
    page.type('!')
    expect(looks('hljs-keyword')).toEqual([drawn])
    const bob = await openPage(main)
    bob.select('words!')
    bob.type('?')
    await settle()
    page.receive()
    expect(looks('hljs-keyword').map(({ textContent }) => textContent)).toEqual(['let'])
    await bob.close()
  })

  test('opening a page with code writes nothing', async () => {
    await open('code let a = 1')
    speak('rust')
    await settle()
    const saved = main.saved.length
    const bob = await openPage(main)
    await loadGrammars()
    await settle()
    expect(main.saved).toHaveLength(saved)
    await bob.close()
  })

  test('every offered language has a grammar, and its names are its own', async () => {
    await open('')
    const names = CODE_LANGUAGES.flatMap(({ id, also = [] }) => [id, ...also])
    expect(new Set(names).size).toBe(names.length)
    for (const { id } of CODE_LANGUAGES) expect(() => codeSpans(id, 'x = "y" # 1')).not.toThrow()
    expect(codeLanguage('TS title="a b"')?.id).toBe('typescript')
    expect(codeLanguage('brainfuck')).toBe(null)
  })
})

describe('keys in code', () => {
  test('BLOCK-22: Enter keeps the indentation, Tab indents as the code does, Mod-Enter leaves', async () => {
    await open('code if a:\n  b')
    page.select('if a:\n  b')
    page.type('\nc')
    expect(page.lines()).toEqual(['code if a:\n  b\n  c'])
    page.press('Tab')
    expect(page.lines()).toEqual(['code if a:\n  b\n  c  '])
    page.press('Mod-Enter')
    page.type('after')
    expect(page.lines()).toEqual(['code if a:\n  b\n  c  ', 'p after'])
  })

  test('BLOCK-22: Tab and Shift-Tab shift all selected lines and nothing else', async () => {
    await open('code a\nb\nc')
    const { view } = page.editor
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 1, 4)))
    page.press('Tab')
    expect(page.lines()).toEqual(['code \ta\n\tb\nc'])
    page.press('Shift-Tab')
    page.press('Shift-Tab')
    expect(page.lines()).toEqual(['code a\nb\nc'])
    expect(view.state.doc.textBetween(view.state.selection.from, view.state.selection.to)).toBe('a\nb')
  })

  test('BLOCK-23: a language this version does not know is kept and offered', async () => {
    await open('code x')
    speak('brainfuck')
    const picker = page.editor.view.dom.querySelector('select')
    expect(picker?.value).toBe('brainfuck')
    picker?.dispatchEvent(new FocusEvent('focus'))
    expect(picker?.value).toBe('brainfuck')
    if (picker) picker.value = 'python'
    picker?.dispatchEvent(new Event('change'))
    expect(readShape(main.doc).content).toMatchObject([{ attributes: { lang: 'python' } }])
  })
})
