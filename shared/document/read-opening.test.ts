import { describe, expect, test, vi } from 'vitest'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { arbitraryShape } from './arbitrary-shape.ts'
import { BODY, readShape } from './document-shape.ts'
import { firstWords } from './plain-text.ts'
import { readOpening } from './read-opening.ts'
import { writeShape } from './write-shape.ts'

describe('the beginning of a document', () => {
  test('LINK-31: is what the whole document says, for any document', () => {
    fc.assert(
      fc.property(arbitraryShape, (shape) => {
        const doc = new Y.Doc()
        doc.transact(() => writeShape(doc, shape))
        const whole = readShape(doc)
        expect(readOpening(doc)).toEqual({ title: whole.title, firstWords: firstWords(whole.content) })
      }),
      { numRuns: 200 },
    )
  })

  test('is read without looking at what stands behind it', () => {
    const doc = new Y.Doc()
    const block = (words: string) => {
      const element = new Y.XmlElement('block')
      element.insert(0, [new Y.XmlText(words)])
      return element
    }
    const far = block('far')
    doc.getXmlFragment(BODY).insert(0, [block('word '.repeat(40)), far])
    vi.spyOn(far, 'toArray').mockImplementation(() => {
      throw new Error('the rest was read')
    })
    expect(readOpening(doc).firstWords).toMatch(/^word word/)
    expect(() => readShape(doc)).toThrow('the rest was read')
  })
})
