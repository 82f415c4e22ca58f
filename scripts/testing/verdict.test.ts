import { expect, test } from 'vitest'
import { closingLine, judge, notRun } from './verdict.mjs'

test('a runner whose tests all passed has passed', () => {
  expect(judge({ passed: 3, failed: 0, skipped: 1 }, 0)).toEqual({ passed: 3, failed: 0, skipped: 1, problem: '' })
})

test('a runner with failing tests keeps their number', () => {
  expect(judge({ passed: 3, failed: 2, skipped: 0 }, 1)).toMatchObject({ passed: 3, failed: 2, problem: '' })
})

test.each([
  ['left no report', null, 1],
  ['ran no test', { passed: 0, failed: 0, skipped: 4 }, 0],
  ['ended badly although every test passed', { passed: 5, failed: 0, skipped: 0 }, 1],
  ['was ended from outside', { passed: 5, failed: 0, skipped: 0 }, null],
])('HOUSE-1: a runner that %s has failed', (_, count, exitCode) => {
  const verdict = judge(count, exitCode)
  expect(verdict.failed).toBe(1)
  expect(verdict.problem).not.toBe('')
})

test('the closing line sums all runners', () => {
  expect(closingLine([{ passed: 3, failed: 0, skipped: 9 }, notRun('it is missing')])).toBe('3 passed, 1 failed')
})
