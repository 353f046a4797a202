// Builds, runs every rung, and ends with the real totals on a line of their own. `node scripts/test.mjs [vitest arguments]`
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

const run = (command, args) => spawnSync(command, args, {stdio: 'inherit'}).status ?? 1

if (run('npx', ['tsc', '-p', 'tsconfig.build.json']) !== 0) process.exit(1)
const dir = mkdtempSync(join(tmpdir(), 'indexer-report-'))
const report = join(dir, 'report.json')
const status = run('npx', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
])
let totals
try {
  totals = JSON.parse(readFileSync(report, 'utf8'))
} catch {
  console.error('the test runner left no report')
  process.exit(1)
} finally {
  rmSync(dir, {recursive: true, force: true})
}
const {numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites} = totals
const skipped = numPendingTests + numTodoTests
// A file that fails before its first test fails no test, and must not pass for that.
const failed = Math.max(numFailedTests, numFailedTestSuites > 0 || status !== 0 ? 1 : 0)
console.log(`${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(failed > 0 || numPassedTests === 0 ? 1 : 0)
