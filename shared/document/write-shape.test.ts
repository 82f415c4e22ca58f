import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { arbitraryStrangeShape } from './arbitrary-shape.ts'
import { BODY, type DocumentShape, type NodeShape, readShape, type TextShape } from './document-shape.ts'
import { writeShape } from './write-shape.ts'

const t = (text: string, marks: TextShape['marks'] = {}): TextShape => ({ text, marks })
const p = (...content: (string | TextShape | NodeShape)[]): NodeShape => block({}, ...content)
const block = (attributes: NodeShape['attributes'], ...content: (string | TextShape | NodeShape)[]): NodeShape => ({
  node: 'block',
  attributes,
  content: content.map((part) => (typeof part === 'string' ? t(part) : part)),
})
const br: NodeShape = { node: 'hard_break', attributes: {}, content: [] }
const shape = (...content: NodeShape[]): DocumentShape => ({ title: 'T', content })

function docOf(target: DocumentShape): Y.Doc {
  const doc = new Y.Doc()
  writeShape(doc, target)
  return doc
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

/** The ids of the body's blocks, as they stand in Yjs. */
function blockIds(doc: Y.Doc): string[] {
  return doc
    .getXmlFragment(BODY)
    .toArray()
    .map((child) => `${child._item?.id.client}:${child._item?.id.clock}`)
}

describe('writing a shape into a document', () => {
  it('CLI-20: makes any document say exactly what any other says', () => {
    fc.assert(
      fc.property(arbitraryStrangeShape, arbitraryStrangeShape, (before, after) => {
        const doc = docOf(before)
        expect(readShape(doc)).toEqual(before)
        writeShape(doc, after)
        expect(readShape(doc)).toEqual(after)
      }),
      { numRuns: 300 },
    )
  })

  it('writes nothing when the document says it already', () => {
    fc.assert(
      fc.property(arbitraryStrangeShape, (target) => {
        const doc = docOf(target)
        const before = Y.encodeStateAsUpdate(doc)
        const changes = writeShape(doc, target)
        expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
        expect(Object.values(changes).every((count) => count === 0 || count === false)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('CLI-21: touches only the words that changed, in the block where they stand', () => {
    const doc = docOf(shape(p('The cat sat on the mat.'), p('Second paragraph here.'), p('Third one.')))
    const ids = blockIds(doc)
    const changes = writeShape(doc, shape(p('The cat sat on the red mat.'), p('Second paragraph.'), p('Third one.')))
    expect(blockIds(doc)).toEqual(ids)
    expect(changes).toMatchObject({
      blocksInserted: 0,
      blocksDeleted: 0,
      blocksEdited: 2,
      charactersInserted: 'red '.length,
      charactersDeleted: ' here'.length,
    })
  })

  it('keeps blocks that moved apart by an insertion and drops only the one that is gone', () => {
    const doc = docOf(shape(p('one one one'), p('two two two'), p(), p('three three'), p('four four')))
    const [one, two, , three, four] = blockIds(doc)
    writeShape(doc, shape(p('zero'), p('one one one'), p('three three!'), p(), p('four four')))
    const ids = blockIds(doc)
    expect(ids).toHaveLength(5)
    expect([ids[1], ids[2], ids[4]]).toEqual([one, three, four])
    expect(ids).not.toContain(two)
  })

  it('changes a kind and a mark without touching a character', () => {
    const doc = docOf(shape(p('Heading soon'), p('some words here')))
    const changes = writeShape(
      doc,
      shape(block({ kind: 'h1' }, 'Heading soon'), p('some ', t('words', { bold: {} }), ' here')),
    )
    expect(changes).toMatchObject({ blocksEdited: 2, charactersInserted: 0, charactersDeleted: 0 })
  })

  it('CLI-22: leaves what someone else wrote meanwhile in every merge', () => {
    const alice = docOf(shape(p('First paragraph.'), p('Second paragraph.'), p('Third paragraph.')))
    const bob = copyOf(alice)
    const words = (bob.getXmlFragment(BODY).get(1) as Y.XmlElement).get(0) as Y.XmlText
    words.insert(6, ' and better')
    writeShape(
      alice,
      shape(block({ kind: 'h2' }, 'First paragraph, edited.'), p('Second paragraph, too.'), p('Third.')),
    )
    Y.applyUpdate(alice, Y.encodeStateAsUpdate(bob))
    expect(readShape(alice).content[1]).toEqual(p('Second and better paragraph, too.'))
  })

  it('costs no more than the edits that were made', () => {
    const sentence = 'It was a bright cold day in April and the clocks were striking thirteen as he went in. '
    const content = Array.from({ length: 12 }, (_, i) => p(`${i}. ${sentence}${sentence}`))
    const splice = fc.record({
      block: fc.nat(11),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(12),
      insert: fc.constantFrom('', 'x', 'word', ' and so it was', '.'),
    })
    fc.assert(
      fc.property(fc.array(splice, { minLength: 1, maxLength: 6 }), (splices) => {
        const texts = content.map((node) => (node.content[0] as TextShape).text)
        let cost = 0
        for (const { block: index, at, remove, insert } of splices) {
          const text = texts[index] as string
          const start = Math.floor(at * text.length)
          texts[index] = text.slice(0, start) + insert + text.slice(start + remove)
          cost += Math.min(remove, text.length - start) + insert.length
        }
        const changes = writeShape(docOf(shape(...content)), shape(...texts.map((text) => p(text))))
        expect(changes.blocksInserted + changes.blocksDeleted).toBe(0)
        // Word by word may cost a little more than letter by letter.
        expect(changes.charactersInserted + changes.charactersDeleted).toBeLessThanOrEqual(cost + 4 * splices.length)
      }),
      { numRuns: 200 },
    )
  })

  it('reads and edits neighbouring texts, which a merge can leave, as one', () => {
    const doc = docOf(shape(p('one two')))
    const element = doc.getXmlFragment(BODY).get(0) as Y.XmlElement
    element.insert(1, [new Y.XmlText(' three four')])
    const target = shape(p('one 2 three', t(' five', { bold: {} }), br))
    writeShape(doc, target)
    expect(readShape(doc)).toEqual(target)
    expect(element.length).toBe(3)
  })

  it('keeps the place of the words in a block that loses them all', () => {
    const doc = docOf(shape(p('words')))
    const bob = copyOf(doc)
    writeShape(doc, shape(p()))
    ;((bob.getXmlFragment(BODY).get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(5, '!')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(bob))
    expect(readShape(doc)).toEqual(shape(p('!')))
  })
})
