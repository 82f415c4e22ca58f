import commonmark from 'commonmark-spec'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryStrangeShape } from '../arbitrary-shape.ts'
import type { DocumentShape, NodeShape, TextShape } from '../document-shape.ts'
import { markdownForm } from './markdown-form.ts'
import { markdownToShape } from './markdown-to-shape.ts'
import { shapeToMarkdown } from './shape-to-markdown.ts'

const t = (text: string, marks: TextShape['marks'] = {}): TextShape => ({ text, marks })
const p = (...content: (string | TextShape | NodeShape)[]): NodeShape => block({}, ...content)
const block = (attributes: NodeShape['attributes'], ...content: (string | TextShape | NodeShape)[]): NodeShape => ({
  node: 'block',
  attributes,
  content: content.map((part) => (typeof part === 'string' ? t(part) : part)),
})
const br: NodeShape = { node: 'hard_break', attributes: {}, content: [] }
const divider: NodeShape = { node: 'divider', attributes: {}, content: [] }
const doc = (title: string, ...content: NodeShape[]): DocumentShape => ({ title, content })

describe('a document as Markdown', () => {
  it('CLI-10: reads back everything Markdown can hold, whatever the words are', () => {
    fc.assert(
      fc.property(arbitraryStrangeShape, (shape) => {
        const { markdown } = shapeToMarkdown(shape)
        expect(markdownToShape(markdown).shape).toEqual(markdownForm(shape).shape)
      }),
      { numRuns: 500 },
    )
  })

  it('writes the title as the first line and headings below it', () => {
    const shape = doc('A title', block({ kind: 'h1' }, 'One'), p('Words.'), block({ kind: 'h3' }, 'Three'))
    expect(shapeToMarkdown(shape)).toEqual({
      markdown: '# A title\n\n## One\n\nWords.\n\n#### Three\n',
      losses: [],
    })
  })

  it('keeps an untitled document untitled, also when it begins with a heading', () => {
    const shape = doc('', block({ kind: 'h1' }, 'One'), p('Words.'))
    const { markdown } = shapeToMarkdown(shape)
    expect(markdown).toBe('## One\n\nWords.\n')
    expect(markdownToShape(markdown).shape).toEqual(shape)
  })

  it('nests lists by depth and numbers them', () => {
    const shape = doc(
      '',
      block({ kind: 'ordered' }, 'one'),
      block({ kind: 'ordered' }, 'two'),
      block({ kind: 'bullet', depth: 1 }, 'under two'),
      block({ kind: 'task', depth: 1, checked: true }, 'done'),
      block({ kind: 'task', depth: 1 }, 'to do'),
      block({ depth: 1 }, 'more on two'),
      block({ kind: 'ordered' }, 'three'),
    )
    const { markdown } = shapeToMarkdown(shape)
    expect(markdown).toBe('1. one\n2. two\n   - under two\n   - [x] done\n   - [ ] to do\n\n   more on two\n3. three\n')
    expect(markdownToShape(markdown).shape).toEqual(shape)
  })

  it('holds empty blocks, list items indented twice, and quotes side by side', () => {
    const shape = doc(
      'T',
      p(),
      block({ kind: 'bullet' }, 'a'),
      block({ kind: 'bullet', depth: 3 }, 'deep'),
      block({ kind: 'quote' }, 'q'),
      block({ kind: 'quote' }),
      divider,
      p('a', br),
    )
    const { markdown } = shapeToMarkdown(shape)
    expect(markdown).toBe('# T\n\n&nbsp;\n\n- a\n  - - - deep\n\n> q\n>\n> &nbsp;\n\n***\n\na<br>\n')
    expect(markdownToShape(markdown).shape).toEqual(shape)
  })

  it('writes marks without escapes where the words allow it', () => {
    const shape = doc(
      '',
      p('plain ', t('bold ', { bold: {} }), t('both', { bold: {}, italic: {} }), ' and ', t('x`y', { code: {} })),
      p(t('https://example.org/a', { link: { href: 'https://example.org/a' } }), ', see https://example.org/b'),
      p(t('here', { link: { href: 'https://example.org/(a)', title: 'T' } })),
    )
    const { markdown } = shapeToMarkdown(shape)
    expect(markdown.split('\n\n')).toEqual([
      'plain **bold _both_** and ``x`y``',
      '<https://example.org/a>, see https://example.org/b',
      '[here](https://example.org/\\(a\\) "T")\n',
    ])
    expect(markdownToShape(markdown).shape).toEqual(shape)
  })

  it('says what it could not hold, and keeps the words', () => {
    const board: NodeShape = { node: 'board', attributes: {}, content: [p('cell one'), p('cell two')] }
    const shape = doc('', board, block({ align: 'center' }, 'middle'), block({ align: 'right' }, t('x', { glow: {} })))
    expect(shapeToMarkdown(shape)).toEqual({
      markdown: 'cell one\\\ncell two\n\nmiddle\n\nx\n',
      losses: ['a block of an unknown kind, written as its words (1)', 'text alignment (2)', 'unknown formatting (1)'],
    })
  })
})

describe('Markdown and what writers use', () => {
  const cell = (attributes: NodeShape['attributes'], ...content: (string | TextShape | NodeShape)[]): NodeShape => ({
    ...block(attributes, ...content),
    node: 'table_cell',
  })
  const row = (...content: NodeShape[]): NodeShape => ({ node: 'table_row', attributes: {}, content })
  const inline = (node: string, text: string): NodeShape => ({ node, attributes: {}, content: [t(text)] })
  const name = 'ab'.repeat(32)

  it.each<[string, NodeShape[], string]>([
    [
      'callouts as alerts',
      [
        block({ kind: 'callout' }, 'one'),
        block({ kind: 'callout' }, 'two'),
        block({ kind: 'callout', tone: 'tip' }, 'x'),
      ],
      '> [!NOTE]\n> one\n>\n> two\n\n> [!TIP]\n> x\n',
    ],
    [
      'tables with headings and columns set to the end',
      [
        {
          node: 'table',
          attributes: { header: true },
          content: [row(cell({}, 'a'), cell({ align: 'end' }, 'b')), row(cell({}, '1|2'), cell({}, '3', br, '4'))],
        },
      ],
      '| a | b |\n| - | -: |\n| 1\\|2 | 3<br>4 |\n',
    ],
    [
      'tables without headings',
      [{ node: 'table', attributes: {}, content: [row(cell({}, 'a'), cell({}))] }],
      '| | |\n| - | - |\n| a | |\n',
    ],
    ['footnotes at the end', [p('word', inline('footnote', 'the note'), '.')], 'word[^1].\n\n[^1]: the note\n'],
    [
      'formulas between dollar signs, and money as money',
      [p(inline('math', 'x^2'), ' costs $5 or $6'), block({ kind: 'math' }, '\\sum_i\nx_i')],
      '$x^2$ costs \\$5 or \\$6\n\n$$\n\\sum_i\nx_i\n$$\n',
    ],
    [
      'formatting without signs as tags',
      [p(t('a', { highlight: {} }), t('b', { highlight: { color: 'green' } }), t('c', { underline: {}, bold: {} }))],
      '<mark>a</mark><mark class="green">b</mark><u>**c**</u>\n',
    ],
    [
      'pictures with their description and caption',
      [{ node: 'image', attributes: { blob: name, alt: 'A bridge' }, content: [t('In May')] }],
      `![A bridge](sheaf-picture:${name} "In May")\n`,
    ],
    [
      'mentions of documents by their id',
      [p('see ', { node: 'mention', attributes: { document: name, label: 'Trip' }, content: [] })],
      `see [Trip](sheaf:${name})\n`,
    ],
  ])('MD-1: writes and reads %s', (_what, content, markdown) => {
    expect(shapeToMarkdown(doc('', ...content)).markdown).toBe(markdown)
    expect(markdownToShape(markdown)).toEqual({ shape: doc('', ...content), losses: [] })
  })

  it('MD-2: takes prose with dollar signs for prose', () => {
    expect(markdownToShape('It costs $5 and $6, or US$7$8.').shape).toEqual(
      doc('', p('It costs $5 and $6, or US$7$8.')),
    )
  })

  it('MD-3: keeps a footnote that nothing refers to, and says so', () => {
    const { shape, losses } = markdownToShape('words\n\n[^a]: left behind\n')
    expect(shape).toEqual(doc('', p('words'), p('left behind')))
    expect(losses).toEqual(['a footnote that nothing refers to, kept as a paragraph (1)'])
  })

  it('MD-4: of every example of CommonMark, writing what was read and reading it again gives the same document', () => {
    expect(commonmark.tests.length).toBeGreaterThan(600)
    for (const { markdown, number } of commonmark.tests) {
      const once = markdownForm(markdownToShape(markdown.replaceAll('→', '\t')).shape).shape
      expect(markdownToShape(shapeToMarkdown(once).markdown).shape, `example ${number}`).toEqual(once)
    }
  })
})

describe('Markdown from elsewhere', () => {
  const read = (markdown: string): DocumentShape => markdownToShape(markdown).shape

  it('takes a lone first heading for the title, and none when there are several', () => {
    expect(read('Title\n=====\n\n## A\n\n### B\n')).toEqual(
      doc('Title', block({ kind: 'h1' }, 'A'), block({ kind: 'h2' }, 'B')),
    )
    expect(read('# A\n\n# B\n\n## C\n')).toEqual(
      doc('', block({ kind: 'h1' }, 'A'), block({ kind: 'h1' }, 'B'), block({ kind: 'h2' }, 'C')),
    )
    expect(read('words\n\n# A\n')).toEqual(doc('', p('words'), block({ kind: 'h1' }, 'A')))
  })

  it('joins lines that an editor wrapped', () => {
    expect(read('one\ntwo\n\n漢\n字\n')).toEqual(doc('', p('one two'), p('漢字')))
  })

  it('takes the title out of front matter', () => {
    const { shape, losses } = markdownToShape('---\ntitle: "Night"\ntags: [a]\n---\nIt began.\n')
    expect(shape).toEqual(doc('Night', p('It began.')))
    expect(losses).toEqual(['front matter (1)'])
  })

  it('follows link definitions and leaves out addresses that are never followed', () => {
    const { shape, losses } = markdownToShape(
      '[a][x] [b](javascript:alert(1)) [c](other.md)\n\n[x]: https://example.org "T"\n',
    )
    expect(shape).toEqual(
      doc(
        '',
        p(t('a', { link: { href: 'https://example.org', title: 'T' } }), ' b ', t('c', { link: { href: 'other.md' } })),
      ),
    )
    expect(losses).toEqual(['a link with an address that can not be followed (1)'])
  })

  it('keeps the words of pictures from elsewhere and of HTML, and says so', () => {
    const { shape, losses } = markdownToShape('![alt](https://example.org/p.png)\n\n<center>x</center>\n')
    expect(shape).toEqual(
      doc('', p(t('alt', { link: { href: 'https://example.org/p.png' } })), p('<center>x</center>')),
    )
    expect(losses).toHaveLength(2)
  })

  it('reads several paragraphs and a code block of one list item', () => {
    expect(read('- a\n\n  b\n\n  ```ts\n  x\n  y\n  ```\n- c\n')).toEqual(
      doc(
        '',
        block({ kind: 'bullet' }, 'a'),
        block({ depth: 1 }, 'b'),
        block({ kind: 'code', depth: 1, lang: 'ts' }, 'x\ny'),
        block({ kind: 'bullet' }, 'c'),
      ),
    )
  })
})
