// contracts/**/*.sol -> contracts/artifacts/<Name>.json; with --check: exit 1 when the committed ones are others.
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join, relative} from 'node:path'
import solc from 'solc'

const require = createRequire(import.meta.url)
const check = process.argv.includes('--check')
const ROOT = 'contracts'
const OUT = join(ROOT, 'artifacts')

const sourcesUnder = (dir) =>
  readdirSync(dir, {withFileTypes: true}).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return path === OUT ? [] : sourcesUnder(path)
    return entry.name.endsWith('.sol') ? [path] : []
  })

const files = sourcesUnder(ROOT).sort()
const input = {
  language: 'Solidity',
  sources: Object.fromEntries(files.map((file) => [relative('.', file), {content: readFileSync(file, 'utf8')}])),
  settings: {
    evmVersion: 'cancun',
    optimizer: {enabled: true, runs: 200},
    metadata: {bytecodeHash: 'none', appendCBOR: false},
    outputSelection: {'*': {'*': ['abi', 'evm.bytecode.object']}},
  },
}
const findImport = (path) => {
  try {
    return {contents: readFileSync(require.resolve(path), 'utf8')}
  } catch {
    return {error: `${path} is not installed`}
  }
}
const output = JSON.parse(solc.compile(JSON.stringify(input), {import: findImport}))
const errors = (output.errors ?? []).filter(({severity}) => severity === 'error')
for (const {formattedMessage} of errors) console.error(formattedMessage)
if (errors.length > 0) process.exit(1)

mkdirSync(OUT, {recursive: true})
const stale = []
for (const file of files) {
  for (const [name, {abi, evm}] of Object.entries(output.contracts[file] ?? {})) {
    if (evm.bytecode.object === '' && !name.startsWith('I')) continue
    const path = join(OUT, `${name}.json`)
    const text = `${JSON.stringify({abi, bytecode: `0x${evm.bytecode.object}`}, null, 1)}\n`
    const committed = (() => {
      try {
        return readFileSync(path, 'utf8')
      } catch {
        return null
      }
    })()
    if (committed === text) continue
    stale.push(path)
    if (!check) writeFileSync(path, text)
  }
}
if (check && stale.length > 0) {
  console.error(`out of date, run npm run codegen:\n${stale.map((path) => `  ${path}`).join('\n')}`)
  process.exit(1)
}
console.log(check ? 'contract artifacts match their sources' : `compiled; changed: ${stale.join(', ') || 'nothing'}`)
