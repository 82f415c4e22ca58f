import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryShape } from '../../shared/document/arbitrary-shape.ts'
import { blockKind, isVerbatim } from '../../shared/document/block-kinds.ts'
import { heldDepths } from '../../shared/document/block-tree.ts'
import type { DocumentShape, NodeShape, TextShape } from '../../shared/document/document-shape.ts'
import { withBreaks } from '../../shared/document/markdown/inline-form.ts'
import { shapeToHtml } from '../../shared/document/shape-to-html.ts'
import { htmlToShape } from './import-html.ts'

const t = (text: string, marks: TextShape['marks'] = {}): TextShape => ({ text, marks })
const p = (...content: (string | TextShape | NodeShape)[]): NodeShape => block({}, ...content)
const block = (attributes: NodeShape['attributes'], ...content: (string | TextShape | NodeShape)[]): NodeShape => ({
  node: 'block',
  attributes,
  content: content.map((part) => (typeof part === 'string' ? t(part) : part)),
})
const br: NodeShape = { node: 'hard_break', attributes: {}, content: [] }

/** What a page of ours holds of a document: all but depths without an item to stand in. */
function held(shape: DocumentShape): DocumentShape {
  const depths = heldDepths(shape.content)
  return {
    title: shape.title,
    content: shape.content.map((node, index) => {
      const { depth: _, ...attributes } = node.attributes
      const depth = depths[index] ?? 0
      return {
        ...node,
        attributes: depth > 0 ? { ...attributes, depth } : attributes,
        content: isVerbatim(blockKind(attributes['kind'])) ? node.content : withBreaks(node.content),
      }
    }),
  }
}

describe('a document as HTML', () => {
  it('CLI-11: reads its own pages back with every space, mark and list', () => {
    fc.assert(
      fc.property(arbitraryShape, (shape) => {
        expect(htmlToShape(shapeToHtml(shape).html)).toEqual({ shape: held(shape), losses: [] })
      }),
      { numRuns: 500 },
    )
  })

  it('CLI-12: writes a page in which nothing can run, whatever the document says', () => {
    const shape: DocumentShape = {
      title: '</title><script>alert(1)</script>',
      content: [
        p('<img src=x onerror=alert(1)>', t('x', { link: { href: 'javascript:alert(1)' } })),
        block({ align: '"><script>', lang: '"><script>' }, 'y'),
        block({ kind: 'code', lang: '"><script>' }, '</pre><script>'),
      ],
    }
    const { html, losses } = shapeToHtml(shape)
    expect(html).not.toMatch(/<script|<img|javascript:/)
    expect(losses).toContain('a link with an address that can not be followed (1)')
  })

  it('nests lists as lists', () => {
    const shape: DocumentShape = {
      title: '',
      content: [
        block({ kind: 'bullet' }, 'a'),
        block({ kind: 'ordered', depth: 1 }, 'b'),
        block({ kind: 'task', checked: true }, 'c'),
      ],
    }
    expect(shapeToHtml(shape).html).toContain(
      '<ul>\n<li>a<ol>\n<li>b</li>\n</ol></li>\n<li class="task"><input type="checkbox" disabled checked>c</li>\n</ul>',
    )
  })
})

describe('HTML from elsewhere', () => {
  const read = (html: string): DocumentShape => htmlToShape(html).shape

  it('reads the spaces a browser would show', () => {
    expect(read('<p>\n  one\n  <b>two </b> three </p>\n\n<p>four<br> five<br></p>')).toEqual({
      title: '',
      content: [p('one ', t('two ', { bold: {} }), 'three'), p('four', br, 'five')],
    })
  })

  it('takes a lone first heading for the title', () => {
    expect(read('<title>Site</title><h1>T</h1><h2>A</h2>')).toEqual({
      title: 'T',
      content: [block({ kind: 'h1' }, 'A')],
    })
    expect(read('<title>Site</title><h1>A</h1><h1>B</h1>')).toEqual({
      title: 'Site',
      content: [block({ kind: 'h1' }, 'A'), block({ kind: 'h1' }, 'B')],
    })
  })

  it('reads nested lists, quotes, code and rules', () => {
    const html =
      '<ul><li><p>a</p><p>a2</p><ol><li>b</li></ol></li><li>c</li></ul><blockquote>q<p>r</p></blockquote>' +
      '<hr><pre><code class="language-ts">\nx\ny\n</code></pre>'
    expect(read(html)).toEqual({
      title: '',
      content: [
        block({ kind: 'bullet' }, 'a'),
        block({ depth: 1 }, 'a2'),
        block({ kind: 'ordered', depth: 1 }, 'b'),
        block({ kind: 'bullet' }, 'c'),
        block({ kind: 'quote' }, 'q'),
        block({ kind: 'quote' }, 'r'),
        { node: 'divider', attributes: {}, content: [] },
        block({ kind: 'code', lang: 'ts' }, '\nx\ny'),
      ],
    })
  })

  it('leaves scripts, styles and dangerous addresses out', () => {
    expect(
      read('<script>x</script><style>y</style><p>a<a href="javascript:b()">b</a><svg><text>c</text></svg></p>'),
    ).toEqual({
      title: '',
      content: [p('ab')],
    })
  })

  it('MD-5: reads tables, joined cells filled up, with the blocks of a cell as its lines', () => {
    const { shape, losses } = htmlToShape(
      '<table><thead><tr><th>a<th colspan="2" align="right">b</thead><tr><td><p>1</p><p>2</p><td>3<td><b>4</b></table>',
    )
    const cell = (...content: (string | TextShape | NodeShape)[]): NodeShape => ({
      ...p(...content),
      node: 'table_cell',
    })
    const row = (...content: NodeShape[]): NodeShape => ({ node: 'table_row', attributes: {}, content })
    expect(shape.content).toEqual([
      {
        node: 'table',
        attributes: { header: true },
        content: [
          row(cell('a'), { ...cell('b'), attributes: { align: 'end' } }, cell()),
          row(cell('1', br, '2'), cell('3'), cell(t('4', { bold: {} }))),
        ],
      },
    ])
    expect(losses).toEqual(['cells of a table that were joined (1)'])
  })

  it('MD-5: reads underlined, raised, lowered and marked words, and footnotes as other programs write them', () => {
    const html =
      '<p><u>a</u><sup>b</sup><sub>c</sub><mark>d</mark>e<a href="#fn1" role="doc-noteref"><sup>1</sup></a></p>' +
      '<section role="doc-endnotes"><ol><li id="fn1"><p>note<a href="#fnref1" role="doc-backlink">back</a></p></li></ol></section>'
    expect(read(html).content).toEqual([
      p(
        t('a', { underline: {} }),
        t('b', { superscript: {} }),
        t('c', { subscript: {} }),
        t('d', { highlight: {} }),
        'e',
        { node: 'footnote', attributes: {}, content: [t('note')] },
      ),
    ])
  })

  it('keeps the empty paragraphs that word processors write', () => {
    expect(read('<p>a</p><p><br></p><p>&nbsp;</p><p></p><p>b</p>').content).toEqual([p('a'), p(), p(), p('b')])
  })

  it('reads formatting from styles, as Google Docs writes it', () => {
    const html =
      '<b style="font-weight:normal"><p><span style="font-weight:700">a</span><span style="font-style:italic">b</span></p></b>'
    expect(read(html).content).toEqual([p(t('a', { bold: {} }), t('b', { italic: {} }))])
  })
})
