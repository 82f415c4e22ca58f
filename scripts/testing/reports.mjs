import { stripVTControlCharacters } from 'node:util'

/**
 * What a runner's JSON report says. Each failure is one line: where, which test, and the first words of why.
 * @typedef {{ passed: number, failures: readonly string[], skipped: number }} Count
 */

/**
 * Vitest's JSON report. A file that could not even be loaded has no test in it and is one failure.
 * @param {any} report @returns {Count}
 */
export function countVitest(report) {
  const failures = /** @type {any[]} */ (report.testResults ?? []).flatMap((file) => {
    const tests = /** @type {any[]} */ (file.assertionResults ?? []).filter(({ status }) => status === 'failed')
    if (tests.length > 0) return tests.map((test) => failure(file.name, test.fullName, test.failureMessages?.[0]))
    return file.status === 'failed' ? [failure(file.name, 'could not be loaded', file.message)] : []
  })
  return {
    passed: report.numPassedTests ?? 0,
    failures,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  }
}

/**
 * Playwright's JSON report. A test that passed only when repeated has failed; so has each error outside a test.
 * @param {any} report @returns {Count}
 */
export function countPlaywright(report) {
  const { expected = 0, skipped = 0 } = report.stats ?? {}
  const outside = /** @type {any[]} */ (report.errors ?? []).map(({ message }) =>
    failure('', 'outside of any test', message),
  )
  return { passed: expected, failures: [...(report.suites ?? []).flatMap(failedSpecs), ...outside], skipped }
}

/** @param {any} suite @returns {string[]} */
function failedSpecs(suite) {
  const own = /** @type {any[]} */ (suite.specs ?? []).flatMap((spec) =>
    /** @type {any[]} */ (spec.tests)
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const error = /** @type {any[]} */ (results ?? []).find((result) => result.error)?.error
        return failure(suite.file, spec.title, error?.message)
      }),
  )
  return [...own, ...(suite.suites ?? []).flatMap(failedSpecs)]
}

/**
 * The report of Sheaf's own runners (check, proof): a list of named results.
 * @param {{ results?: { name: string, ok: boolean, violations?: string[] }[] }} report @returns {Count}
 */
export function countResults(report) {
  const results = report.results ?? []
  const failures = results
    .filter((result) => !result.ok)
    .map((result) => failure('', result.name, result.violations?.[0]))
  return { passed: results.length - failures.length, failures, skipped: 0 }
}

/** @param {string} where @param {string} title @param {string | undefined} why @returns {string} */
function failure(where, title, why) {
  const file = where && `${where.split(/[\\/]/).at(-1)}: `
  const reason = stripVTControlCharacters(why ?? '').split('\n', 1)[0]
  return reason ? `${file}${title} — ${reason}` : `${file}${title}`
}
