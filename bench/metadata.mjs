// How fast the metadata worker reads, what a document costs, and how long a reader waits while a storm rages. Whole processes, one command:
//   node bench/metadata.mjs [--tokens 6000] [--queued 1000000] [--asked 100] [--only fast,peer,slow,small,storm] [--concurrency 64] [--per-gateway 32]
// WORKER_FLAGS are Node.js's for the worker, as --cpu-prof. Beside it, with as many questions at once: a plain loop of call, fetch and INSERT (bench/metadataPeer.mjs). Documents are raw IPFS blocks of 1 KiB from two local gateways, each hashed; the node and the gateways are a process of their own.
import {execFileSync, spawn} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import pg from 'pg'
import {stringify} from 'yaml'
import {cpuOfTree, startDatabase} from './processes.mjs'

const {values: args} = parseArgs({
  options: {
    tokens: {type: 'string', default: '6000'},
    queued: {type: 'string', default: '1000000'},
    asked: {type: 'string', default: '100'},
    only: {type: 'string'},
    concurrency: {type: 'string', default: '64'},
    'per-gateway': {type: 'string', default: '32'},
  },
})
const require = createRequire(import.meta.url)
const root = resolve(import.meta.dirname ?? '.', '..')
const CHAIN = 31337
const COLLECTION = `${CHAIN}-0x${'c0'.repeat(20)}`
const STATE = `squid_processor_eip155_${CHAIN}`
const HASH = `0x${'b'.repeat(64)}`
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
const keyOf = (block, log) => `${String(CHAIN).padStart(16, '0')}-${String(block).padStart(10, '0')}-${String(log).padStart(6, '0')}-000000`

const firstLine = (child) => new Promise((done) => child.stdout.once('data', (chunk) => done(String(chunk).split('\n')[0])))
const world = spawn('node', [join(root, 'bench/metadataWorld.mjs')], {cwd: root, stdio: ['ignore', 'pipe', 'inherit']})
const ports = JSON.parse(await firstLine(world))
const tune = (query) => Promise.all(ports.gateways.map((port) => fetch(`http://127.0.0.1:${port}/control?${query}`)))

execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {cwd: root, stdio: 'ignore'})
const {migrate} = require('../lib/store/migrate.js')
const {noteReaders, parseSubject} = require('../lib/metadata/queue/askFor.js')
const database = await startDatabase()
const dir = mkdtempSync(join(tmpdir(), 'indexer-bench-metadata-'))

async function begin(name, backgroundPerSecond) {
  await database.query('postgres', `CREATE DATABASE ${name}`)
  await migrate(database.url(name))
  const pool = new pg.Pool({connectionString: database.url(name), max: 4})
  pool.on('error', () => {})
  await pool.query(`CREATE SCHEMA ${STATE};
    CREATE TABLE ${STATE}.status (id int4 primary key, height int4 not null, hash text);
    CREATE TABLE ${STATE}.hot_block (height int4 primary key, hash text not null);
    INSERT INTO ${STATE}.status VALUES (0, 0, '${HASH}');
    INSERT INTO ${STATE}.hot_block VALUES (1, '${HASH}')`)
  writeFileSync(
    join(dir, 'indexer.yaml'),
    stringify({
      chains: [{id: CHAIN, rpc: [`http://127.0.0.1:${ports.node}`], contracts: '*'}],
      metadata: {
        ipfsGateways: ports.gateways.map((port) => `http://127.0.0.1:${port}`),
        concurrency: Number(args.concurrency),
        perGateway: Number(args['per-gateway']),
        backgroundPerSecond,
      },
    }),
  )
  return pool
}

const queue = (pool, count, priority) =>
  pool.query(
    `INSERT INTO metadata_subject (id, chain_id, collection_id, token_id, priority, due_at, mint_failure)
     SELECT '${COLLECTION}-' || n, ${CHAIN}, '${COLLECTION}', n, $2, now(), 'none' FROM generate_series(1, $1::int) n`,
    [count, priority],
  )

function startWorker(name) {
  const child = spawn(
    'node',
    [...(process.env.WORKER_FLAGS?.split(' ') ?? []), join(root, 'lib/metadata/main.js'), '--config', join(dir, 'indexer.yaml')],
    {
      cwd: root,
      env: {...process.env, DB_URL: database.url(name), LOG_LEVEL: 'error'},
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const stat = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return {
    cpu: () => (Number(stat()[11]) + Number(stat()[12])) / 100,
    rss: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
    stop: () => new Promise((done) => (child.once('exit', done), child.kill('SIGTERM'))),
  }
}
const countRead = async (pool) => (await pool.query('SELECT count(*)::int AS n FROM metadata_subject WHERE read_at IS NOT NULL')).rows[0].n
async function untilRead(pool, count) {
  while ((await countRead(pool)) < count) await sleep(100)
}

const tell = (what, {read, seconds, cpu, database: used}, more = '') =>
  console.log(
    `${what}: ${(read / seconds).toFixed(0)} tokens/s; a document costs ${((cpu / read) * 1000).toFixed(2)} ms CPU of the process, ${((used / read) * 1000).toFixed(2)} ms of PostgreSQL${more}`,
  )

async function throughput(name, count, latency, errors) {
  await tune(`latency=${latency}&errors=${errors}`)
  const pool = await begin(name, 0)
  await queue(pool, count, 1)
  const worker = startWorker(name)
  // What a process costs before its first documents is none of theirs.
  await untilRead(pool, Math.min(200, count >> 3))
  const [at, cpu, used, before] = [performance.now(), worker.cpu(), cpuOfTree(database.pid), await countRead(pool)]
  await untilRead(pool, Math.floor(count * 0.98))
  const [seconds, read] = [(performance.now() - at) / 1000, (await countRead(pool)) - before]
  const costs = {read, seconds, cpu: worker.cpu() - cpu, database: cpuOfTree(database.pid) - used}
  tell(`${latency} ms, ${errors * 100} % errors`, costs, `; ${worker.rss().toFixed(0)} MB`)
  await worker.stop()
  await pool.end()
}

/** The same documents and gateways by a plain loop. */
async function peer(count) {
  await tune('latency=50&errors=0')
  await database.query('postgres', 'CREATE DATABASE plain')
  const used = cpuOfTree(database.pid)
  const gateways = ports.gateways.map((port) => `http://127.0.0.1:${port}`).join()
  const argv = [`http://127.0.0.1:${ports.node}`, gateways, database.url('plain'), String(count), args.concurrency]
  const child = spawn('node', [join(root, 'bench/metadataPeer.mjs'), ...argv], {cwd: root, stdio: ['ignore', 'pipe', 'inherit']})
  tell('50 ms, a plain loop', {...JSON.parse(await firstLine(child)), database: cpuOfTree(database.pid) - used})
}

/** A million tokens wait, ten thousand ranges were just told of, and somebody asks for one token after another. */
async function storm(name, queued) {
  await tune('latency=50&errors=0')
  const pool = await begin(name, 50)
  await queue(pool, queued, 2)
  await pool.query(
    `INSERT INTO block (id, chain_id, number, hash, timestamp) VALUES ('${CHAIN}-0000000001', ${CHAIN}, 1, '${HASH}', now())`,
  )
  await pool.query(
    `INSERT INTO metadata_change (id, chain_id, block_number, log_index, timestamp, transaction_hash, collection_id, standard, scope, from_token_id, to_token_id)
     SELECT '${keyOf(1, 0).slice(0, 28)}' || lpad(n::text, 6, '0') || '-000000', ${CHAIN}, 1, n, now(), '0x', '${COLLECTION}', 'erc4906', 'range', n, NULL FROM generate_series(1, 10000) n`,
  )
  await pool.query('ANALYZE')
  const worker = startWorker(name)
  await untilRead(pool, 100)
  const [memory, waits] = [[worker.rss()], []]
  for (let i = 0; i < Number(args.asked); i++) {
    const tokenId = (queued >> 1) + i * 7
    const id = `${COLLECTION}-${tokenId}`
    const key = keyOf(1, 20_000 + i)
    await pool.query(
      `INSERT INTO metadata_change (id, chain_id, block_number, log_index, timestamp, transaction_hash, collection_id, standard, scope, from_token_id, to_token_id)
       VALUES ($1, ${CHAIN}, 1, $2, now(), '0x', '${COLLECTION}', 'erc4906', 'range', $3, $3)`,
      [key, 20_000 + i, tokenId],
    )
    const at = performance.now()
    await noteReaders(pool, [parseSubject(id)])
    while ((await pool.query('SELECT FROM metadata_subject WHERE id = $1 AND event_id = $2', [id, key])).rowCount === 0) await sleep(10)
    waits.push(performance.now() - at)
    memory.push(worker.rss())
  }
  waits.sort((a, b) => a - b)
  const quantile = (q) => waits[Math.min(waits.length - 1, Math.floor(waits.length * q))].toFixed(0)
  console.log(
    `${queued} queued, 10,000 ranges: event to fresh for an asked-for token p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms; memory ${memory[0].toFixed(0)} MB at first, ${memory.at(-1).toFixed(0)} MB at last, ${Math.max(...memory).toFixed(0)} MB at most`,
  )
  await worker.stop()
  await pool.end()
}

try {
  const runs = {
    fast: () => throughput('fast', Number(args.tokens), 50, 0),
    peer: () => peer(Number(args.tokens)),
    slow: () => throughput('slow', Math.max(200, Number(args.tokens) >> 2), 2000, 0.05),
    small: () => storm('small', 10_000),
    storm: () => storm('storm', Number(args.queued)),
  }
  for (const [name, run] of Object.entries(runs)) if (!args.only || args.only.split(',').includes(name)) await run()
} finally {
  world.kill('SIGKILL')
  await database.stop()
  rmSync(dir, {recursive: true, force: true})
}
