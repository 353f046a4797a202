// The same query at the head and as of a past block, by turns on one process: requests/s, times, CPU, and how they compare.
//   node bench/apiPast.mjs --tools <folder with replay-rpc> | --database <file of api.mjs --keep>
//     [--rounds 5] [--seconds 2] [--connections 10] [--question asset]
// Blocks: the head itself, one a hundredth of the history back, and the middle of the history.
import {execFileSync} from 'node:child_process'
import {availableParallelism} from 'node:os'
import {resolve} from 'node:path'
import {parseArgs} from 'node:util'
import pg from 'pg'
import {DATABASE_OPTIONS, prepareDatabase} from './api/database.mjs'
import {load, postOf} from './api/load.mjs'
import {preparePast} from './api/past.mjs'
import {startServer} from './api/servers.mjs'

const {values: args} = parseArgs({
  options: {
    ...DATABASE_OPTIONS,
    rounds: {type: 'string', default: '5'},
    seconds: {type: 'string', default: '2'},
    warm: {type: 'string', default: '5'},
    connections: {type: 'string', default: '10'},
    question: {type: 'string', default: ''},
  },
})
const say = (text) => console.error(text)
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]

/** One question at each moment in turn, so that what else the machine does meets all of them. */
async function measureOne(server, {name, moments}) {
  const runs = moments.map(() => [])
  for (let round = 0; round <= Number(args.rounds); round++)
    for (const [i, {bodies}] of moments.entries()) {
      const requests = bodies.map((body) => postOf('/graphql', body))
      const before = server.cpu()
      const seconds = Number(round === 0 ? args.warm : args.seconds)
      const run = await load({port: server.port, requests, connections: Number(args.connections), seconds})
      // The first round warms up compilers and caches.
      if (round > 0) runs[i].push({...run, cpu: ((server.cpu() - before) / run.requests) * 1e6})
    }
  say(`${name}: measured`)
  return runs.map((own) => ({
    rate: median(own.map(({rate}) => rate)),
    p99: median(own.map(({p99}) => p99)),
    cpu: median(own.map(({cpu}) => cpu)),
    errors: own.reduce((sum, {errors}) => sum + errors, 0),
  }))
}

const cell = (text, width = 26) => String(text).padStart(width)

execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {cwd: resolve(import.meta.dirname ?? '.', '..'), stdio: 'ignore'})
if (availableParallelism() > 1) execFileSync('taskset', ['-cp', `1-${availableParallelism() - 1}`, String(process.pid)], {stdio: 'ignore'})
const database = await prepareDatabase(args, say)
const client = new pg.Client({connectionString: database.url})
await client.connect()
const server = await startServer('ours', database)
try {
  const questions = (await preparePast({query: async (sql) => (await client.query(sql)).rows, chainId: database.chainId})).filter(
    ({name}) => name.includes(args.question),
  )
  console.log(
    `${args.connections} connections, median of ${args.rounds} rounds by turns: requests/s | p99 ms | CPU µs of the API a request`,
  )
  console.log(`${'question'.padEnd(30)}${questions[0].moments.map(({name}) => cell(name)).join('')}`)
  const most = []
  let errors = 0
  for (const question of questions) {
    const figures = await measureOne(server, question)
    const [head, ...past] = figures
    const ratios = past.map(({rate}) => head.rate / rate)
    most.push(...ratios)
    errors += figures.reduce((sum, figure) => sum + figure.errors, 0)
    const cells = figures.map(({rate, p99, cpu}, i) =>
      cell(`${Math.round(rate)} | ${p99.toFixed(1)} | ${Math.round(cpu)}${i === 0 ? '' : ` (${ratios[i - 1].toFixed(2)})`}`),
    )
    console.log(`${question.name.padEnd(30)}${cells.join('')}`)
  }
  console.log(`\n(n): times the time of the same query at the head; the most is ${Math.max(...most).toFixed(2)}`)
  console.log(`refused or failed requests: ${errors}`)
} finally {
  await server.stop()
  await client.end()
  await database.stop()
}
