/**
 * What a runner's JSON report says.
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 */

/**
 * Vitest's JSON report. A file that could not even be loaded has no test in it and counts as one failure.
 * @param {any} report @returns {Count}
 */
export function countVitest(report) {
  const files = /** @type {any[]} */ (report.testResults ?? [])
  const broken = files.filter((file) => file.status === 'failed' && (file.assertionResults ?? []).every(isNotFailed))
  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + broken.length,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  }
}

/** @param {{ status: string }} test */
function isNotFailed(test) {
  return test.status !== 'failed'
}

/**
 * Playwright's JSON report. A test that passed only when repeated counts as failed; so does each error outside a test.
 * @param {any} report @returns {Count}
 */
export function countPlaywright(report) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats ?? {}
  return { passed: expected, failed: unexpected + flaky + (report.errors ?? []).length, skipped }
}

/**
 * The report of Sheaf's own runners (check, proof): a list of named results.
 * @param {{ results?: { name: string, ok: boolean }[] }} report @returns {Count}
 */
export function countResults(report) {
  const results = report.results ?? []
  const passed = results.filter((result) => result.ok).length
  return { passed, failed: results.length - passed, skipped: 0 }
}
