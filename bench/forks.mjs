// A fork of 64 full blocks: how long from the node's announcement until the other branch is in the tables, and whether the API answers
// meanwhile. `npm run bench -- forks [--depth 64] [--events 25] [--rounds 3]`
import {spawn} from 'node:child_process'
import {existsSync, mkdtempSync, rmSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {createOurDatabase, writeConfig} from './peers.mjs'
import {freePort, prepareTool, startChain, startDatabase} from './processes.mjs'

const root = resolve(import.meta.dirname, '..')
const {values: args} = parseArgs({
  options: {
    tools: {type: 'string'},
    depth: {type: 'string', default: '64'},
    events: {type: 'string', default: '25'},
    rounds: {type: 'string', default: '3'},
    profile: {type: 'string'},
  },
})
const tools = [args.tools, join(root, '../shared/tools'), join(root, '../tools')].find((dir) => dir && existsSync(join(dir, 'replay-rpc')))
if (!tools) {
  console.error('--tools <dir>: where replay-rpc is')
  process.exit(2)
}
const pg = createRequire(import.meta.url)('pg')
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

const chain = await startChain(prepareTool(tools, 'replay-rpc'), ['--preset', 'small', '--tail', '80'])
const control = (name, body) =>
  fetch(`${chain.url}/control/${name}`, {method: 'POST', body: JSON.stringify(body)}).then((response) => response.json())
const database = await startDatabase()
const dir = mkdtempSync(join(tmpdir(), 'indexer-bench-forks-'))
const config = writeConfig(dir, chain, {chain: {endBlock: undefined, finality: 100, pollIntervalMs: 250}})
await createOurDatabase(database, 'forks')
const port = await freePort()
const env = {...process.env, DB_URL: database.url('forks'), LOG_LEVEL: 'warn', GQL_PORT: String(port)}
const profile = args.profile ? ['--cpu-prof', '--cpu-prof-dir', args.profile] : []
const start = (script, options = []) =>
  spawn('node', [...options, join(root, script), '--config', config], {cwd: root, env, stdio: ['ignore', 'inherit', 'inherit']})
const processes = [start('lib/main.js', profile), start('lib/api/main.js')]
const client = new pg.Client({connectionString: database.url('forks')})
await client.connect()

const {chainId} = chain.info
async function indexedHash() {
  const sql = `SELECT hash FROM squid_processor_eip155_${chainId}.hot_block ORDER BY height DESC LIMIT 1`
  const {rows} = await client.query(sql).catch(() => ({rows: []}))
  return rows[0]?.hash ?? null
}
async function reach(hash) {
  while ((await indexedHash()) !== hash) {
    if (processes.some(({exitCode}) => exitCode !== null)) throw new Error('a process has ended')
    await sleep(10)
  }
}

/** Asks without a pause; the longest answer counts. */
function watchApi() {
  const seen = {answers: 0, failures: 0, slowestMs: 0}
  let isOver = false
  const body = JSON.stringify({query: '{ transfers(first: 20, orderBy: [ID_DESC]) { nodes { blockNumber from { address } } } }'})
  const asking = (async () => {
    while (!isOver) {
      const began = performance.now()
      const ok = await fetch(`http://127.0.0.1:${port}/graphql`, {method: 'POST', headers: {'content-type': 'application/json'}, body})
        .then((response) => response.json())
        .then(
          ({data}) => data?.transfers !== undefined,
          () => false,
        )
      seen[ok ? 'answers' : 'failures'] += 1
      seen.slowestMs = Math.max(seen.slowestMs, performance.now() - began)
      await sleep(20)
    }
  })()
  return async () => ((isOver = true), await asking, seen)
}

const headHash = async () => (await fetch(`${chain.url}/control/info`).then((response) => response.json())).headHash
try {
  await reach(await headHash())
  for (let round = 1; round <= Number(args.rounds); round++) {
    await control('add-blocks', {n: Number(args.depth), events: Number(args.events)})
    await reach(await headHash())
    const end = watchApi()
    await sleep(300)
    const began = performance.now()
    const {hash} = await control('reorg', {depth: Number(args.depth), extra: 1, events: Number(args.events)})
    await reach(hash)
    const seconds = (performance.now() - began) / 1000
    const {answers, failures, slowestMs} = await end()
    console.log(
      `fork of ${args.depth} blocks with ${args.events} events each: ${seconds.toFixed(2)} s; API meanwhile: ${answers} answers, ${failures} failures, the slowest ${Math.round(slowestMs)} ms`,
    )
  }
} finally {
  for (const child of processes) child.kill('SIGTERM')
  await Promise.all(processes.map((child) => child.exitCode ?? new Promise((done) => child.once('exit', done))))
  await client.end()
  chain.stop()
  await database.stop()
  rmSync(dir, {recursive: true, force: true})
}
