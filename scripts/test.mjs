// Builds once, runs every rung (or what its arguments, vitest's own, choose), and ends with the real totals alone on a line.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {countTests, judge} from './countTests.mjs'

const run = (script, ...args) => spawnSync(process.execPath, [script, ...args], {stdio: 'inherit'}).status ?? 1

if (run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json') !== 0) process.exit(1)
const dir = mkdtempSync(join(tmpdir(), 'indexer-report-'))
try {
  const report = join(dir, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const status = run('node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2))
  const {line, isGood, isOutside} = judge(countTests(JSON.parse(readFileSync(report, 'utf8'))), status)
  if (isOutside) console.log('The runner failed outside of a test; see above.')
  console.log(`\n${line}`)
  process.exitCode = isGood ? 0 : 1
} catch (error) {
  console.error(`The runner left no report: ${error.message}`)
  process.exitCode = 1
} finally {
  rmSync(dir, {recursive: true, force: true})
}
