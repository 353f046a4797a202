// The same questions to this API and to others over the same 500,000 events: requests/s, times and CPU, side by side.
//   node bench/api.mjs --tools <folder with replay-rpc> [--preset default] [--rounds 3] [--seconds 3] [--only raw,ours] [--connections 10,50]
//   --keep <file>: leaves the database running and says in the file where it is; --database <file>: uses it again
//   --profile <folder>: a CPU profile of our process there
// One core for the API under load, the others for PostgreSQL and the client. Answers are compared before anything is timed.
import {execFileSync} from 'node:child_process'
import {availableParallelism} from 'node:os'
import {resolve} from 'node:path'
import {isDeepStrictEqual, parseArgs} from 'node:util'
import pg from 'pg'
import {DATABASE_OPTIONS, prepareDatabase} from './api/database.mjs'
import {getOf, load, postOf} from './api/load.mjs'
import {prepareQuestions} from './api/questions.mjs'
import {report} from './api/report.mjs'
import {startServer} from './api/servers.mjs'

const {values: args} = parseArgs({
  options: {
    ...DATABASE_OPTIONS,
    rounds: {type: 'string', default: '3'},
    seconds: {type: 'string', default: '3'},
    warm: {type: 'string', default: '10'},
    connections: {type: 'string', default: '10,50'},
    only: {type: 'string', default: 'raw,ours,postgraphile,openreader'},
    question: {type: 'string', default: ''},
    profile: {type: 'string'},
  },
})
const say = (text) => console.error(text)
const apis = args.only.split(',')

const askOf = (servers) =>
  Object.fromEntries(
    [...servers].map(([name, {port}]) => [
      name,
      async (query, variables) => {
        const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
          method: 'POST',
          headers: {'content-type': 'application/json'},
          body: JSON.stringify({query, variables}),
        })
        return response.json()
      },
    ]),
  )

const requestOf = (name, words, parameter) => (name === 'raw' ? getOf(words.path(parameter)) : postOf('/graphql', words.body(parameter)))

/** Every API's answer to some of the questions comes to the same, or nothing is timed. */
async function compare(servers, questions) {
  for (const question of questions) {
    for (const parameter of question.of.slice(0, 20)) {
      const answers = []
      for (const [name, {port}] of servers) {
        const words = question[name]
        const response = await (name === 'raw'
          ? fetch(`http://127.0.0.1:${port}${words.path(parameter)}`)
          : fetch(`http://127.0.0.1:${port}/graphql`, {
              method: 'POST',
              headers: {'content-type': 'application/json'},
              body: words.body(parameter),
            }))
        const json = await response.json()
        if (json.errors) throw new Error(`${name}, ${question.name}: ${JSON.stringify(json.errors)}`)
        answers.push([name, words.comesTo(json)])
      }
      const [[, expected]] = answers
      const other = answers.find(([, answer]) => !isDeepStrictEqual(answer, expected))
      if (other)
        throw new Error(
          `${question.name} of ${parameter}: ${answers[0][0]} and ${other[0]} differ\n${JSON.stringify(expected).slice(0, 1500)}\n${JSON.stringify(other[1]).slice(0, 1500)}`,
        )
    }
  }
}

async function measureAll(servers, questions) {
  const runs = []
  for (let round = 0; round < Number(args.rounds); round++)
    for (const connections of args.connections.split(',').map(Number))
      for (const question of questions)
        for (const [name, server] of servers) {
          const requests = question.of.map((parameter) => requestOf(name, question[name], parameter))
          // Compilers and caches warm up by requests, not by time.
          if (round === 0) await load({port: server.port, requests, connections, seconds: Number(args.warm), most: 3_000})
          const before = server.cpu()
          const run = await load({port: server.port, requests, connections, seconds: Number(args.seconds)})
          const cpuPerRequest = ((server.cpu() - before) / run.requests) * 1e6
          runs.push({api: name, question: question.name, connections, ...run, cpuPerRequest})
          say(
            `round ${round + 1}, ${connections} connections, ${question.name}, ${name}: ${Math.round(run.rate)}/s, p99 ${run.p99.toFixed(1)} ms`,
          )
        }
  return runs
}

execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {cwd: resolve(import.meta.dirname ?? '.', '..'), stdio: 'ignore'})
if (availableParallelism() > 1) execFileSync('taskset', ['-cp', `1-${availableParallelism() - 1}`, String(process.pid)], {stdio: 'ignore'})
const database = await prepareDatabase(args, say)
const client = new pg.Client({connectionString: database.url})
await client.connect()
const servers = new Map()
try {
  for (const name of apis) {
    const options = args.profile && name === 'ours' ? ['--cpu-prof', `--cpu-prof-dir=${resolve(args.profile)}`] : []
    servers.set(name, await startServer(name, database, options))
  }
  const all = await prepareQuestions({query: async (sql) => (await client.query(sql)).rows, chainId: database.chainId, ask: askOf(servers)})
  const questions = all.filter(({name}) => name.includes(args.question))
  await compare(servers, questions)
  say('every API gives the same answers')
  console.log(report(await measureAll(servers, questions), apis))
  for (const [name, server] of servers) console.log(`${name}: ${Math.round(server.memory())} MB at the end`)
} finally {
  await Promise.all([...servers.values()].map((server) => server.stop()))
  await client.end()
  if (args.keep) say('the database runs on; Ctrl-C ends it')
  else await database.stop()
}
