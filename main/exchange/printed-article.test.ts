import { expect, test } from 'vitest'
import type { NodeShape } from '../../shared/document/document-shape.ts'
import { textLosses } from '../../shared/document/text-losses.ts'
import { printedArticle } from './printed-article.ts'

const words = (text: string, marks = {}) => ({ text, marks })
const block = (attributes: object, ...content: NodeShape['content'][number][]): NodeShape => ({
  node: 'block',
  attributes: { ...attributes },
  content,
})
const mention: NodeShape = { node: 'mention', attributes: { document: 'd'.repeat(64), label: 'Frost' }, content: [] }

test('EXPORT-4: what paper can not hold of a document is counted, and only that', () => {
  const plain = { title: 'T', content: [block({ kind: 'h1' }, words('One')), block({}, words('two', { bold: {} }))] }
  expect(printedArticle(plain).losses).toEqual([])
  const rich = { title: '', content: [block({}, words('see '), mention), block({ kind: 'math' }, words('\\nothing'))] }
  const { html, losses, title } = printedArticle(rich)
  expect(losses).toEqual(['a link to another document, written as its title (1)', 'a formula, written as its TeX (1)'])
  expect(html).toContain('<p>see Frost</p>')
  expect(html).not.toContain('sheaf:')
  expect(title).toBe('see Frost')
})

test('EXPORT-4: a picture whose bytes are not there is said, and one that is there is not', () => {
  const image = (blob: string): NodeShape => ({ node: 'image', attributes: { blob, alt: 'A boat' }, content: [] })
  const [here, gone] = ['a'.repeat(64), 'b'.repeat(64)]
  const shape = { title: 'T', content: [image(here), image(gone)] }
  const { html, losses } = printedArticle(shape, (name) => (name === here ? './image/a' : null))
  expect(losses).toEqual(['a picture that is not there, written as its words (1)'])
  expect(html).toContain('src="./image/a"')
})

test('PRINT-9: formulas are drawn, and what can not be is its TeX', () => {
  const line: NodeShape = { node: 'math', attributes: {}, content: [words('a^2')] }
  const content = [block({}, words('area '), line), block({ kind: 'math' }, words('\\frac{1}{2} <b>'))]
  const { html, losses } = printedArticle({ title: 'T', content })
  expect(html.match(/<(?:span|div) class="math" role="math" aria-label="[^"]*"><span class="katex/g)).toHaveLength(2)
  expect(html).toContain('aria-label="\\frac{1}{2} &lt;b&gt;"')
  expect(html).not.toContain('<b>')
  expect(losses).toEqual([])
  const hostile = printedArticle({ title: '', content: [block({ kind: 'math' }, words('\\href{javascript:x}{y}'))] })
  expect(hostile.html).not.toMatch(/<a |href=/)
})

test('PRINT-4: the first row of a table aligns its columns', () => {
  const cell = (text: string, attributes = {}): NodeShape => ({
    node: 'table_cell',
    attributes,
    content: [words(text)],
  })
  const row = (...cells: NodeShape[]): NodeShape => ({ node: 'table_row', attributes: {}, content: cells })
  const table = {
    node: 'table',
    attributes: { header: true },
    content: [row(cell('m'), cell('h', { align: 'end' })), row(cell('May'), cell('12'))],
  }
  const { html } = printedArticle({ title: 'T', content: [table] })
  expect(html).toContain('<thead><tr><th>m</th><th style="text-align: end">h</th></tr></thead>')
  expect(html).toContain('<td>May</td><td style="text-align: end">12</td>')
})

test('EXPORT-4: what plain text can not hold of a document is counted, and only that', () => {
  expect(
    textLosses({ title: 'T', content: [block({}, words('bare')), block({ kind: 'bullet' }, words('item'))] }),
  ).toEqual([])
  const footnote: NodeShape = { node: 'footnote', attributes: {}, content: [words('note', { italic: {} })] }
  const content = [
    block({ kind: 'h2' }, words('H')),
    block({ align: 'center' }, words('b', { bold: {}, link: { href: 'https://e.org' } }), footnote, mention),
    block({ kind: 'code' }, words('c')),
    { node: 'image', attributes: {}, content: [] },
  ]
  expect(textLosses({ title: 'T', content })).toEqual([
    'a heading, written as an ordinary line (1)',
    'text alignment (1)',
    'the address of a link (1)',
    'bold, italic and other formatting (2)',
    'a footnote, written in brackets (1)',
    'a link to another document, written as its title (1)',
    'a code block, written as ordinary lines (1)',
    'a picture, written as its words (1)',
  ])
})
