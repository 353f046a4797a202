// Reads while a backfill writes: the questions of api.mjs about one chain, while a processor indexes another into the same tables.
//   node bench/apiWriting.mjs --tools <folder with replay-rpc> [--database <file of api.mjs --keep>] [--connections 10] [--seconds 5] [--question asset]
// Each question is asked before, then while the backfill runs: requests/s, p50, p99, errors. The API has the first core, as in api.mjs.
import {execFileSync, spawn} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {availableParallelism, tmpdir} from 'node:os'
import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import pg from 'pg'
import {stringify} from 'yaml'
import {DATABASE_OPTIONS, prepareDatabase} from './api/database.mjs'
import {load, postOf} from './api/load.mjs'
import {prepareQuestions} from './api/questions.mjs'
import {startServer} from './api/servers.mjs'
import {EVENTS} from './peers.mjs'
import {prepareTool, startChain} from './processes.mjs'

const {values: args} = parseArgs({
  options: {
    ...DATABASE_OPTIONS,
    connections: {type: 'string', default: '10'},
    seconds: {type: 'string', default: '5'},
    question: {type: 'string', default: ''},
  },
})
const say = (text) => console.error(text)
const root = resolve(import.meta.dirname ?? '.', '..')

/** A processor of another chain, from its first block on. */
function startBackfill({info, url}, databaseUrl) {
  const dir = mkdtempSync(join(tmpdir(), 'indexer-bench-writing-'))
  const contracts = info.collections.map((address) => ({address}))
  const chain = {id: info.chainId, rpc: [url], finality: 75, endBlock: info.lastEventBlock, contracts}
  writeFileSync(join(dir, 'indexer.yaml'), stringify({chains: [chain], cache: {dir: join(dir, 'cache')}, events: EVENTS(info.collections)}))
  const child = spawn('node', [join(root, 'lib/main.js'), '--config', join(dir, 'indexer.yaml')], {
    cwd: root,
    env: {...process.env, DB_URL: databaseUrl, LOG_LEVEL: 'warn'},
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise((done) => child.once('exit', done))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(dir, {recursive: true, force: true})
  }
  return {isRunning: () => child.exitCode === null, stop}
}

execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {cwd: root, stdio: 'ignore'})
if (availableParallelism() > 1) execFileSync('taskset', ['-cp', `1-${availableParallelism() - 1}`, String(process.pid)], {stdio: 'ignore'})
const database = await prepareDatabase(args, say)
const client = new pg.Client({connectionString: database.url})
await client.connect()
const query = async (sql) => (await client.query(sql)).rows
const server = await startServer('ours', database)
const chain = await startChain(prepareTool(args.tools, 'replay-rpc'), ['--preset', args.preset, '--chainId', String(database.chainId + 1)])
try {
  const post = async (text, variables) => {
    const headers = {'content-type': 'application/json'}
    const body = JSON.stringify({query: text, variables})
    return (await fetch(`http://127.0.0.1:${server.port}/graphql`, {method: 'POST', headers, body})).json()
  }
  const asked = await prepareQuestions({query, chainId: database.chainId, ask: {ours: post}})
  const questions = asked.filter(({name}) => name.includes(args.question))
  const measure = async ({of, ours}, seconds) => {
    const requests = of.map((parameter) => postOf('/graphql', ours.body(parameter)))
    return load({port: server.port, requests, connections: Number(args.connections), seconds})
  }
  for (const question of questions) await measure(question, 2)
  const before = []
  for (const question of questions) before.push(await measure(question, Number(args.seconds)))
  const written = async () => Number((await query(`SELECT count(*) AS n FROM transfer WHERE chain_id = ${chain.info.chainId}`))[0].n)
  const backfill = startBackfill(chain, database.url)
  while (backfill.isRunning() && (await written()) === 0) await new Promise((done) => setTimeout(done, 100))
  console.log(`${args.connections} connections: requests/s | p50 ms | p99 ms | errors`)
  const cell = ({rate, p50, p99, errors}) => `${Math.round(rate)} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${errors}`.padStart(30)
  const [from, started] = [await written(), performance.now()]
  for (const [i, question] of questions.entries()) {
    const during = await measure(question, Number(args.seconds))
    const isOver = backfill.isRunning() ? '' : '  the backfill was over before the end'
    console.log(`${question.name.padEnd(28)} before${cell(before[i])}  during${cell(during)}${isOver}`)
  }
  const seconds = (performance.now() - started) / 1000
  console.log(`${Math.round(((await written()) - from) / seconds)} transfers/s were written meanwhile`)
  await backfill.stop()
} finally {
  chain.stop()
  await server.stop()
  await query(`DO $$ DECLARE t text; BEGIN FOR t IN SELECT table_name FROM information_schema.columns WHERE table_schema = 'public'
    AND column_name = 'chain_id' LOOP EXECUTE format('DELETE FROM %I WHERE chain_id = ${chain.info.chainId}', t); END LOOP;
    DROP SCHEMA IF EXISTS squid_processor_eip155_${chain.info.chainId} CASCADE; END $$`)
  await client.end()
  await database.stop()
}
