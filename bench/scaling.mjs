// Does the processor slow down with what is compiled in, or configured? Blocks are handed straight to it, and it writes into a PostgreSQL of
// its own (default settings, fsync on): no node and no gateway between. The machine may be busy, so CPU time counts, variants take turns
// within each round, and ratios are of medians.
//   standards  the same ERC-721 transfers, read by ERC-721 alone, by every standard, and by ten times as many
//   factories  the same number of transfers in 10,000 contracts of a factory, in as many that are listed, and in one of a factory
//   npm run bench -- scaling [--events 40000] [--rounds 5] [--only standards,factories]
import {execFileSync} from 'node:child_process'
import {createRequire} from 'node:module'
import {join, resolve} from 'node:path'
import {parseArgs} from 'node:util'
import {AbiCoder, id, toBeHex, ZeroAddress, zeroPadValue} from 'ethers'
import {cpuOfTree, startDatabase} from './processes.mjs'

const root = resolve(import.meta.dirname, '..')
const {values: args} = parseArgs({
  options: {
    events: {type: 'string', default: '40000'},
    rounds: {type: 'string', default: '5'},
    only: {type: 'string', default: 'standards,factories'},
  },
})
const [EVENTS, ROUNDS] = [Number(args.events), Number(args.rounds)]
const [A_BLOCK, A_SLICE, CHILDREN] = [50, 100, 10_000]

execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], {cwd: root, stdio: 'inherit'})
const require = createRequire(join(root, 'lib/main.js'))
const {buildPipeline} = require('./chainPipeline.js')
const {parseConfig} = require('./config/loadConfig.js')
const {selectChain} = require('./config/selectChain.js')
const {handleBlocks} = require('./pipeline/handler.js')
const {createRouter} = require('./pipeline/router.js')
const {STANDARDS} = require('./standards/registry.js')
const {ChainDatabase} = require('./store/database.js')
const {migrate} = require('./store/migrate.js')
const {createStore} = require('./store/store.js')

const address = (n) => toBeHex(n, 20)
const [FACTORY, OWNER] = [address(0xfac), address(0xa1)]
const child = (n) => address(0xc00000 + n)
const TRANSFER = id('Transfer(address,address,uint256)')
const CREATED = id('Created(address,address)')
const minted = (collection, tokenId) => ({
  ...{address: collection, data: '0x'},
  topics: [TRANSFER, zeroPadValue(ZeroAddress, 32), zeroPadValue(OWNER, 32), toBeHex(tokenId, 32)],
})
const created = (collection) => ({
  ...{address: FACTORY, data: AbiCoder.defaultAbiCoder().encode(['address'], [collection])},
  topics: [CREATED, zeroPadValue(OWNER, 32)],
})

let transactions = 0
/** Blocks of A_BLOCK logs each, from this height on. */
function blocksOf(logs, first) {
  return Array.from({length: Math.ceil(logs.length / A_BLOCK)}, (_, n) => ({
    header: {
      ...{height: first + n, hash: toBeHex(0xb000000 + first + n, 32), parentHash: toBeHex(0xb000000 + first + n - 1, 32)},
      timestamp: 1_700_000_000_000 + (first + n) * 12_000,
    },
    logs: logs.slice(n * A_BLOCK, (n + 1) * A_BLOCK).map((log, logIndex) => {
      const transactionHash = toBeHex(++transactions, 32)
      return {...log, logIndex, transactionHash, transaction: {from: OWNER}}
    }),
  }))
}
const transfers = (contracts) => Array.from({length: EVENTS}, (_, i) => minted(child(i % contracts), Math.floor(i / contracts)))

const server = await startDatabase()
await server.query('postgres', 'CREATE DATABASE pattern')
await migrate(server.url('pattern'))
let runs = 0

/** CPU seconds of the processor and of the database for what comes after the preparation. */
async function run({pipeline, before, blocks}) {
  const name = `run_${++runs}`
  await server.query('postgres', `CREATE DATABASE ${name} TEMPLATE pattern`)
  const database = new ChainDatabase(server.url(name), 1)
  await database.connect()
  let prevHead = {height: -1, hash: '0x'}
  const write = async (given) => {
    for (let i = 0; i < given.length; i += A_SLICE) {
      const slice = given.slice(i, i + A_SLICE)
      const {height, hash} = slice.at(-1).header
      // On top of the chain, what is written is committed when this returns.
      await database.transact({prevHead, nextHead: {height, hash}, isOnTop: true}, (store) =>
        handleBlocks(slice, pipeline, createStore(store)).then(() => {}),
      )
      prevHead = {height, hash}
    }
  }
  await write(before)
  const [start, serverStart] = [process.cpuUsage(), cpuOfTree(server.pid)]
  await write(blocks)
  const {user, system} = process.cpuUsage(start)
  const figures = {processor: (user + system) / 1e6, database: cpuOfTree(server.pid) - serverStart}
  const [{count}] = await server.query(name, 'SELECT count(*)::int AS count FROM transfer')
  if (count !== EVENTS) throw new Error(`${count} transfers instead of ${EVENTS}`)
  await database.disconnect()
  await server.query('postgres', `DROP DATABASE ${name}`)
  return figures
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]

async function compare(title, variants) {
  const figures = new Map(Object.keys(variants).map((name) => [name, []]))
  // The first round warms up, and counts for nothing.
  for (let round = 0; round <= ROUNDS; round++)
    for (const name of round % 2 ? Object.keys(variants) : Object.keys(variants).reverse()) {
      const told = await run(variants[name])
      if (round > 0) figures.get(name).push(told)
    }
  console.log(`\n${title}: ${EVENTS} transfers, medians of ${ROUNDS}\n`)
  console.log('variant                                processor CPU s   events a CPU s   database CPU s   processor, times the first')
  const of = (name, key) => median(figures.get(name).map((run) => run[key]))
  const [base] = figures.keys()
  for (const name of figures.keys()) {
    const cells = [of(name, 'processor').toFixed(2).padStart(15), String(Math.round(EVENTS / of(name, 'processor'))).padStart(17)]
    cells.push(of(name, 'database').toFixed(2).padStart(17), (of(name, 'processor') / of(base, 'processor')).toFixed(2).padStart(29))
    console.log(name.padEnd(39) + cells.join(''))
  }
}

const pipelineOf = (chain) => {
  const config = parseConfig(JSON.stringify({chains: [{id: 1, rpc: ['http://node'], ...chain}]}), {env: {}})
  return buildPipeline(selectChain(config, undefined), config)
}

function byStandards() {
  const pipeline = pipelineOf({contracts: '*'})
  const copy = (n) => (standard) => ({
    ...{...standard, name: `${standard.name}-${n}`},
    layouts: standard.layouts.map((layout) => ({...layout, topic0: id(`${layout.topic0} ${n}`)})),
  })
  const many = [...STANDARDS, ...Array.from({length: 9}, (_, n) => STANDARDS.map(copy(n))).flat()]
  const blocks = blocksOf(transfers(1), 1)
  const variant = (standards) => ({pipeline: {...pipeline, router: createRouter(standards)}, before: [], blocks})
  return {
    'ERC-721 alone': variant(STANDARDS.filter(({name}) => name === 'erc721')),
    [`all ${STANDARDS.length} standards`]: variant(STANDARDS),
    [`${many.length} standards`]: variant(many),
  }
}

function byContracts() {
  const factories = [{address: FACTORY, event: 'Created(address indexed owner, address collection)', child: 'collection'}]
  const listed = (n) => Array.from({length: n}, (_, i) => ({address: child(i)}))
  const made = (n) => {
    const before = blocksOf(
      Array.from({length: n}, (_, i) => created(child(i))),
      1,
    )
    return {pipeline: pipelineOf({contracts: [{address: OWNER}], factories}), before, blocks: blocksOf(transfers(n), 1 + before.length)}
  }
  return {
    '1 contract of a factory': made(1),
    [`${CHILDREN} contracts that are listed`]: {
      pipeline: pipelineOf({contracts: listed(CHILDREN)}),
      before: [],
      blocks: blocksOf(transfers(CHILDREN), 1),
    },
    [`${CHILDREN} contracts of a factory`]: made(CHILDREN),
  }
}

try {
  if (args.only.includes('standards')) await compare('standards', byStandards())
  if (args.only.includes('factories')) await compare('factories', byContracts())
} finally {
  await server.stop()
}
