// Everything that is generated, from its source; with --check: exit 1 and the names of what is out of date.
import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'

const check = process.argv.includes('--check')
const run = (command, ...args) => execFileSync(command, args, {stdio: ['ignore', 'ignore', 'inherit']})
const GENERATED = ['src/model', 'src/abi', 'src/domain/rows.ts', 'src/standards/registry.ts']

const filesUnder = (path) => {
  try {
    return readdirSync(path, {withFileTypes: true}).flatMap((entry) =>
      entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)],
    )
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    throw error
  }
}
const read = () => new Map(GENERATED.flatMap(filesUnder).map((file) => [file, readFileSync(file, 'utf8')]))

const before = read()
run('npx', 'squid-typeorm-codegen')
run(
  'npx',
  'squid-evm-typegen',
  'src/abi',
  ...readdirSync('abi')
    .filter((name) => name.endsWith('.json'))
    .map((name) => join('abi', name)),
)
run('node', 'scripts/generateRows.mjs')
run('node', 'scripts/generateStandards.mjs')
const after = read()
const stale = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file))
if (check && stale.length > 0) {
  for (const file of stale) if (before.has(file)) writeFileSync(file, before.get(file))
  console.error(`out of date, run npm run codegen:\n${stale.map((file) => `  ${file}`).join('\n')}`)
  process.exit(1)
}
console.log(check ? 'generated files match their sources' : `generated; changed: ${stale.join(', ') || 'nothing'}`)
