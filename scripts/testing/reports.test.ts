import { expect, test } from 'vitest'
import { countPlaywright, countResults, countVitest } from './reports.mjs'

test('counts a Vitest report', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
  }
  expect(countVitest(report)).toEqual({ passed: 7, failed: 1, skipped: 3 })
})

test('HOUSE-2: a test file that can’t be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 0,
    testResults: [
      { status: 'passed', assertionResults: [] },
      { status: 'failed', assertionResults: [] },
    ],
  }
  expect(countVitest(report)).toEqual({ passed: 7, failed: 1, skipped: 0 })
})

test('counts a flaky Playwright test and an error outside tests as failures', () => {
  expect(countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] })).toEqual({
    passed: 4,
    failed: 3,
    skipped: 2,
  })
})

test('counts the results of Sheaf’s own runners', () => {
  const results = [
    { name: 'types', ok: true },
    { name: 'lint', ok: false },
  ]
  expect(countResults({ results })).toEqual({ passed: 1, failed: 1, skipped: 0 })
})
