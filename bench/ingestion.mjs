// Whole ingestion runs side by side: this indexer and a plain squid over one synthetic chain, from process start to last commit.
//   node bench/ingestion.mjs --tools <folder with replay-rpc and plain-squid> [--preset default] [--rounds 1] [--verification bloom] [--only ours]
// Both write into one embedded PostgreSQL with fsync on; rows and owners are compared with the chain's own truth before anything is reported.
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {stringify} from 'yaml'
import {measure, prepareTool, startChain, startDatabase} from './processes.mjs'

const {values: args} = parseArgs({
  options: {
    tools: {type: 'string'},
    preset: {type: 'string', default: 'default'},
    rounds: {type: 'string', default: '1'},
    verification: {type: 'string', default: 'bloom'},
    only: {type: 'string'},
  },
})
if (!args.tools || !existsSync(join(args.tools, 'replay-rpc'))) {
  console.error('--tools <folder>: where replay-rpc and plain-squid are')
  process.exit(2)
}
const require = createRequire(import.meta.url)
const root = resolve(import.meta.dirname ?? '.', '..')
const say = (text) => console.error(text)

const EVENTS = (collections) => [
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

async function runOurs(chain, database, round) {
  const name = `ours_${round}`
  await database.query('postgres', `CREATE DATABASE ${name}`)
  await require('../lib/store/migrate.js').migrate(database.url(name))
  const dir = mkdtempSync(join(tmpdir(), 'indexer-bench-ours-'))
  const {info, url} = chain
  writeFileSync(
    join(dir, 'indexer.yaml'),
    stringify({
      chains: [
        {
          id: info.chainId,
          rpc: [url],
          finality: 75,
          endBlock: info.lastEventBlock,
          verification: args.verification,
          contracts: info.collections.map((address) => ({address})),
        },
      ],
      cache: {dir: join(dir, 'cache')},
      events: EVENTS(info.collections),
    }),
  )
  const run = () =>
    measure('node', [join(root, 'lib/main.js'), '--config', join(dir, 'indexer.yaml')], {
      cwd: root,
      env: {...process.env, DB_URL: database.url(name), LOG_LEVEL: 'warn'},
    })
  const figures = await run()
  await compare(
    database,
    name,
    chain,
    {
      transfer: 'SELECT count(*)::int AS n FROM transfer',
      metadataUpdate: 'SELECT count(*)::int AS n FROM metadata_change',
      license: `SELECT count(*)::int AS n FROM license_event`,
      royalty: 'SELECT count(*)::int AS n FROM royalty_payment',
      royaltyAmount: 'SELECT sum(amount)::text AS n FROM royalty_payment',
      asset: 'SELECT count(*)::int AS n FROM asset',
    },
    `SELECT c.address || '-' || a.token_id || ',' || coalesce(a.owner, '0x0000000000000000000000000000000000000000') AS line FROM asset a JOIN collection c ON c.id = a.collection_id`,
  )
  rmSync(dir, {recursive: true, force: true})
  return figures
}

async function runPlain(dir, chain, database, round) {
  const name = `plain_${round}`
  await database.query('postgres', `CREATE DATABASE ${name}`)
  const env = {
    ...process.env,
    DB_HOST: '127.0.0.1',
    DB_PORT: String(database.port),
    DB_NAME: name,
    DB_USER: 'postgres',
    DB_PASS: 'bench',
    RPC_URL: chain.url,
    CONTRACTS: chain.info.collections.join(),
    TO_BLOCK: String(chain.info.lastEventBlock),
  }
  rmSync(join(dir, 'db'), {recursive: true, force: true})
  mkdirSync(join(dir, 'db'), {recursive: true})
  execFileSync('npm', ['run', 'migrate'], {cwd: dir, env, stdio: 'ignore'})
  const figures = await measure('node', ['lib/main.js'], {cwd: dir, env})
  await compare(
    database,
    name,
    chain,
    {
      transfer: 'SELECT count(*)::int AS n FROM transfer',
      metadataUpdate: 'SELECT count(*)::int AS n FROM metadata_update',
      license: 'SELECT count(*)::int AS n FROM license',
      royalty: 'SELECT count(*)::int AS n FROM royalty_payment',
      royaltyAmount: 'SELECT sum(amount)::text AS n FROM royalty_payment',
      asset: 'SELECT count(*)::int AS n FROM asset',
    },
    `SELECT id || ',' || owner AS line FROM asset`,
  )
  return figures
}

async function compare(database, name, {url, info}, counts, ownersSql) {
  for (const [what, sql] of Object.entries(counts)) {
    const [{n}] = await database.query(name, sql)
    if (String(n) !== String(info.truth[what])) throw new Error(`${name}: ${what} is ${n}, the chain says ${info.truth[what]}`)
  }
  const owners = (await fetch(`${url}/control/owners`).then((r) => r.text()))
    .trim()
    .split('\n')
    .map((l) => l.trim())
    .sort()
  const ours = (await database.query(name, ownersSql)).map(({line}) => line).sort()
  if (owners.join('\n') !== ours.join('\n'))
    throw new Error(`${name}: owners differ: ${ours.find((l, i) => l !== owners[i])} / ${owners.find((l, i) => l !== ours[i])}`)
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]

execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {cwd: root, stdio: 'ignore'})
say('preparing the tools ...')
const replay = prepareTool(args.tools, 'replay-rpc')
const plain = args.only ? null : prepareTool(args.tools, 'plain-squid', ['npm', 'run', 'codegen'], ['npm', 'run', 'build'])
const chain = await startChain(replay, ['--preset', args.preset, ...(args.verification === 'receipts' ? ['--roots'] : [])])
const database = await startDatabase()
const events = ['transfer', 'metadataUpdate', 'license', 'royalty'].reduce((sum, kind) => sum + chain.info.truth[kind], 0)
const results = {ours: [], plain: []}
try {
  for (let round = 0; round < Number(args.rounds); round++) {
    say(`round ${round + 1}: ours`)
    results.ours.push(await runOurs(chain, database, round))
    if (!plain) continue
    say(`round ${round + 1}: plain squid`)
    results.plain.push(await runPlain(plain, chain, database, round))
  }
  console.log(`preset ${args.preset}, ${events} events, verification ${args.verification}, medians of ${args.rounds}`)
  for (const [name, runs] of Object.entries(results)) {
    if (runs.length === 0) continue
    const seconds = median(runs.map((r) => r.seconds))
    console.log(
      `${name.padEnd(6)} ${Math.round(events / seconds)} events/s  ${seconds.toFixed(1)} s  CPU ${median(runs.map((r) => r.cpu)).toFixed(1)} s  peak ${Math.round(median(runs.map((r) => r.memory)))} MB`,
    )
  }
  if (plain) console.log(`ratio  ${(median(results.plain.map((r) => r.seconds)) / median(results.ours.map((r) => r.seconds))).toFixed(2)}`)
} finally {
  chain.stop()
  await database.stop()
}
