import { expect, test } from 'vitest'
import { closingLine, judge, notRun } from './verdict.mjs'

test('a runner whose tests all passed has passed', () => {
  const count = { passed: 3, failures: [], skipped: 1 }
  expect(judge(count, 0)).toEqual(count)
})

test('a runner with failing tests keeps what failed', () => {
  const count = { passed: 3, failures: ['one', 'two'], skipped: 0 }
  expect(judge(count, 1)).toEqual(count)
})

test.each([
  ['left no report', null, 1],
  ['ran no test', { passed: 0, failures: [], skipped: 4 }, 0],
  ['ended badly although every test passed', { passed: 5, failures: [], skipped: 0 }, 1],
  ['was ended from outside', { passed: 5, failures: [], skipped: 0 }, null],
])('HOUSE-1: a runner that %s has failed', (_, count, exitCode) => {
  expect(judge(count, exitCode).failures).toHaveLength(1)
})

test('the closing line sums all runners', () => {
  expect(closingLine([{ passed: 3, failures: [], skipped: 9 }, notRun('it is missing')])).toBe('3 passed, 1 failed')
})
