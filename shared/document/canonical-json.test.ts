import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryStrangeShape } from './arbitrary-shape.ts'
import { canonicalJson, jsonToShape, shapeToJson } from './canonical-json.ts'
import type { DocumentShape } from './document-shape.ts'

describe('a document as JSON', () => {
  it('CLI-13: loses nothing, not even what this version does not know', () => {
    fc.assert(
      fc.property(arbitraryStrangeShape, (shape) => {
        expect(jsonToShape(shapeToJson(shape))).toEqual(shape)
      }),
    )
  })

  it('has one spelling for documents that mean the same', () => {
    const one: DocumentShape = {
      title: 'T',
      content: [
        {
          node: 'block',
          attributes: { kind: 'h1', depth: null },
          content: [
            { text: 'a', marks: { link: { title: null, href: 'x' }, bold: {} } },
            { text: 'b', marks: { bold: {}, link: { href: 'x' } } },
          ],
        },
      ],
    }
    const other: DocumentShape = {
      content: [
        {
          content: [{ marks: { bold: {}, link: { href: 'x' } }, text: 'ab' }],
          attributes: { kind: 'h1' },
          node: 'block',
        },
      ],
      title: 'T',
    }
    expect(canonicalJson(one)).toBe(canonicalJson(other))
    expect(canonicalJson(one)).toBe(
      '{"content":[{"attributes":{"kind":"h1"},"content":[{"marks":{"bold":{},"link":{"href":"x"}},"text":"ab"}],"node":"block"}],"title":"T"}',
    )
  })

  it.each([
    '{',
    'null',
    '{"title":1,"content":[]}',
    '{"title":"","content":[{}]}',
    '{"title":"","content":[{"node":"a","content":[{"text":1}]}]}',
  ])('refuses %s with one sentence', (json) => {
    expect(() => jsonToShape(json)).toThrow(/JSON/)
  })
})
