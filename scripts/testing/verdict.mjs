/** @typedef {import('./reports.mjs').Count} Count */

/**
 * What one runner came to, and in one sentence what is wrong beyond failing tests ('' when nothing is).
 * @typedef {Count & { problem: string }} Verdict
 */

/**
 * Judges a runner by its report and its exit code together: a runner that could not be started, reported nothing, ran
 * no test, or ended badly while every test passed has failed.
 * @param {Count | null} count what its report says, null when it left none
 * @param {number | null} exitCode null when it was ended from outside
 * @returns {Verdict}
 */
export function judge(count, exitCode) {
  if (count === null) return failure({ passed: 0, failed: 0, skipped: 0 }, `it left no report (exit code ${exitCode})`)
  if (count.passed + count.failed === 0) return failure(count, 'it ran no test')
  if (exitCode !== 0 && count.failed === 0)
    return failure(count, `every test passed, yet it ended with code ${exitCode}`)
  return { ...count, problem: '' }
}

/** @param {string} problem @returns {Verdict} of a runner that could not run at all */
export function notRun(problem) {
  return failure({ passed: 0, failed: 0, skipped: 0 }, problem)
}

/** @param {Count} count @param {string} problem @returns {Verdict} */
function failure(count, problem) {
  return { ...count, failed: count.failed + 1, problem }
}

/**
 * @param {readonly Count[]} counts
 * @returns {string} the closing line: "12 passed, 0 failed"
 */
export function closingLine(counts) {
  const sum = (/** @type {'passed' | 'failed'} */ key) => counts.reduce((total, count) => total + count[key], 0)
  return `${sum('passed')} passed, ${sum('failed')} failed`
}
