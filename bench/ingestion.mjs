// Whole ingestion runs side by side over one synthetic chain, from process start to last commit, into one PostgreSQL with fsync on:
//   plain  an idiomatic squid, the reference of the ratios
//   copy   a hand-written single-threaded COPY loop into the same five tables
//   ours   this indexer, with everything else that it writes
// `npm run bench -- --help` tells the options. Nothing is reported before the contents were compared, row by row, with each other and with
// the chain's own truth.
import {execFileSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {compareContent} from './content.mjs'
import {runCopyLoop, runOurs, runPlain} from './peers.mjs'
import {prepareTool, startChain, startDatabase} from './processes.mjs'

const require = createRequire(import.meta.url)
const root = resolve(import.meta.dirname, '..')
const HELP = `npm run bench -- [options]
  --tools <dir>          where replay-rpc and plain-squid are (default: ../shared/tools or ../tools beside the repository)
  --preset <name>        default (500,000 events), sparse, noisy, small
  --blocks <n>           another length of the chain
  --rounds <n>           medians of so many runs (1)
  --only <names>         of plain,copy,ours,receipts,reindex,erc721: which to run (plain,copy,ours)
                         receipts: ours with the receipts root of each block recomputed; reindex: from the cache of a first run;
                         erc721: only that standard and the two own events are read, to see what the others cost
  --verification <level> of ours (bloom)
  --settings <list>      PostgreSQL settings for all, with semicolons: shared_buffers=1GB;max_wal_size=4GB; "" are PostgreSQL's defaults
                         (those of the server that \`npm start\` brings along)`

const {values: args} = parseArgs({
  options: {
    tools: {type: 'string'},
    preset: {type: 'string', default: 'default'},
    blocks: {type: 'string'},
    rounds: {type: 'string', default: '1'},
    only: {type: 'string', default: 'plain,copy,ours'},
    verification: {type: 'string', default: 'bloom'},
    settings: {type: 'string'},
    help: {type: 'boolean', default: false},
  },
})
const tools = [args.tools, join(root, '../shared/tools'), join(root, '../tools')].find((dir) => dir && existsSync(join(dir, 'replay-rpc')))
if (args.help || !tools) {
  console.error(HELP)
  process.exit(args.help ? 0 : 2)
}
const names = args.only.split(',')
const say = (text) => console.error(text)

const RUNS = {
  plain: (run) => runPlain({...run, dir: plain}),
  copy: (run) => runCopyLoop({...run, dir: plain}),
  ours: (run) => runOurs({...run, options: {verification: args.verification}}),
  receipts: (run) => runOurs({...run, options: {verification: 'receipts'}}),
  erc721: (run) => runOurs({...run, options: {verification: args.verification, standards: ['erc721', 'erc4906']}}),
  reindex: (run) => runOurs({...run, options: {verification: args.verification}, reindex: true}),
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
const medianOf = (runs) =>
  Object.fromEntries(['seconds', 'cpu', 'databaseCpu', 'memory'].map((key) => [key, median(runs.map((run) => run[key]))]))

execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {cwd: root, stdio: 'ignore'})
say('preparing the tools ...')
const replay = prepareTool(tools, 'replay-rpc')
const plain = names.some((name) => name === 'plain' || name === 'copy')
  ? prepareTool(tools, 'plain-squid', ['npm', 'run', 'codegen'], ['npm', 'run', 'build'])
  : null
const chain = await startChain(replay, [
  ...['--preset', args.preset],
  ...(args.blocks ? ['--blocks', args.blocks] : []),
  ...(names.includes('receipts') || args.verification === 'receipts' ? ['--roots'] : []),
])
const settings = args.settings?.split(';').filter(Boolean) ?? require('../lib/postgres/settings.js').workSettings()
const database = await startDatabase(settings)
const events = ['transfer', 'metadataUpdate', 'license', 'royalty'].reduce((sum, kind) => sum + chain.info.truth[kind], 0)
const results = new Map()
const keep = (name, figures) => results.set(name, [...(results.get(name) ?? []), figures])

function report() {
  console.log(
    `\n${args.preset}: ${events} events in ${chain.info.lastEventBlock} blocks, verification ${args.verification}, medians of ${args.rounds}\n`,
  )
  console.log('indexer      events/s   seconds   CPU s   database CPU s   peak MB   times plain   times copy')
  const seconds = (name) => (results.has(name) ? medianOf(results.get(name)).seconds : null)
  const ratio = (base, own) => (base === null ? '-' : (base / own).toFixed(2))
  for (const [name, runs] of results) {
    const figures = medianOf(runs)
    const cells = [
      name.padEnd(10),
      String(Math.round(events / figures.seconds)).padStart(11),
      figures.seconds.toFixed(1).padStart(10),
      figures.cpu.toFixed(1).padStart(8),
      figures.databaseCpu.toFixed(1).padStart(17),
      String(Math.round(figures.memory)).padStart(10),
      ratio(seconds('plain'), figures.seconds).padStart(14),
      ratio(seconds('copy'), figures.seconds).padStart(13),
    ]
    console.log(cells.join(''))
  }
}

try {
  let first = null
  for (let round = 0; round < Number(args.rounds); round++)
    for (const name of names) {
      say(`round ${round + 1}: ${name}`)
      const run = {chain, database, name: `${name}_${round}`}
      const {figures, again, statements} = await RUNS[name](run)
      first = await compareContent(database, run.name, statements, {chain, first})
      if (again) keep('first run', figures)
      keep(name, again ?? figures)
      await database.query('postgres', `DROP DATABASE ${run.name}`)
      // So that no indexer pays for what the one before it has left to be written.
      await database.query('postgres', 'CHECKPOINT')
    }
  report()
} finally {
  chain.stop()
  await database.stop()
}
