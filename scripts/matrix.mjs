// The other supported Node.js versions: unit tests and one way through the whole house under each.
// node scripts/matrix.mjs [major …]; the binaries come from the npm package `node` and live in a folder that is removed again.
import {execFileSync, spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'

const majors = process.argv.length > 2 ? process.argv.slice(2) : ['22', '24']
const SMOKE = 'test/e2e/realBlocks.e2e.test.ts'
const STEPS = [
  ['unit tests', 'node_modules/vitest/vitest.mjs', 'run', '--project', 'unit'],
  ['end to end', 'node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', SMOKE],
]

/** Path of the binary of the newest release of that major version that the registry has. */
function install(major, dir) {
  writeFileSync(join(dir, 'package.json'), '{"private": true}')
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', `node@${major}`], {cwd: dir, stdio: 'pipe'})
  return join(dir, 'node_modules/node/bin/node')
}

function runUnder(major) {
  const dir = mkdtempSync(join(tmpdir(), `indexer-node${major}-`))
  try {
    const node = install(major, dir)
    const version = execFileSync(node, ['--version'], {encoding: 'utf8'}).trim()
    if (!version.startsWith(`v${major}.`)) throw new Error(`asked for Node.js ${major}, got ${version}`)
    const env = {...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}`}
    for (const [name, ...args] of STEPS) {
      const started = Date.now()
      console.log(`Node.js ${version}: ${name}`)
      if (spawnSync(node, args, {stdio: 'inherit', env}).status !== 0) throw new Error(`${name} failed under Node.js ${version}`)
      console.log(`Node.js ${version}: ${name} passed in ${Math.round((Date.now() - started) / 1000)} s`)
    }
  } finally {
    rmSync(dir, {recursive: true, force: true})
  }
}

try {
  // What the compiler writes does not depend on who runs it.
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {stdio: 'inherit'})
  for (const major of majors) runUnder(major)
} catch (error) {
  console.error(error.stderr ? `${error.message}\n${error.stderr}` : error.message)
  process.exitCode = 1
}
