import { expect, test } from 'vitest'
import { moveCaret } from './move-caret.ts'

test.each([
  ['before the change', 'ab', 'axb', 1, 1],
  ['behind an insertion', 'ab', 'xab', 2, 3],
  ['behind a deletion', 'abcd', 'cd', 4, 2],
  ['inside of what was replaced', 'abcd', 'aXd', 2, 1],
  ['at the end of what grew', 'ab', 'abc', 2, 2],
  ['in words that are all new', 'ab', 'xyz', 1, 0],
])('a caret %s stays at its words', (_where, before, after, position, moved) => {
  expect(moveCaret(before, after, position)).toBe(moved)
})
