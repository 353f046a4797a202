// The indexers that are compared. Each: an empty migrated database, a whole process from start to last commit, its content checked.
import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {stringify} from 'yaml'
import {OURS, PLAIN} from './content.mjs'
import {measure} from './processes.mjs'

const require = createRequire(import.meta.url)
const root = resolve(import.meta.dirname, '..')

export const EVENTS = (collections) => [
  {
    contract: collections,
    as: 'license.granted',
    event:
      'LicenseGranted(uint256 indexed licenseId, uint256 indexed tokenId, address indexed licensee, uint64 startsAt, uint64 endsAt, bytes32 termsHash, string uri)',
    fields: {
      licenseId: 'licenseId',
      tokenId: 'tokenId',
      licensee: 'licensee',
      startTime: 'startsAt',
      expiry: 'endsAt',
      termsHash: 'termsHash',
      termsURI: 'uri',
    },
  },
  {
    contract: collections,
    as: 'royalty.paid',
    event:
      'RoyaltyPaid(uint256 indexed tokenId, address indexed recipient, address indexed currency, address payer, uint256 amount, bytes32 saleId)',
    fields: {tokenId: 'tokenId', recipient: 'recipient', currency: 'currency', payer: 'payer', amount: 'amount', saleRef: 'saleId'},
  },
]

/** `standards`: null: whatever is compiled in. `chain`: overrides of the chain's part of the file. */
export function writeConfig(dir, {info, url}, {verification = 'bloom', standards = null, chain = {}} = {}) {
  const contracts = info.collections.map((address) => (standards ? {address, standards} : {address}))
  const path = join(dir, 'indexer.yaml')
  writeFileSync(
    path,
    stringify({
      chains: [{id: info.chainId, rpc: [url], finality: 75, endBlock: info.lastEventBlock, verification, contracts, ...chain}],
      cache: {dir: join(dir, 'cache')},
      events: EVENTS(info.collections),
    }),
  )
  return path
}

export async function createOurDatabase(database, name) {
  await database.query('postgres', `CREATE DATABASE ${name}`)
  await require('../lib/store/migrate.js').migrate(database.url(name))
}

/** The processor of this repository; with `reindex` its command runs afterwards, from the cache that the first run filled. */
export async function runOurs({chain, database, name, options = {}, reindex = false}) {
  await createOurDatabase(database, name)
  const dir = mkdtempSync(join(tmpdir(), 'indexer-bench-ours-'))
  const config = writeConfig(dir, chain, options)
  const env = {...process.env, DB_URL: database.url(name), LOG_LEVEL: 'warn'}
  const settings = {cwd: root, env, server: database.pid}
  try {
    const first = await measure('node', [...(options.profile ?? []), join(root, 'lib/main.js'), '--config', config], settings)
    if (!reindex) return {figures: first, statements: OURS}
    // The process that the command starts does the work: wall clock is what is compared.
    const again = await measure('node', [join(root, 'lib/cli/main.js'), 'reindex', '--config', config], settings)
    return {figures: first, again, statements: OURS}
  } finally {
    rmSync(dir, {recursive: true, force: true})
  }
}

const plainEnv = (chain, database, name) => ({
  ...process.env,
  DB_HOST: '127.0.0.1',
  DB_PORT: String(database.port),
  DB_NAME: name,
  DB_USER: 'postgres',
  DB_PASS: 'bench',
  RPC_URL: chain.url,
  CONTRACTS: chain.info.collections.join(),
  TO_BLOCK: String(chain.info.lastEventBlock),
})

async function createPlainDatabase({dir, chain, database, name}) {
  await database.query('postgres', `CREATE DATABASE ${name}`)
  const env = plainEnv(chain, database, name)
  // Its migration is generated anew for each database.
  rmSync(join(dir, 'db'), {recursive: true, force: true})
  mkdirSync(join(dir, 'db'), {recursive: true})
  execFileSync('npm', ['run', 'migrate'], {cwd: dir, env, stdio: 'ignore'})
  return env
}

/** The same events by an idiomatic squid. */
export async function runPlain(run) {
  const env = await createPlainDatabase(run)
  return {figures: await measure('node', ['lib/main.js'], {cwd: run.dir, env, server: run.database.pid}), statements: PLAIN}
}

/** The hand-written loop, into the plain squid's tables. */
export async function runCopyLoop(run) {
  const env = {...(await createPlainDatabase(run)), DB_URL: run.database.url(run.name)}
  return {figures: await measure('node', [join(root, 'bench/copyLoop.mjs')], {cwd: root, env, server: run.database.pid}), statements: PLAIN}
}
