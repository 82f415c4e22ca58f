import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryStrangeShape } from './arbitrary-shape.ts'
import { carryOver } from './carry-over.ts'
import type { DocumentShape, NodeShape, TextShape } from './document-shape.ts'
import { markdownToShape } from './markdown/markdown-to-shape.ts'
import { shapeToMarkdown } from './markdown/shape-to-markdown.ts'

const t = (text: string, marks: TextShape['marks'] = {}): TextShape => ({ text, marks })
const block = (attributes: NodeShape['attributes'], ...content: (string | TextShape | NodeShape)[]): NodeShape => ({
  node: 'block',
  attributes,
  content: content.map((part) => (typeof part === 'string' ? t(part) : part)),
})
const doc = (...content: NodeShape[]): DocumentShape => ({ title: 'T', content })

/** Exports, edits the Markdown, and reads what the document is to become. */
function edit(shape: DocumentShape, change: (markdown: string) => string): ReturnType<typeof carryOver> {
  const { markdown } = shapeToMarkdown(shape)
  return carryOver(shape, markdownToShape(markdown).shape, markdownToShape(change(markdown)).shape)
}

describe('an edited export', () => {
  it('CLI-24: changes nothing when nobody edited it, whatever the format could not hold', () => {
    fc.assert(
      fc.property(arbitraryStrangeShape, (shape) => {
        expect(edit(shape, (markdown) => markdown)).toEqual({ shape, losses: [] })
      }),
      { numRuns: 300 },
    )
  })

  it('keeps alignment and unknown marks of a paragraph whose words were edited', () => {
    const shape = doc(block({ align: 'center' }, 'one ', t('two ', { bold: {}, glow: { by: 'x' } }), 'three'))
    expect(edit(shape, (markdown) => markdown.replace('one', 'a single one')).shape).toEqual(
      doc(block({ align: 'center' }, 'a single one ', t('two ', { bold: {}, glow: { by: 'x' } }), 'three')),
    )
  })

  it('takes formatting off where the edit did', () => {
    const shape = doc(block({}, t('two', { bold: {}, glow: {} }), ' three'))
    expect(edit(shape, (markdown) => markdown.replaceAll('**', '')).shape).toEqual(
      doc(block({}, t('two', { glow: {} }), ' three')),
    )
  })

  it('leaves a block of an unknown kind as it is, and says so', () => {
    const board: NodeShape = { node: 'board', attributes: {}, content: [block({}, 'cell one')] }
    const shape = doc(board, block({}, 'after'))
    const { shape: edited, losses } = edit(shape, (markdown) => markdown.replace('one', 'two').replace('after', 'then'))
    expect(edited).toEqual(doc(board, block({}, 'then')))
    expect(losses).toEqual(['an edit in a block of an unknown kind, which stays as it is (1)'])
  })

  it('keeps widths of columns and takes over what was edited in cells and footnotes', () => {
    const cell = (text: string, attributes = {}): NodeShape => ({ node: 'table_cell', attributes, content: [t(text)] })
    const table = (price: string): NodeShape => ({
      node: 'table',
      attributes: { header: true },
      content: [
        { node: 'table_row', attributes: {}, content: [cell('Fruit', { width: 200 }), cell('Price')] },
        { node: 'table_row', attributes: {}, content: [cell('Apples'), cell(price)] },
      ],
    })
    const note = (text: string): NodeShape => ({ node: 'footnote', attributes: {}, content: [t(text)] })
    const shape = doc(table('three'), block({ align: 'center' }, 'words', note('old')))
    const { shape: edited, losses } = edit(shape, (markdown) => markdown.replace('three', 'four').replace('old', 'new'))
    expect(edited).toEqual(doc(table('four'), block({ align: 'center' }, 'words', note('new'))))
    expect(losses).toEqual([])
  })

  it('drops what was deleted and adds what was added', () => {
    const shape = doc(block({ align: 'right' }, 'first'), block({}, 'second'))
    expect(edit(shape, () => '# New title\n\nsecond\n\nthird\n').shape).toEqual({
      title: 'New title',
      content: [block({}, 'second'), block({}, 'third')],
    })
  })
})
