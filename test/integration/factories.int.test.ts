import {Interface} from 'ethers'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {buildPipeline} from '../../src/chainPipeline'
import {parseConfig} from '../../src/config/loadConfig'
import {selectChain} from '../../src/config/selectChain'
import {handleBlocks, type SubsquidBlock} from '../../src/pipeline/handler'
import {ChainDatabase} from '../../src/store/database'
import {migrate} from '../../src/store/migrate'
import {createStore} from '../../src/store/store'
import {address, hash} from '../support/givenEvents'
import {startPostgres, type TestPostgres} from '../support/postgres'

const CHILDREN = 10_000
const A_BLOCK = 500
const FACTORY = address(0xfac)
const child = (n: number) => address(0xc00000 + n)
const stranger = (n: number) => address(0xbad00000 + n)
const codec = new Interface([
  'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
  'event Created(address indexed owner, address collection)',
])
const OWNER = address(1)

type Given = Readonly<{address: string; topics: readonly string[]; data: string}>
const minted = (collection: string, tokenId: number): Given => ({
  address: collection,
  ...codec.encodeEventLog('Transfer', [address(0), OWNER, tokenId]),
})
const created = (collection: string): Given => ({address: FACTORY, ...codec.encodeEventLog('Created', [OWNER, collection])})

let transactions = 0
const block = (height: number, byTransaction: readonly (readonly Given[])[]): SubsquidBlock => {
  const logs = byTransaction.flatMap((given) => {
    transactions += 1
    return given.map((log) => ({...log, transactionHash: hash(transactions), transaction: {from: OWNER}}))
  })
  return {
    header: {
      height,
      hash: hash(0xb000000 + height),
      parentHash: hash(0xb000000 + height - 1),
      timestamp: 1_700_000_000_000 + height * 12_000,
    },
    logs: logs.map((log, logIndex) => ({...log, logIndex})),
  } as unknown as SubsquidBlock
}

/** Each child logs in a transaction before that of its creation, in that transaction before and after its factory's log, and afterwards. */
const creations = (first: number) => [
  Array.from({length: A_BLOCK}, (_, i) => minted(child(first + i), 1)),
  ...Array.from({length: A_BLOCK}, (_, i) => [minted(child(first + i), 2), created(child(first + i)), minted(child(first + i), 3)]),
  [minted(stranger(first), 1)],
]
const BLOCKS = [
  ...Array.from({length: CHILDREN / A_BLOCK}, (_, i) => block(10 + i, creations(i * A_BLOCK))),
  block(100, [Array.from({length: CHILDREN}, (_, i) => minted(child(i), 4)), [minted(stranger(0), 2)]]),
]

let postgres: TestPostgres
let pool: Pool
let database: ChainDatabase

beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createDatabase('factories')
  await migrate(url)
  database = new ChainDatabase(url, 1)
  await database.connect()
  pool = new Pool({connectionString: url, max: 2})
})
afterAll(async () => {
  await pool.end()
  await database.disconnect()
  await postgres.stop()
})

test('10,000 contracts of a factory are indexed from their first log, wherever in its block that stands, and nobody else', async () => {
  const config = parseConfig(
    `chains: [{id: 1, rpc: ["http://node"], contracts: [{address: "${address(0xa)}"}], factories: [{address: "${FACTORY}", event: "Created(address indexed owner, address collection)", child: collection}]}]`,
    {env: {}},
  )
  const pipeline = buildPipeline(selectChain(config, undefined), config)
  const heads = BLOCKS.map(({header: {height, hash}}) => ({height, hash}))
  for (const [i, given] of BLOCKS.entries()) {
    const slice = {prevHead: heads[i - 1] ?? {height: -1, hash: '0x'}, nextHead: heads[i], isOnTop: true}
    await database.transact(slice as never, async (store) => void (await handleBlocks([given], pipeline, createStore(store))))
  }
  const {rows} = await pool.query<{contracts: number; transfers: number; complete: number; strangers: number}>(
    `SELECT (SELECT count(*)::int FROM factory_contract) AS contracts, count(*)::int AS transfers,
       (SELECT count(*)::int FROM (SELECT collection_id FROM transfer GROUP BY 1 HAVING array_agg(token_id::int ORDER BY id) = ARRAY[1, 2, 3, 4]) c) AS complete,
       count(*) FILTER (WHERE collection_id ~ '0bad[0-9a-f]{5}$')::int AS strangers
     FROM transfer`,
  )
  expect(rows).toEqual([{contracts: CHILDREN, transfers: 4 * CHILDREN, complete: CHILDREN, strangers: 0}])
})
