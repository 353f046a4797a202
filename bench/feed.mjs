// What a subscriber of the feed costs, and how soon all of them are told. One API process, WebSockets of a process of their own, one command:
//   npm run bench -- feed [--subscribers 10000] [--changes 20]
// Changes are transfers written beside the journal; database work is counted as committed transactions of the whole server, for one
// subscriber and for all of them.
import {execFileSync, spawn} from 'node:child_process'
import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import pg from 'pg'
import {WebSocket} from 'ws'
import {freePort, startDatabase} from './processes.mjs'

const {values: args} = parseArgs({options: {subscribers: {type: 'string', default: '10000'}, changes: {type: 'string', default: '20'}}})
const [SUBSCRIBERS, CHANGES] = [Number(args.subscribers), Number(args.changes)]
const root = resolve(import.meta.dirname ?? '.', '..')
const require = createRequire(import.meta.url)
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
const FOLLOW =
  'subscription { changes { cursor position kind eventId blockHash event { __typename id ... on Transfer { amount to { address } } } } }'

execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {cwd: root, stdio: 'ignore'})
const {migrate} = require('../lib/store/migrate.js')
const {TABLES} = require('../lib/domain/rows.js')
const {eventKey, blockId} = require('../lib/domain/ids.js')
const database = await startDatabase()
await database.query('postgres', 'CREATE DATABASE bench')
const url = database.url('bench')
await migrate(url)
const client = new pg.Client({connectionString: url})
await client.connect()

const config = join(tmpdir(), `indexer-bench-feed-${process.pid}.yaml`)
writeFileSync(config, 'chains: [{id: 1, rpc: ["http://127.0.0.1:1"], contracts: "*"}]\n')
const port = await freePort()
const env = {...process.env, DB_URL: url, GQL_PORT: String(port), LOG_LEVEL: 'error'}
const api = spawn('node', ['lib/api/main.js', '--config', config], {cwd: root, env, stdio: 'inherit'})
for (let ready = false; !ready; await sleep(100))
  ready = await fetch(`http://127.0.0.1:${port}/ready`).then(
    (r) => r.ok,
    () => false,
  )

let told = 0
function subscribe() {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
  return new Promise((done, fail) => {
    socket.on('error', fail)
    socket.on('open', () => socket.send('{"type":"connection_init"}'))
    socket.on('message', (data) => {
      const {type, payload} = JSON.parse(data)
      if (type === 'connection_ack') done(socket.send(JSON.stringify({id: '1', type: 'subscribe', payload: {query: FOLLOW}})))
      else if (type === 'next' && payload.data?.changes?.event) told++
      else if (type !== 'ping' && type !== 'pong') console.error(String(data).slice(0, 300))
    })
  })
}
const subscribers = async () =>
  Number(/^api_feed_subscribers (\d+)/m.exec(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text())?.[1])
async function growTo(count, from) {
  for (let n = from; n < count; n += 100) await Promise.all(Array.from({length: Math.min(100, count - n)}, subscribe))
  while ((await subscribers()) < count) await sleep(100)
}

const PLAIN = {numeric: 0, int4: 0, bool: false, timestamptz: new Date(0), text: ''}
const insert = (table, given) => {
  const {table: name, columns} = TABLES[table]
  const values = columns.map(({field, type}) => (field in given ? given[field] : PLAIN[type]))
  return client.query(
    `INSERT INTO "${name}" (${columns.map(({column}) => `"${column}"`)}) VALUES (${columns.map((_, i) => `$${i + 1}`)})`,
    values,
  )
}
let position = 0
async function tell() {
  position++
  const [id, collection, hash] = [eventKey(1, position, 0, 0), `1-0x${'aa'.repeat(20)}`, `0x${'0b'.repeat(32)}`]
  await client.query('BEGIN')
  await insert('Block', {id: blockId(1, position), chainId: 1, number: position, hash})
  await insert('Transfer', {
    id,
    chainId: 1,
    blockNumber: position,
    collectionId: collection,
    assetId: `${collection}-1`,
    from: `0x${'00'.repeat(20)}`,
    to: `0x${'01'.repeat(20)}`,
  })
  await client.query(
    `INSERT INTO feed_change (position, chain_id, kind, event_id, block_number, block_hash, collections, assets) VALUES ($1, 1, 'Transfer', $2, $6, $3, $4, $5)`,
    [position, id, hash, [collection], [`${collection}-1`], position],
  )
  await client.query(`UPDATE feed_state SET last_position = ${position}`)
  await client.query(`SELECT pg_notify('feed_change', '')`)
  await client.query('COMMIT')
}
const transactions = async () => {
  await sleep(1_500)
  return Number((await database.query('postgres', `SELECT xact_commit AS n FROM pg_stat_database WHERE datname = 'bench'`))[0].n)
}
async function round(count) {
  const times = []
  const before = await transactions()
  for (let i = 0; i < CHANGES; i++) {
    told = 0
    const start = performance.now()
    await tell()
    while (told < count) await sleep(1)
    times.push(performance.now() - start)
  }
  const spent = (await transactions()) - before
  times.sort((a, b) => a - b)
  return {times, transactions: spent / CHANGES}
}
const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${api.pid}/status`, 'utf8'))?.[1]) * 1024
const at = (times, part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(0)

await growTo(1, 0)
const one = await round(1)
const before = rss()
await growTo(SUBSCRIBERS, 1)
const idle = rss()
const all = await round(SUBSCRIBERS)
console.log(`subscribers                        1 / ${SUBSCRIBERS}`)
console.log(`a change reaches all, median       ${at(one.times, 0.5)} ms / ${at(all.times, 0.5)} ms`)
console.log(`                      slowest      ${at(one.times, 1)} ms / ${at(all.times, 1)} ms`)
console.log(`database transactions a change     ${one.transactions.toFixed(1)} / ${all.transactions.toFixed(1)}`)
console.log(
  `memory of the API process          ${(before / 2 ** 20).toFixed(0)} MiB / ${(idle / 2 ** 20).toFixed(0)} MiB, after the changes ${(rss() / 2 ** 20).toFixed(0)} MiB`,
)
console.log(`memory a subscriber                ${((idle - before) / (SUBSCRIBERS - 1) / 1024).toFixed(1)} KiB`)
api.kill('SIGKILL')
await client.end()
await database.stop()
rmSync(config, {force: true})
process.exit(0)
