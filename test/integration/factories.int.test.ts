import {Interface} from 'ethers'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {buildPipeline} from '../../src/chainPipeline'
import {parseConfig} from '../../src/config/loadConfig'
import {selectChain} from '../../src/config/selectChain'
import {handleBlocks, type SubsquidBlock} from '../../src/pipeline/handler'
import {ChainDatabase} from '../../src/store/database'
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

const config = parseConfig(
  `chains: [{id: 1, rpc: ["http://node"], contracts: [{address: "${address(0xa)}"}], factories: [{address: "${FACTORY}", event: "Created(address indexed owner, address collection)", child: collection}]}]`,
  {env: {}},
)
const pipeline = buildPipeline(selectChain(config, undefined), config)
const head = ({header: {height, hash}}: SubsquidBlock) => ({height, hash})

let postgres: TestPostgres
let url: string
let pool: Pool
let database: ChainDatabase

beforeAll(async () => {
  postgres = await startPostgres()
  url = await postgres.createMigrated('factories')
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
  const heads = BLOCKS.map(head)
  for (const [i, given] of BLOCKS.entries()) {
    const slice = {prevHead: heads[i - 1] ?? {height: -1, hash: '0x'}, nextHead: heads[i], isOnTop: true}
    await database.transact(
      slice as never,
      async (store) => void (await handleBlocks([given], pipeline, createStore(store), database.created)),
    )
  }
  const {rows} = await pool.query<{contracts: number; transfers: number; complete: number; strangers: number}>(
    `SELECT (SELECT count(*)::int FROM factory_contract) AS contracts, count(*)::int AS transfers,
       (SELECT count(*)::int FROM (SELECT collection_id FROM transfer GROUP BY 1 HAVING array_agg(token_id::int ORDER BY id) = ARRAY[1, 2, 3, 4]) c) AS complete,
       count(*) FILTER (WHERE collection_id ~ '0bad[0-9a-f]{5}$')::int AS strangers
     FROM transfer`,
  )
  expect(rows).toEqual([{contracts: CHILDREN, transfers: 4 * CHILDREN, complete: CHILDREN, strangers: 0}])
})

test('after a restart the 10,000 stored ones count as before, and one that only an orphaned block created is a stranger again [INV-4]', async () => {
  await database.disconnect()
  database = new ChainDatabase(url, 1)
  await database.connect()
  const known = Array.from({length: CHILDREN}, (_, i) => database.created.since(child(i)))
  expect(known).toEqual(Array.from({length: CHILDREN}, (_, i) => 10 + Math.floor(i / A_BLOCK)))

  const final = head(BLOCKS.at(-1) as SubsquidBlock)
  const follow = (base: SubsquidBlock | null, ...blocks: readonly SubsquidBlock[]) =>
    database.transactHot2(
      {finalizedHead: final, baseHead: base ? head(base) : final, newBlocks: blocks.map(head)},
      async (store, from, to) => void (await handleBlocks(blocks.slice(from, to), pipeline, createStore(store), database.created)),
    )
  const made = stranger(7)
  const below = block(101, [[minted(child(0), 5)]])
  const orphans = [block(102, [[created(made)]]), block(103, [[minted(made, 1), minted(child(1), 5)]])]
  await follow(null, below, ...orphans)
  const tokens = async (collection: string) =>
    (await pool.query('SELECT token_id::int AS id FROM transfer WHERE collection_id = $1 ORDER BY id', [`1-${collection}`])).rows
  expect(await tokens(made)).toEqual([{id: 1}])

  await follow(below, block(102, [[minted(made, 2)]]), block(103, [[minted(made, 3)]]))
  expect(await tokens(made)).toEqual([])
  expect(await tokens(child(0))).toHaveLength(5)
  expect(await tokens(child(1))).toHaveLength(4)
  await follow(below, block(102, [[minted(made, 4)]]), block(103, [[minted(made, 5), created(made)]]), block(104, [[minted(made, 6)]]))
  expect((await tokens(made)).map(({id}) => id)).toEqual([5, 6])
  expect((await pool.query('SELECT created_in FROM factory_contract WHERE address = $1', [made])).rows).toEqual([{created_in: 103}])
})
