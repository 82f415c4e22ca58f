/** @typedef {import('./reports.mjs').Count} Count */

/** What a runner came to: its counts, with what is wrong beyond failing tests among the failures. @typedef {Count} Verdict */

/**
 * Judges a runner by its report and its exit code together: a runner that could not be started, reported nothing, ran
 * no test, or ended badly while every test passed has failed.
 * @param {Count | null} count what its report says, null when it left none
 * @param {number | null} exitCode null when it was ended from outside
 * @returns {Verdict}
 */
export function judge(count, exitCode) {
  if (count === null) return notRun(`it left no report (exit code ${exitCode})`)
  if (count.passed + count.failures.length === 0) return withFailure(count, 'it ran no test')
  if (exitCode !== 0 && count.failures.length === 0)
    return withFailure(count, `every test passed, yet it ended with code ${exitCode}`)
  return count
}

/** @param {string} problem @returns {Verdict} of a runner that could not run at all */
export function notRun(problem) {
  return withFailure({ passed: 0, failures: [], skipped: 0 }, problem)
}

/** @param {Count} count @param {string} problem @returns {Verdict} */
function withFailure(count, problem) {
  return { ...count, failures: [...count.failures, problem] }
}

/**
 * @param {readonly Verdict[]} verdicts
 * @returns {string} the closing line: "12 passed, 0 failed"
 */
export function closingLine(verdicts) {
  const passed = verdicts.reduce((sum, verdict) => sum + verdict.passed, 0)
  return `${passed} passed, ${verdicts.flatMap(({ failures }) => failures).length} failed`
}
