import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {basename, dirname, join, resolve} from 'node:path'
import {afterAll, expect, test} from 'vitest'

const ROOT = resolve(__dirname, '../..')
const CONFIG = join(ROOT, '.dependency-cruiser.cjs')
const {forbidden} = createRequire(__filename)(CONFIG) as {forbidden: readonly {name: string}[]}

/** A small house that keeps the law. */
const LAWFUL: Readonly<Record<string, string>> = {
  'src/main.ts': `import './processor'\nimport './standards/registry'\nimport './projections/index'\nimport './store/store'\nimport './configured/shape'\nimport 'pg'`,
  'src/processor.ts': `import './pipeline/handler'`,
  'src/api/main.ts': `import '../config/config'`,
  'src/config/config.ts': `import '../domain/hex'\nimport 'node:fs'`,
  'src/domain/hex.ts': `export const a = 1`,
  'src/domain/hex.test.ts': `import './hex'\nimport 'vitest'\nimport 'node:fs'`,
  'src/abi/erc1.ts': `import '@subsquid/evm-abi'`,
  'src/abi/erc1-draft.ts': `export const a = 1`,
  'src/abi/erc2.ts': `export const a = 1`,
  'src/standards/registry.ts': `import './erc1/erc1'\nimport './erc2/erc2'`,
  'src/standards/erc1/erc1.ts': `import '../../abi/erc1'\nimport '../../abi/erc1-draft'\nimport '../../domain/hex'`,
  'src/standards/erc2/erc2.ts': `import '../../abi/erc2'`,
  'src/projections/index.ts': `import './ownership/ownership'\nimport './sales/sales'`,
  'src/projections/ownership/ownership.ts': `import '../../domain/hex'`,
  'src/projections/sales/sales.ts': `import '../../domain/hex'`,
  'src/configured/shape.ts': `import '../domain/hex'`,
  'src/pipeline/handler.ts': `import './router'`,
  'src/pipeline/router.ts': `import '../domain/hex'`,
  'src/store/store.ts': `import 'typeorm'\nimport '../model/index'`,
  'src/model/index.ts': `export const a = 1`,
}

/** Each breaks one rule: a line in a file of the house, or in a new one. */
const CRIMES: readonly (readonly [rule: string, file: string, imported: string])[] = [
  ['no-cycles', 'src/domain/hex.ts', './loop'],
  ['no-dead-files', 'src/domain/forgotten.ts', './hex'],
  ['no-dead-files', 'src/domain/onlyTested.ts', './hex'],
  ['resolvable', 'src/config/config.ts', './nowhere'],
  ['declared', 'src/config/config.ts', 'undeclared'],
  ['no-dev-dependencies-at-run-time', 'src/config/config.ts', 'vitest'],
  ['tests-stay-outside', 'src/config/config.ts', '../domain/hex.test'],
  ['tests-stay-outside', 'src/config/config.ts', '../../test/support/given'],
  ['domain-knows-nobody', 'src/domain/hex.ts', '../config/config'],
  ['standard-knows-domain-and-its-abi', 'src/standards/erc1/erc1.ts', '../erc2/erc2'],
  ['standard-knows-domain-and-its-abi', 'src/standards/erc1/erc1.ts', '../../abi/erc2'],
  ['standard-knows-domain-and-its-abi', 'src/standards/erc1/erc1.ts', '../../projections/index'],
  ['projection-knows-domain', 'src/projections/sales/sales.ts', '../ownership/ownership'],
  ['projection-knows-domain', 'src/projections/sales/sales.ts', '../../abi/erc1'],
  ['configured-knows-domain', 'src/configured/shape.ts', '../config/config'],
  ['one-door-each', 'src/main.ts', './standards/erc1/erc1'],
  ['one-door-each', 'src/api/main.ts', '../projections/sales/sales'],
  ['pipeline-knows-only-inward', 'src/pipeline/handler.ts', '../store/store'],
  ['pipeline-knows-only-inward', 'src/pipeline/router.ts', '../standards/registry'],
  ['pure-files-do-nothing', 'src/domain/hex.ts', 'node:fs'],
  ['pure-files-do-nothing', 'src/standards/erc1/erc1.ts', 'crypto'],
  ['pure-files-do-nothing', 'src/projections/sales/sales.ts', 'node:perf_hooks'],
  ['pure-files-do-nothing', 'src/pipeline/router.ts', 'node:timers'],
  ['pure-files-need-no-driver', 'src/domain/hex.ts', 'pg'],
  ['pure-files-need-no-driver', 'src/standards/erc1/erc1.ts', 'typeorm'],
  ['processes-meet-in-tables', 'src/main.ts', './api/main'],
  ['processes-meet-in-tables', 'src/config/config.ts', '../api/main'],
  ['only-the-processor-writes-its-tables', 'src/api/main.ts', '../store/store'],
  ['only-the-processor-writes-its-tables', 'src/api/main.ts', '../model/index'],
  ['only-the-store-touches-typeorm', 'src/processor.ts', 'typeorm'],
]

/** What the crimes need beside the house. */
const SCENE: Readonly<Record<string, string>> = {
  'src/domain/loop.ts': `import './hex'`,
  'src/domain/onlyTested.test.ts': `import './onlyTested'`,
  'test/support/given.ts': 'export const a = 1',
}

const unlawful = new Map(Object.entries({...LAWFUL, ...SCENE}))
for (const [i, [, file, imported]] of CRIMES.entries()) {
  // To import only a type is no better, so every other one does that.
  const line = i % 2 === 0 ? `import type {} from '${imported}'` : `import '${imported}'`
  unlawful.set(file, `${unlawful.get(file) ?? ''}\n${line}`)
}

const PACKAGES = ['pg', 'typeorm', 'vitest', 'undeclared', '@subsquid/evm-abi']
const MANIFEST = {dependencies: {pg: '1', typeorm: '1', '@subsquid/evm-abi': '1'}, devDependencies: {vitest: '1'}}

type Violation = Readonly<{rule: Readonly<{name: string}>; from: string; to: string}>

const dir = mkdtempSync(join(tmpdir(), 'indexer-law-'))
afterAll(() => rmSync(dir, {recursive: true, force: true}))

/** Builds the house in a folder of its own and lets dependency-cruiser judge it by our law. */
function judge(name: string, source: Readonly<Record<string, string>>): readonly Violation[] {
  const house = join(dir, name)
  const files = {
    ...source,
    ...Object.fromEntries(PACKAGES.map((pkg) => [`node_modules/${pkg}/index.js`, ''])),
    'package.json': JSON.stringify(MANIFEST),
    'tsconfig.json': '{"include": ["src"]}',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), {recursive: true})
    writeFileSync(join(house, path), text)
  }
  const cli = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [cli, 'src', '--config', CONFIG, '--output-type', 'json']
  const {stdout, stderr} = spawnSync(process.execPath, args, {cwd: house, encoding: 'utf8'})
  if (!stdout.startsWith('{')) throw new Error(stderr || stdout)
  return (JSON.parse(stdout) as {summary: {violations: readonly Violation[]}}).summary.violations
}

test('a house that keeps the law is not accused', () => {
  expect(judge('lawful', LAWFUL)).toEqual([])
})

test('every crime is reported under its own rule, with both ends', () => {
  const violations = judge('unlawful', Object.fromEntries(unlawful))
  const isReported = ([rule, file, imported]: (typeof CRIMES)[number]) =>
    violations.some(
      ({rule: {name}, from, to}) =>
        name === rule && from === file && (rule === 'no-dead-files' || to.includes(basename(imported.replace('node:', '')))),
    )
  expect(CRIMES.filter((crime) => !isReported(crime))).toEqual([])
})

test('every rule of the law is broken here at least once', () => {
  expect(forbidden.map(({name}) => name).filter((name) => !CRIMES.some(([rule]) => rule === name))).toEqual([])
})
