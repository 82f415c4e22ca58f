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
      { numRuns: 400 },
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
    const table: NodeShape = { node: 'table', attributes: {}, content: [p('cell one'), p('cell two')] }
    const shape = doc('', table, block({ align: 'center' }, 'middle'), block({ align: 'right' }, t('x', { glow: {} })))
    expect(shapeToMarkdown(shape)).toEqual({
      markdown: 'cell one\\\ncell two\n\nmiddle\n\nx\n',
      losses: ['a block of an unknown kind, written as its words (1)', 'text alignment (2)', 'unknown formatting (1)'],
    })
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

  it('keeps the words of tables, pictures and HTML, and says so', () => {
    const { shape, losses } = markdownToShape(
      '| a | b |\n| - | - |\n| 1 | 2 |\n\n![alt](https://example.org/p.png)\n\n<b>x</b>\n',
    )
    expect(shape).toEqual(
      doc('', p('a | b'), p('1 | 2'), p(t('alt', { link: { href: 'https://example.org/p.png' } })), p('<b>x</b>')),
    )
    expect(losses).toHaveLength(3)
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
