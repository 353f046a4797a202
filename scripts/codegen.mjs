// Everything that is generated from a source in the repository. It is made in a folder of its own and then put in place;
// with --check nothing is put in place: exit 1 and the names of what is out of date.
import {execFileSync, spawnSync} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join, resolve} from 'node:path'

const SOURCES = ['schema.graphql', 'abi', 'src/standards', 'src/model/index.ts']
const GENERATED = ['src/model', 'src/abi', 'src/domain/rows.ts', 'src/standards/registry.ts']

const check = process.argv.includes('--check')
const bin = (name) => resolve('node_modules/.bin', name)
const script = (name) => [process.execPath, [resolve('scripts', name)]]

function filesUnder(path) {
  if (!existsSync(path)) return []
  return readdirSync(path, {withFileTypes: true, recursive: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
const read = (root) =>
  new Map(
    GENERATED.flatMap((path) => (/[.]ts$/.test(path) ? [join(root, path)] : filesUnder(join(root, path))))
      .filter(existsSync)
      .map((file) => [file.slice(root.length + 1), readFileSync(file, 'utf8')]),
  )

function generate(dir) {
  for (const path of SOURCES) cpSync(path, join(dir, path), {recursive: true})
  mkdirSync(join(dir, 'src/domain'), {recursive: true})
  const abis = filesUnder('abi').filter((file) => file.endsWith('.json'))
  const steps = [
    [bin('squid-typeorm-codegen'), []],
    [bin('squid-evm-typegen'), ['src/abi', ...abis]],
    script('generateRows.mjs'),
    script('generateStandards.mjs'),
  ]
  for (const [command, args] of steps) execFileSync(command, args, {cwd: dir, stdio: 'pipe'})
}

/** Puts in place what differs, or with --check only tells it. Answers whether the tree is as it should be. */
function place(dir) {
  const before = read(resolve('.'))
  const after = read(dir)
  const stale = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file)).sort()
  const list = stale.map((file) => `\n  ${file}`).join('')
  if (check && stale.length > 0) console.error(`Out of date; npm run codegen writes them anew:${list}`)
  else console.log(check ? 'Generated files match their sources.' : `Generated. Changed:${list || ' nothing'}`)
  if (check) return stale.length === 0
  for (const file of stale) {
    if (!after.has(file)) rmSync(file)
    else {
      mkdirSync(dirname(file), {recursive: true})
      writeFileSync(file, after.get(file))
    }
  }
  return true
}

/** What writes or checks its own files: artifacts of the contracts, and the SDL, which built resolvers print. */
function placeOthers() {
  const mode = check ? ['--check'] : []
  const steps = [
    [process.execPath, 'scripts/compileContracts.mjs', ...mode],
    [bin('tsc'), '-p', 'tsconfig.build.json'],
    [process.execPath, 'lib/api/printSchema.js', ...mode],
  ]
  return steps.map(([command, ...args]) => spawnSync(command, args, {stdio: 'inherit'}).status).every((status) => status === 0)
}

const dir = mkdtempSync(join(tmpdir(), 'indexer-codegen-'))
try {
  generate(dir)
  const [own, others] = [place(dir), placeOthers()]
  process.exitCode = own && others ? 0 : 1
} finally {
  rmSync(dir, {recursive: true, force: true})
}
