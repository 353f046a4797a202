import {Interface, toBeHex, ZeroAddress} from 'ethers'
import {Pool} from 'pg'
import {pino} from 'pino'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createApi} from '../../src/api/createApi'
import {askOf} from '../support/apiUnderTest'
import {type EventChain, startEventChain} from '../support/eventChain'
import {type Running, run, waitForTip, writeConfig} from '../support/indexer'
import {CREATED, ownFactories} from '../support/ownShapes'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createRandom, intoBlocks, randomLogs} from '../support/randomLogs'

let postgres: TestPostgres
let chains: readonly EventChain[]
const started: Running[] = []
const configs: ReturnType<typeof writeConfig>[] = []
const configOf = (config: object) => {
  const written = writeConfig(config)
  configs.push(written)
  return written
}

const codec = new Interface(['event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)', `event ${CREATED}`])
const minted = (address: string, tokenId: number) => ({address, ...codec.encodeEventLog('Transfer', [ZeroAddress, address, tokenId])})
const created = (address: string, collection: string) => ({address, ...codec.encodeEventLog('CollectionCreated', [collection])})

const account = (digit: number) => `0x${String(digit).repeat(40)}`
const SEAPORT = '0x0000000000000068f116a894984e2db1123eb395'
const [SELLER, BUYER, ARTIST] = [account(6), account(7), account(8)]
const PRICE = 1000
const ITEM = 'uint8 itemType, address token, uint256 identifier, uint256 amount'
const orders = new Interface([
  `event OrderFulfilled(bytes32 orderHash, address indexed offerer, address indexed zone, address recipient, (${ITEM})[] offer, (${ITEM}, address recipient)[] consideration)`,
])
const sold = (market: string, token: string, id: number) => ({
  address: market,
  ...orders.encodeEventLog('OrderFulfilled', [
    ...[toBeHex(id, 32), SELLER, ZeroAddress, BUYER],
    ...[[[2, token, id, 1]], [[0, ZeroAddress, 0, PRICE, SELLER]]],
  ]),
})
/** EVM code that answers royaltyInfo: mem[0] = who, mem[32] = calldataload(36) / 10, return(0, 64). */
const tenthFor = (who: string) => `0x73${who.slice(2)}5f52600a6024350460205260405ff3`

beforeAll(async () => {
  postgres = await startPostgres()
  chains = await Promise.all([startEventChain(31337), startEventChain(4242)])
})
afterAll(async () => {
  await Promise.all(started.map((p) => p.kill('SIGKILL')))
  for (const {remove} of configs) remove()
  await Promise.all([postgres.stop(), ...chains.map((chain) => chain.stop())])
})

test('several chains run as several processors into the same tables, and answers tell them apart [INV-5]', async () => {
  const url = await postgres.createMigrated('chains')
  const config = configOf({
    chains: chains.map(({chainId, url: rpc}) => ({id: chainId, rpc: [rpc], finality: 3, contracts: '*', pollIntervalMs: 100})),
  })
  const processors = chains.map(({chainId}) => run('main.js', ['--config', config.path, '--chain', String(chainId)], {DB_URL: url}))
  started.push(...processors)
  await Promise.all(
    chains.map(async (chain, i) => {
      for (const logs of intoBlocks(randomLogs(createRandom(i), 40), 6)) await chain.mine(logs)
      await waitForTip(url, chain.chainId, await chain.tip(), processors[i] as Running)
    }),
  )
  const pool = new Pool({connectionString: url})
  const api = createApi({pool, chainIds: chains.map((c) => c.chainId), cors: [], introspection: true, logger: pino({level: 'silent'})})
  const {data} = await askOf(
    api,
    '{ status { chains { chainId indexedBlock { number } } } a: transfers(where: {chainId: {eq: "eip155:31337"}}) { totalCount } b: transfers(where: {chainId: {eq: "eip155:4242"}}) { totalCount } all: transfers { totalCount } }',
  )
  const {status, a, b, all} = data as unknown as {status: object} & Record<'a' | 'b' | 'all', {totalCount: number}>
  await pool.end()
  expect(status).toEqual({
    chains: [
      {chainId: 'eip155:4242', indexedBlock: {number: 6}},
      {chainId: 'eip155:31337', indexedBlock: {number: 6}},
    ],
  })
  expect(a.totalCount).toBeGreaterThan(0)
  expect(b.totalCount).toBeGreaterThan(0)
  expect(a.totalCount + b.totalCount).toBe(all.totalCount)
})

describe('contracts of a factory, and sales on a market that is trusted and on its fork', () => {
  const [factory, child, stranger, fork, art] = [account(1), account(2), account(3), account(4), account(5)]
  let chain: EventChain
  let pool: Pool

  beforeAll(async () => {
    chain = chains[1] as EventChain
    const url = await postgres.createMigrated('factory')
    const before = (await chain.tip()).height
    await chain.rpc('anvil_setCode', art, tenthFor(ARTIST))
    await chain.mine([minted(child, 1), minted(stranger, 1)])
    await chain.mine([minted(child, 2), created(stranger, stranger), created(factory, child), minted(child, 3)])
    await chain.mine([minted(stranger, 2), minted(child, 4), sold(SEAPORT, art, 7), sold(fork, art, 8)])
    const config = configOf({
      chains: [
        {
          ...{id: chain.chainId, rpc: [chain.url], finality: 1, startBlock: before},
          ...{contracts: [{address: factory}, {address: fork}], trusted: [SEAPORT], royaltyInfo: true},
          factories: ownFactories(factory),
        },
      ],
    })
    const processor = run('main.js', ['--config', config.path, '--to', String(before + 3)], {DB_URL: url})
    started.push(processor)
    await chain.mine([])
    expect(await processor.exited, processor.output()).toBe(0)
    pool = new Pool({connectionString: url})
  })
  afterAll(() => pool?.end())

  test('the contracts are indexed from the block of their creation on, and strangers are not', async () => {
    const {rows} = await pool.query('SELECT collection_id, token_id FROM transfer ORDER BY id')
    const made = await pool.query('SELECT address, factory FROM factory_contract')
    expect(rows.map(({collection_id, token_id}) => [collection_id, Number(token_id)])).toEqual(
      [2, 3, 4].map((token) => [`${chain.chainId}-${child}`, token]),
    )
    expect(made.rows).toEqual([{address: child, factory}])
  })

  test("what ERC-2981 says is due of a sale is asked of the token's contract; a fork of the market has nobody asked [INV-8]", async () => {
    const {rows} = await pool.query(
      `SELECT s.emitter, i.token_id::int AS token, d.recipient, d.amount::int, d.basis::int, d.source
       FROM sale s JOIN sale_item i ON i.sale_id = s.id LEFT JOIN royalty_due d ON d.sale_id = s.id ORDER BY s.id`,
    )
    expect(rows).toEqual([
      {emitter: SEAPORT, token: 7, recipient: ARTIST, amount: PRICE / 10, basis: PRICE, source: 'call'},
      {emitter: fork, token: 8, recipient: null, amount: null, basis: null, source: null},
    ])
  })
})

test('with several chains a processor is told which one it is for', async () => {
  const config = configOf({chains: chains.map(({chainId, url}) => ({id: chainId, rpc: [url], contracts: '*'}))})
  const processor = run('main.js', ['--config', config.path], {DB_URL: postgres.url})
  expect(await processor.exited).toBe(2)
  expect(processor.output()).toMatch(/--chain.*31337, 4242/)
})
