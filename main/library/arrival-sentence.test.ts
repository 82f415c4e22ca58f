import { expect, test } from 'vitest'
import { arrivalSentence } from './arrival-sentence.ts'

const intake = (records: number, paragraphs = 0, ...authors: string[]) => ({ records, paragraphs, authors })

test.each([
  [[intake(3, 2, 'Ana')], 'Two paragraphs by Ana came from a conflicted copy.'],
  [[intake(1, 1)], 'One paragraph came from a conflicted copy.'],
  [[intake(1, 0, 'Ana')], 'Changes by Ana came from a conflicted copy.'],
  [[intake(9, 1200, 'Ana', 'Bob')], '1,200 paragraphs by Ana and Bob came from a conflicted copy.'],
  [
    [intake(9, 3, 'Ana'), intake(2, 1, 'Ana', 'Bob', 'Cai')],
    'Four paragraphs by Ana, Bob and others came from two conflicted copies.',
  ],
  [[intake(9, 3, 'Ana'), intake(0)], 'Three paragraphs by Ana came from two conflicted copies.'],
  [[intake(0)], 'A conflicted copy held nothing new and was set aside.'],
  [[intake(0), intake(0)], 'Two conflicted copies held nothing new and were set aside.'],
])('LIB-50: what a conflict copy brought is one sentence', (intakes, sentence) => {
  expect(arrivalSentence(intakes, 'conflicted copy')).toBe(sentence)
})

test('LIB-50: what came with the file, or with a copy somebody called the same, is said as well', () => {
  expect(arrivalSentence([intake(1, 1, 'Ana')], 'file')).toBe(
    'One paragraph by Ana came from the file, which another program had changed.',
  )
  expect(arrivalSentence([intake(1, 1)], 'copy')).toBe('One paragraph came from a copy.')
})

test('LIB-50: a name can neither turn the sentence around nor fill the window', () => {
  expect(arrivalSentence([intake(1, 1, '\u202eanA\n\u0007')], 'copy')).toBe('One paragraph by anA came from a copy.')
  expect(arrivalSentence([intake(1, 1, 'x'.repeat(500))], 'copy').length).toBeLessThan(110)
  expect(arrivalSentence([intake(1, 1, '\u202e')], 'copy')).toBe('One paragraph came from a copy.')
})
