import { expect, test } from 'vitest'
import { countPlaywright, countResults, countVitest } from './reports.mjs'

test('HOUSE-1: a Vitest report is counted, and what failed is named with the first words of why', () => {
  const report = {
    numPassedTests: 7,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      {
        name: '/somewhere/main/log/seal.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'seals' },
          {
            status: 'failed',
            fullName: 'LOG-1: opens',
            failureMessages: ['\u001b[31mError: too short\u001b[39m\n  at'],
          },
        ],
      },
    ],
  }
  expect(countVitest(report)).toEqual({
    passed: 7,
    failures: ['seal.test.ts: LOG-1: opens — Error: too short'],
    skipped: 3,
  })
})

test('HOUSE-2: a test file that can’t be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 7,
    testResults: [
      { name: 'a.test.ts', status: 'passed', assertionResults: [] },
      { name: 'b.test.ts', status: 'failed', assertionResults: [], message: 'Cannot find module' },
    ],
  }
  expect(countVitest(report)).toEqual({
    passed: 7,
    failures: ['b.test.ts: could not be loaded — Cannot find module'],
    skipped: 0,
  })
})

test('HOUSE-2: a flaky Playwright test and an error outside tests are failures', () => {
  const failed = { status: 'unexpected', results: [{ error: { message: 'Error: gone\nmore' } }] }
  const flaky = { status: 'flaky', results: [{ error: { message: 'late' } }, {}] }
  const report = {
    stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
    errors: [{ message: 'no server' }],
    suites: [
      {
        file: 'write.e2e.ts',
        specs: [{ title: 'types', tests: [{ status: 'expected', results: [{}] }] }],
        suites: [
          { file: 'write.e2e.ts', specs: [{ title: 'WRITE-1: empty', tests: [failed] }] },
          { file: 'keep.e2e.ts', specs: [{ title: 'KEEP-1: kept', tests: [flaky] }] },
        ],
      },
    ],
  }
  expect(countPlaywright(report)).toEqual({
    passed: 4,
    failures: [
      'write.e2e.ts: WRITE-1: empty — Error: gone',
      'keep.e2e.ts: KEEP-1: kept — late',
      'outside of any test — no server',
    ],
    skipped: 2,
  })
})

test('counts the results of Sheaf’s own runners', () => {
  const results = [
    { name: 'types', ok: true },
    { name: 'lint', ok: false },
  ]
  expect(countResults({ results })).toEqual({ passed: 1, failures: ['lint'], skipped: 0 })
})
