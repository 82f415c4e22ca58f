import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryText } from './arbitrary-shape.ts'
import { type TextEdit, textEdits } from './text-edits.ts'

function apply(text: string, edits: readonly TextEdit[]): string {
  for (const edit of [...edits].reverse())
    text = text.slice(0, edit.at) + edit.insert + text.slice(edit.at + edit.remove)
  return text
}

describe('the edits between two texts', () => {
  it('turn the one into the other, cut only between graphemes', () => {
    const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
    fc.assert(
      fc.property(arbitraryText, arbitraryText, arbitraryText, arbitraryText, (a, b, c, d) => {
        const from = a + b + c
        const to = a + d + c
        const edits = textEdits(from, to)
        expect(apply(from, edits)).toBe(to)
        const boundaries = new Set([...graphemes.segment(from)].map(({ index }) => index)).add(from.length)
        for (const { at, remove } of edits) {
          expect(boundaries).toContain(at)
          expect(boundaries).toContain(at + remove)
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each<[string, string, TextEdit[]]>([
    ['same', 'same', []],
    ['', 'new', [{ at: 0, remove: 0, insert: 'new' }]],
    ['a cat sat', 'a dog sat', [{ at: 2, remove: 3, insert: 'dog' }]],
    ['walking', 'walked', [{ at: 4, remove: 3, insert: 'ed' }]],
    ['👩‍👩‍👧', '👩‍👩‍👦', [{ at: 0, remove: 8, insert: '👩‍👩‍👦' }]],
    ['e\u0301', 'e\u0300', [{ at: 0, remove: 2, insert: 'e\u0300' }]],
  ])('from %j to %j', (from, to, edits) => {
    expect(textEdits(from, to)).toEqual(edits)
  })
})
