// Exports of more than a million rows through one API process: rows/s, and its memory while they stream, to a fast client, to one that
// breaks off and goes on from its last cursor, and to one that reads slowly.
//   node bench/exports.mjs [--rows 1200000] [--slow 20]
import {execFileSync} from 'node:child_process'
import {createRequire} from 'node:module'
import {resolve} from 'node:path'
import {parseArgs} from 'node:util'
import pg from 'pg'
import {startServer} from './api/servers.mjs'
import {startDatabase} from './processes.mjs'

const {values: args} = parseArgs({options: {rows: {type: 'string', default: '1200000'}, slow: {type: 'string', default: '20'}}})
const rows = Number(args.rows)
const require = createRequire(import.meta.url)
const CHAIN = 31337
const say = (text) => console.error(text)

/** Transfers of one collection; what else they name is not there, as it may be. */
const FILL = `INSERT INTO transfer (id, chain_id, block_number, log_index, "timestamp", transaction_hash, collection_id, asset_id, token_id, "from", "to",
    amount, incarnation, ordinal)
  SELECT lpad('${CHAIN}', 16, '0') || '-' || lpad((n / 50)::text, 10, '0') || '-' || lpad((n % 50)::text, 6, '0') || '-000000', ${CHAIN}, n / 50, n % 50,
    to_timestamp(1700000000 + n / 50), '0x' || md5(n::text) || md5((n + 1)::text), '${CHAIN}-0x' || repeat('c', 40),
    '${CHAIN}-0x' || repeat('c', 40) || '-' || n % 10000, n % 10000, '0x' || left(md5(n::text) || md5(n::text), 40), '0x' || left(md5((n + 7)::text) || md5(n::text), 40), 1, 1, 1
  FROM generate_series(1, ${rows}) n`

/** Reads an export, as fast as it comes or `pause` milliseconds a chunk, until the end or the limit; its last row that came whole. */
async function readExport(url, key, {pause = 0, limit = Number.POSITIVE_INFINITY, seconds = Number.POSITIVE_INFINITY} = {}) {
  const started = performance.now()
  const stopped = new AbortController()
  const response = await fetch(url, {headers: {'x-api-key': key}, signal: stopped.signal})
  if (response.status !== 200) throw new Error(await response.text())
  let [count, last, rest] = [0, '', '']
  const decoder = new TextDecoder()
  try {
    for await (const chunk of response.body) {
      const lines = (rest + decoder.decode(chunk, {stream: true})).split('\n')
      rest = lines.pop()
      count += lines.length
      last = lines.at(-1) ?? last
      if (pause > 0) await new Promise((done) => setTimeout(done, pause))
      if (count >= limit || performance.now() - started > seconds * 1000) break
    }
  } finally {
    stopped.abort()
  }
  return {count, cursor: JSON.parse(last).cursor, seconds: (performance.now() - started) / 1000}
}

/** The most that the process had while the work was done, in megabytes. */
async function watching(server, work) {
  let most = server.memory()
  const timer = setInterval(() => (most = Math.max(most, server.memory())), 50)
  const result = await work().finally(() => clearInterval(timer))
  return {...result, most}
}

execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {cwd: resolve(import.meta.dirname ?? '.', '..'), stdio: 'ignore'})
const database = await startDatabase()
await database.query('postgres', 'CREATE DATABASE exports')
await require('../lib/store/migrate.js').migrate(database.url('exports'))
say(`${rows} transfers ...`)
// An export in chain order needs the primary key only.
await database.query(
  'exports',
  `DO $$ DECLARE i text; BEGIN FOR i IN SELECT indexname FROM pg_indexes WHERE tablename = 'transfer' AND indexdef
  NOT LIKE 'CREATE UNIQUE%' LOOP EXECUTE format('DROP INDEX %I', i); END LOOP; END $$`,
)
await database.query('exports', FILL)
await database.query('exports', 'VACUUM ANALYZE transfer')
const pool = new pg.Pool({connectionString: database.url('exports'), max: 2})
const key = await require('../lib/access/keyStore.js').createKey(pool, {name: 'bench', scopes: ['export'], expiresAt: null})
const server = await startServer('ours', {url: database.url('exports'), plain: '', chainId: CHAIN})
const of = (format, after) => `http://127.0.0.1:${server.port}/export/transfers.${format}${after ? `?after=${after}` : ''}`
try {
  await readExport(of('ndjson'), key, {limit: 20_000})
  const idle = Math.round(server.memory())
  console.log(`the API process before: ${idle} MB`)
  const tell = (what, {count, seconds, most}) =>
    console.log(
      `${what}: ${count} rows in ${seconds.toFixed(1)} s, ${Math.round(count / seconds)} rows/s; memory at most ${Math.round(most)} MB`,
    )
  const whole = await watching(server, () => readExport(of('ndjson'), key))
  tell('whole', whole)
  if (whole.count !== rows) throw new Error(`${whole.count} rows came, not ${rows}`)
  const first = await readExport(of('ndjson'), key, {limit: rows / 3})
  const rest = await watching(server, () => readExport(of('ndjson', first.cursor), key))
  tell(`broken off after ${first.count} rows and continued from the last cursor`, rest)
  if (rest.cursor !== whole.cursor) throw new Error('the second half ends elsewhere')
  tell('a client that reads slowly', await watching(server, () => readExport(of('ndjson'), key, {pause: 20, seconds: Number(args.slow)})))
} finally {
  await server.stop()
  await pool.end()
  await database.stop()
}
