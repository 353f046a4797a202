/**
 * Totals of vitest's JSON report. A file that breaks before its first test counts as one failed test, so that it cannot pass unseen.
 * @param {{testResults: readonly {status: string, assertionResults: readonly {status: string}[]}[]}} report
 */
export function countTests({testResults}) {
  const count = {passed: 0, failed: 0, skipped: 0}
  for (const {status, assertionResults} of testResults) {
    for (const test of assertionResults) count[test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped']++
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) count.failed++
  }
  return count
}

/**
 * The line that CI reads. `exitCode`: the runner's own, which also tells of errors that belong to no test.
 * @param {{passed: number, failed: number, skipped: number}} count
 * @param {number} exitCode
 */
export function judge({passed, failed, skipped}, exitCode) {
  const shown = failed === 0 && exitCode !== 0 ? 1 : failed
  const line = `${passed} passed, ${shown} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
  return {line, isGood: shown === 0 && passed > 0, isOutside: shown !== failed}
}
