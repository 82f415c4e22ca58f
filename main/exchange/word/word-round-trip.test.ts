import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it, vi } from 'vitest'
import { arbitraryWordShape } from './arbitrary-word-shape.ts'
import type { DocumentShape, NodeShape } from '../../../shared/document/document-shape.ts'
import { LOST } from './lost.ts'
import { readWord, type WordReading } from './read-word.ts'
import { wordForm, type WordPictures } from './word-form.ts'
import { writeWord } from './write-word.ts'

const HELD = '0'.repeat(64)
/** One pixel. */
const PICTURE = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)
const pictures: WordPictures = (name) => (name === HELD ? PICTURE : null)

/** What was read, its pictures under the names they have in the document. */
function named({ shape, pictures: read }: WordReading): DocumentShape {
  for (const bytes of read.values()) expect(Buffer.compare(bytes, PICTURE)).toBe(0)
  return {
    ...shape,
    content: shape.content.map((node) =>
      node.node === 'image' ? { ...node, attributes: { ...node.attributes, blob: HELD } } : node,
    ),
  }
}

describe('a document as a Word file', () => {
  it('WORD-1: reads back everything Word can hold, whatever the words are', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWordShape, async (shape) => {
        const { bytes } = await writeWord(shape, pictures)
        const read = readWord(bytes)
        expect(named(read)).toEqual(wordForm(shape, pictures).shape)
        expect(read.losses).toEqual([])
      }),
      { numRuns: 100 },
    )
  }, 120_000)

  it('WORD-2: loses nothing the second time', () => {
    fc.assert(
      fc.property(arbitraryWordShape, (shape) => {
        const first = wordForm(shape, pictures).shape
        const second = wordForm(first, pictures)
        expect(second.shape).toEqual(first)
        expect(second.losses.toList().filter((phrase) => !phrase.startsWith(LOST.formula))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('WORD-3: is the same bytes each time, whatever the hour', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      await fc.assert(
        fc.asyncProperty(arbitraryWordShape, async (shape) => {
          vi.setSystemTime(new Date('2020-01-01T10:00:00Z'))
          const one = await writeWord(shape, pictures)
          vi.setSystemTime(new Date('2031-12-31T23:00:00Z'))
          const two = await writeWord(shape, pictures)
          expect(Buffer.compare(one.bytes, two.bytes)).toBe(0)
        }),
        { numRuns: 20 },
      )
    } finally {
      vi.useRealTimers()
    }
  }, 120_000)

  it('has notes, boxes, equations, lists and headers that are Word’s own', async () => {
    const block = (attributes: NodeShape['attributes'], ...content: NodeShape['content']): NodeShape => ({
      node: 'block',
      attributes,
      content,
    })
    const words = (text: string) => ({ text, marks: {} })
    const line = (node: string, text: string): NodeShape => ({ node, attributes: {}, content: [words(text)] })
    const cell = (text: string): NodeShape => line('table_cell', text)
    const row = (text: string): NodeShape => ({ node: 'table_row', attributes: {}, content: [cell(text)] })
    const { bytes } = await writeWord(
      {
        title: 'A title',
        language: 'de',
        content: [
          block({}, words('Said'), line('footnote', 'The note.'), line('math', '\\frac{a}{b}')),
          block({ kind: 'task', checked: true }, words('done')),
          block({ kind: 'ordered', start: 4 }, words('four')),
          { node: 'table', attributes: { header: true }, content: [row('Name'), row('Ann')] },
        ],
      },
      pictures,
    )
    const parts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]))
    const document = parts['word/document.xml'] ?? ''
    for (const element of ['w:footnoteReference', 'w14:checkbox', 'm:oMath', 'm:f', 'w:tblHeader', 'w:numPr']) {
      expect(document).toContain(`<${element}`)
    }
    expect(parts['word/footnotes.xml']).toContain('The note.')
    expect(parts['word/numbering.xml']).toContain('<w:start w:val="4"/>')
    expect(parts['word/styles.xml']).toContain('w:val="de"')
    // LibreOffice takes a height without a rule for an exact one, and cuts what is higher.
    const heights = (parts['word/styles.xml'] ?? '').match(/<w:spacing [^>]*w:line="[^>]*>/g) ?? []
    expect(heights.length).toBeGreaterThan(5)
    for (const height of heights) expect(height).toContain('w:lineRule="auto"')
  })
})
