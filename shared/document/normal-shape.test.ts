import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryStrangeShape } from './arbitrary-shape.ts'
import { equalMarks, equalValues, normalContent, normalShape } from './normal-shape.ts'

describe('the normal form', () => {
  it('is its own normal form', () => {
    fc.assert(
      fc.property(arbitraryStrangeShape, (shape) => {
        expect(normalShape(normalShape(shape))).toEqual(normalShape(shape))
      }),
    )
  })

  it('joins runs with equal marks and drops empty ones', () => {
    const bold = { bold: { weight: null } }
    expect(
      normalContent([
        { text: 'a', marks: bold },
        { text: '', marks: {} },
        { text: 'b', marks: { bold: {} } },
        { text: 'c', marks: {} },
      ]),
    ).toEqual([
      { text: 'ab', marks: { bold: {} } },
      { text: 'c', marks: {} },
    ])
  })

  it('takes null and absence for the same, and nothing else', () => {
    expect(equalMarks({ link: { href: 'x', title: null } }, { link: { href: 'x' } })).toBe(true)
    expect(equalMarks({ link: { href: 'x' } }, { link: { href: 'y' } })).toBe(false)
    expect(equalMarks({ bold: {} }, {})).toBe(false)
    expect(equalValues({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })).toBe(true)
    expect(equalValues([], {})).toBe(false)
    expect(equalValues({ a: undefined }, { b: undefined })).toBe(false)
  })
})
