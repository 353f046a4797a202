// Does the processor slow down with what is compiled in, or configured? Blocks are handed straight to it, and it writes into a PostgreSQL of
// its own (default settings, fsync on): no node and no gateway between. The machine may be busy, so CPU time counts, variants take turns
// within each round, and ratios are of medians.
//   standards  the same ERC-721 transfers, read by ERC-721 alone, by every standard, and by ten times as many
//   factories  the same number of transfers in 10,000 contracts of a factory, in as many that are listed, and in one of each
//   curve      the same in 100 to 100,000 contracts of a factory: a hundred of them at a time, and each mint of another one
//   npm run bench -- scaling [--events 40000] [--rounds 5] [--only standards,factories,curve]
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
    only: {type: 'string', default: 'standards,factories,curve'},
  },
})
const [EVENTS, ROUNDS] = [Number(args.events), Number(args.rounds)]
const [A_BLOCK, A_SLICE, CHILDREN] = [50, 100, 10_000]
const CURVE = [100, 1_000, 10_000, 100_000]

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

const server = await startDatabase()
await server.query('postgres', 'CREATE DATABASE pattern')
await migrate(server.url('pattern'))
let runs = 0

/** CPU seconds of the processor and of the database for EVENTS mints, after `children` creations; `contractOf`: which contract the nth is of. */
async function run({pipeline, children, contractOf}) {
  const name = `run_${++runs}`
  await server.query('postgres', `CREATE DATABASE ${name} TEMPLATE pattern`)
  const database = new ChainDatabase(server.url(name), 1)
  await database.connect()
  let prevHead = {height: -1, hash: '0x'}
  const spent = {processor: 0, database: 0}
  // Blocks are made slice by slice and not counted, so that the garbage collector has no more of them to look after than a processor's does.
  const write = async (count, logOf, isCounted) => {
    for (let i = 0; i < count; i += A_BLOCK * A_SLICE) {
      const logs = Array.from({length: Math.min(A_BLOCK * A_SLICE, count - i)}, (_, n) => logOf(i + n))
      const slice = blocksOf(logs, prevHead.height + 1)
      const {height, hash} = slice.at(-1).header
      globalThis.gc?.()
      const [start, serverStart] = [process.cpuUsage(), cpuOfTree(server.pid)]
      // On top of the chain, what is written is committed when this returns.
      await database.transact({prevHead, nextHead: {height, hash}, isOnTop: true}, (store) =>
        handleBlocks(slice, pipeline, createStore(store), database.created).then(() => {}),
      )
      const {user, system} = process.cpuUsage(start)
      if (isCounted) {
        spent.processor += (user + system) / 1e6
        spent.database += cpuOfTree(server.pid) - serverStart
      }
      prevHead = {height, hash}
    }
  }
  await write(children, (n) => created(child(n)), false)
  await write(EVENTS, (n) => minted(child(contractOf(n)), n), true)
  const [{count}] = await server.query(name, 'SELECT count(*)::int AS count FROM transfer')
  if (count !== EVENTS) throw new Error(`${count} transfers instead of ${EVENTS}`)
  await database.disconnect()
  const start = children > 0 ? await restart(server.url(name)) : null
  await server.query('postgres', `DROP DATABASE ${name}`)
  return {...spent, ...start}
}

/** What a start costs that finds the contracts stored. */
async function restart(url) {
  const database = new ChainDatabase(url, 1)
  globalThis.gc?.()
  const [cpu, {heapUsed}] = [process.cpuUsage(), process.memoryUsage()]
  await database.connect()
  const {user, system} = process.cpuUsage(cpu)
  globalThis.gc?.()
  const kept = process.memoryUsage().heapUsed - heapUsed
  await database.disconnect()
  return {start: (user + system) / 1e6, kept: kept / 1e6}
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
  const columns = ['processor CPU s', 'times the first', 'events a CPU s', 'database CPU s', 'a start, CPU s', 'MB kept']
  console.log('variant'.padEnd(39) + columns.map((name) => name.padStart(17)).join(''))
  const of = (name, key) => median(figures.get(name).map((run) => run[key]))
  const [base] = figures.keys()
  for (const name of figures.keys()) {
    const cells = [of(name, 'processor').toFixed(2), (of(name, 'processor') / of(base, 'processor')).toFixed(2)]
    cells.push(String(Math.round(EVENTS / of(name, 'processor'))), of(name, 'database').toFixed(2))
    if (variants[name].children) cells.push(of(name, 'start').toFixed(2), of(name, 'kept').toFixed(1))
    console.log(name.padEnd(39) + cells.map((cell) => cell.padStart(17)).join(''))
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
  const variant = (standards) => ({pipeline: {...pipeline, router: createRouter(standards)}, children: 0, contractOf: () => 0})
  return {
    'ERC-721 alone': variant(STANDARDS.filter(({name}) => name === 'erc721')),
    [`all ${STANDARDS.length} standards`]: variant(STANDARDS),
    [`${many.length} standards`]: variant(many),
  }
}

/** Each mint of another contract than those before it: the worst that can be, as far as there are so many. */
const inTurn = (contracts) => (n) => n % contracts
/** Of a hundred contracts at a time, whatever their number. */
const byHundreds = (contracts) => (n) => (Math.floor(n / (A_BLOCK * A_SLICE)) * 100 + (n % 100)) % contracts

const factories = [{address: FACTORY, event: 'Created(address indexed owner, address collection)', child: 'collection'}]
const made = (children, spread) => ({
  pipeline: pipelineOf({contracts: [{address: OWNER}], factories}),
  children,
  contractOf: spread(children),
})
const listed = (count, spread) => ({
  pipeline: pipelineOf({contracts: Array.from({length: count}, (_, i) => ({address: child(i)}))}),
  ...{children: 0, contractOf: spread(count)},
})
const ofFactory = (spread, counts) =>
  Object.fromEntries(counts.map((count) => [`${count} contract${count > 1 ? 's' : ''} of a factory`, made(count, spread)]))

const byContracts = () => ({
  '1 contract that is listed': listed(1, inTurn),
  [`${CHILDREN} contracts that are listed`]: listed(CHILDREN, inTurn),
  ...ofFactory(inTurn, [1, CHILDREN]),
})

try {
  if (args.only.includes('standards')) await compare('standards', byStandards())
  if (args.only.includes('factories')) await compare('factories', byContracts())
  if (args.only.includes('curve')) {
    await compare('a hundred contracts in each slice', ofFactory(byHundreds, CURVE))
    await compare('each mint of another contract', ofFactory(inTurn, CURVE))
  }
} finally {
  await server.stop()
}
