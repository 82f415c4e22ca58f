import { NodeSelection, TextSelection } from 'prosemirror-state'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { type CardPage, openCardPage } from '../testing/card-page.ts'
import { MemoryMain } from '../testing/memory-main.ts'
import { agrees, settle, write } from '../testing/open-page.ts'
import { drawFormula, loadFormulas } from './draw-formula.ts'
import { insertFormula } from './formulas.ts'

const open: CardPage[] = []

async function pageOf(...lines: string[]): Promise<{ main: MemoryMain; page: CardPage }> {
  const main = new MemoryMain()
  main.change((doc) => write(doc, lines))
  const page = await openCardPage(main)
  open.push(page)
  page.editor.view.focus()
  return { main, page }
}

beforeAll(async () => {
  await loadFormulas()
})

afterEach(async () => {
  for (const page of open.splice(0)) await page.close()
})

/** What is wrong with a formula, and what its element holds. */
function drawn(source: string): { mistake: string | null; element: HTMLElement } {
  const element = document.createElement('span')
  let mistake: string | null = null
  drawFormula(element, source, 'inline', (sentence) => {
    mistake = sentence
  })
  return { mistake, element }
}

/** The TeX of the formulas on a page. */
function sources({ editor: { view } }: CardPage): string[] {
  const found: string[] = []
  view.state.doc.descendants((node) => {
    if (node.type.name === 'math') found.push(node.textContent)
  })
  return found
}

test('MATH-1: dollar signs around TeX make a formula, and what follows it stays words', async () => {
  const { main, page } = await pageOf('')
  page.select('')
  page.type('so $x^2$, and $\\alpha_1$ is ($y$).')
  await settle()
  expect(sources(page)).toEqual(['x^2', '\\alpha_1', 'y'])
  expect(page.lines()).toEqual(['p so |{math}|, and |{math}| is (|{math}|).'])
  expect(page.editor.view.dom.querySelectorAll('.math .katex')).toHaveLength(3)
  expect(agrees(page, main)).toBe(true)
})

test.each(['$5 and $6 ', 'US$ and CA$ ', '$5/$6 ', '$ x$ ', '\\$x$ ', '$x $ ', '$$ '])(
  'MATH-1: “a %s” makes no formula',
  async (words) => {
    const { page } = await pageOf('')
    page.select('')
    page.type(`a ${words}`)
    expect(page.lines()).toEqual([`p a ${words}`])
  },
)

test('MATH-1: Backspace right after brings the typed signs back, and so does one undo', async () => {
  const { page } = await pageOf('')
  page.select('')
  page.type('so $x$ ')
  page.press('Backspace')
  expect(page.lines()).toEqual(['p so $x$ '])
  page.type('$y$ ')
  page.editor.undo()
  expect(page.lines()).toEqual(['p so $x$ $y$'])
})

test('MATH-2: two dollar signs make a formula of its own, drawn, whose TeX shows while the caret is there', async () => {
  const { main, page } = await pageOf('before', '', 'after')
  page.select('')
  page.type('$$\\frac12')
  await settle()
  const { view } = page.editor
  const block = view.dom.querySelector('[data-kind="math"]')
  expect(page.lines()).toEqual(['p before', 'math \\frac12', 'p after'])
  expect(block?.querySelector('.katex')).not.toBeNull()
  expect(block?.classList.contains('formula--open')).toBe(true)
  page.press('Escape')
  expect(block?.classList.contains('formula--open')).toBe(false)
  expect(view.state.selection.$from.parent.textContent).toBe('after')
  view.dom.querySelector<HTMLElement>('.formula__drawn')?.click()
  expect(view.state.selection.$from.parent.textContent).toBe('\\frac12')
  expect(agrees(page, main)).toBe(true)
})

test('MATH-2: two dollar signs behind the TeX end it', async () => {
  const { page } = await pageOf('')
  page.select('')
  page.type('$$x^2$$on')
  expect(page.lines()).toEqual(['math x^2', 'p on'])
})

test('MATH-6: arrows lead into a formula of its own and out of it, and Escape behind the last one makes a line', async () => {
  const { page } = await pageOf('before', '')
  page.select('')
  page.type('$$x')
  const { view } = page.editor
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 7)))
  page.press('ArrowRight')
  expect(view.state.selection.$from.parent.textContent).toBe('x')
  page.press('ArrowLeft')
  expect(view.state.selection.$from.parent.textContent).toBe('before')
  page.press('ArrowDown')
  expect(view.state.selection.$from.parent.textContent).toBe('x')
  page.press('Escape')
  page.type('on')
  expect(page.lines()).toEqual(['p before', 'math x', 'p on'])
})

test('MATH-6: a formula in a line is gone into, written and left by keyboard', async () => {
  const { page } = await pageOf('ab')
  page.select('ab', 1)
  const { view } = page.editor
  expect(insertFormula(view.state, view.dispatch)).toBe(true)
  expect(document.activeElement).toBe(page.field())
  page.type('x^2')
  page.pressIn('Enter')
  expect(page.field()).toBeNull()
  expect(view.state.selection.from).toBe(7)
  page.press('Backspace')
  expect(view.state.selection).toBeInstanceOf(NodeSelection)
  page.press('Enter')
  page.type('+1')
  expect(sources(page)).toEqual(['x^2+1'])
  page.pressIn('b', { ctrlKey: true, keyCode: 66 })
  page.type('2')
  expect(view.state.doc.nodeAt(2)?.firstChild?.marks).toEqual([])
  page.pressIn('Escape')
  page.type('!')
  expect(page.lines()).toEqual(['p a|{math}|!b'])
})

test('MATH-6: selected words become the TeX of a formula, and a formula stands in a note', async () => {
  const { page } = await pageOf('see x^2 here')
  page.select('see x^2 here', 4, 7)
  const { view } = page.editor
  insertFormula(view.state, view.dispatch)
  expect(sources(page)).toEqual(['x^2'])
  page.pressIn('Escape')
  page.type('[^1]')
  page.type('with $y$ ')
  expect(sources(page)).toEqual(['x^2', 'y'])
  expect(page.field()?.querySelector('.math .katex')).not.toBeNull()
})

test.each([
  ['\\foo', '“\\foo” is not a command Sheaf knows'],
  ['\\frac{1', 'A closing brace } is missing'],
  ['x}', 'There is a closing brace } too many'],
  ['x^', 'Something is missing behind “^”'],
  ['\\sqrt', 'Something is missing behind “\\sqrt”'],
  ['\\left( x', '\\left and \\right have to come in pairs'],
  ['\\right)', '\\left and \\right have to come in pairs'],
  ['\\begin{foo}', 'There is no environment “foo”'],
  ['x^2^3', 'Two raised or two lowered parts stand at one place: put braces around them'],
  ['$x$', 'No dollar signs are needed here'],
  ['a & b', '“&” can’t stand here'],
  ['\\rule{1}{2}', 'This is not understood: “{1}{2}”'],
])('MATH-3: of “%s” it says what is wrong, and shows the TeX', (source, sentence) => {
  const { mistake, element } = drawn(source)
  expect(mistake).toBe(sentence)
  expect(element.textContent).toBe(source)
})

test('MATH-4: a formula runs nothing, loads nothing, leads nowhere and ends', () => {
  const sources = [
    '\\href{javascript:alert(1)}{x}',
    '\\url{https://example.org}',
    '\\includegraphics{https://example.org/x.png}',
    '\\htmlStyle{background: url(https://example.org)}{x}',
    '\\htmlData{a=1}{<img src=x onerror=alert(1)>}',
    '\\text{<script>alert(1)</script>}',
  ]
  for (const source of sources) {
    const { element } = drawn(source)
    expect(element.querySelectorAll('a, img, script, [href], [src], [onerror], [data-a]')).toHaveLength(0)
    for (const styled of element.querySelectorAll('[style]')) expect(styled.getAttribute('style')).not.toContain('url(')
  }
  expect(drawn('\\def\\a{\\a\\a}\\a').mistake).toBe('This formula is too long to be drawn')
  expect(drawn('x'.repeat(6000)).mistake).toBe('This formula is too long to be drawn')
  expect(drawn('\\gdef\\b{z}\\b').mistake).toBeNull()
  expect(drawn('\\b x').element.textContent).not.toContain('z')
})

test('MATH-5: screen readers get a name and MathML', async () => {
  const { page } = await pageOf('')
  page.select('')
  page.type('so $x^2$ and $\\foo$ ')
  const [right, wrong] = [...page.editor.view.dom.querySelectorAll('.math')]
  expect(right?.getAttribute('aria-label')).toBe('Formula')
  expect(right?.querySelector('math msup')).not.toBeNull()
  expect(right?.querySelector('.katex-html')?.getAttribute('aria-hidden')).toBe('true')
  expect(wrong?.getAttribute('aria-label')).toBe('Formula with a mistake: \\foo')
  expect(wrong?.getAttribute('title')).toBe('“\\foo” is not a command Sheaf knows')
})
