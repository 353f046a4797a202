// Builds once, runs every rung (or what its arguments, vitest's own, choose), and ends with the real totals alone on a line.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

const run = (script, ...args) => spawnSync(process.execPath, [script, ...args], {stdio: 'inherit'}).status ?? 1

/** From the runner's own report. A file that breaks before its first test counts as one failed test, so that it cannot pass unseen. */
function countTests(report) {
  const {testResults} = JSON.parse(readFileSync(report, 'utf8'))
  const count = {passed: 0, failed: 0, skipped: 0}
  for (const {status, assertionResults} of testResults) {
    for (const test of assertionResults) count[test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped']++
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) count.failed++
  }
  return count
}

if (run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json') !== 0) process.exit(1)
const dir = mkdtempSync(join(tmpdir(), 'indexer-report-'))
try {
  const report = join(dir, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const status = run('node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2))
  const {passed, failed, skipped} = countTests(report)
  // The runner also fails for what belongs to no test: an error that nobody caught.
  const shown = failed === 0 && status !== 0 ? 1 : failed
  if (shown !== failed) console.log('The runner failed outside of a test; see above.')
  if (passed + shown === 0) console.log('No test ran.')
  console.log(`\n${passed} passed, ${shown} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  process.exitCode = shown > 0 || passed === 0 ? 1 : 0
} catch (error) {
  console.error(`The runner left no report: ${error.message}`)
  process.exitCode = 1
} finally {
  rmSync(dir, {recursive: true, force: true})
}
