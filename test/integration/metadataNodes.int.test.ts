import {Pool} from 'pg'
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest'
import {createContractReader} from '../../src/metadata/ethCall'
import {type Answer, type Asked, abiText, type ContractNode, startContractNode, tokenIdOf} from '../support/contractNode'
import {createMetadataChain, type MetadataChain, tokenKey} from '../support/metadataChain'
import {startMetadataWorker, until} from '../support/metadataWorker'
import {startPostgres, type TestPostgres} from '../support/postgres'

let postgres: TestPostgres
let url: string
let pool: Pool
let chain: MetadataChain
let node: ContractNode
let contract: (asked: Asked) => Answer
let count = 0
const stopping: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())
beforeEach(async () => {
  url = await postgres.createMigrated(`nodes${++count}`)
  pool = new Pool({connectionString: url, max: 4})
  chain = await createMetadataChain(pool)
  await chain.mineBlock(1)
  contract = (asked) => (asked.data.startsWith('0xc87b56dd') ? abiText(documentOf(`token ${tokenIdOf(asked)}`)) : 'revert')
  node = await startContractNode((asked) => contract(asked))
  stopping.push(node.stop)
})
afterEach(async () => {
  for (const stop of stopping.splice(0).reverse()) await stop()
  await pool.end()
})

const documentOf = (name: string) => `data:application/json,${JSON.stringify({name})}`
function startWorker(options: Partial<Parameters<typeof startMetadataWorker>[0]> = {}) {
  const worker = startMetadataWorker({url, nodeUrl: node.url, ...options})
  stopping.push(worker.stop)
  return worker
}
const failureOf = async (tokenId: number): Promise<string | null> =>
  (await pool.query('SELECT failure_kind FROM metadata_subject WHERE id = $1', [tokenKey(tokenId)])).rows[0]?.failure_kind ?? null
const readCount = async () => Number((await pool.query('SELECT count(*) FROM metadata_subject WHERE read_at IS NOT NULL')).rows[0].count)

test('reverts, megabytes and nonsense are reasons, and cost their neighbours nothing', async () => {
  await chain.addCollection(30)
  const huge = abiText(documentOf('x'.repeat(600_000)))
  contract = (asked) => {
    const tokenId = tokenIdOf(asked)
    if (tokenId === 3n) return 'revert'
    if (tokenId === 4n) return huge
    if (tokenId === 5n) return `0x${'ff'.repeat(100)}`
    return tokenId === 6n ? abiText('') : abiText(documentOf(`token ${tokenId}`))
  }
  startWorker()
  await until(readCount, (n) => n >= 26)
  await until(
    () => failureOf(6),
    (kind) => kind !== null,
  )
  const kinds = await Promise.all([3, 4, 5, 6].map(failureOf))
  expect(kinds).toEqual(['reverted', 'too_large', 'malformed', 'no_uri'])
  expect(await failureOf(30)).toBeNull()
})

test('[INV-8] a contract that keeps the node busy until it gives up costs its neighbours nothing, and is a reason of its own', async () => {
  await chain.addCollection(200)
  contract = (asked) => (tokenIdOf(asked) % 100n === 7n ? 'endless' : abiText(documentOf(`token ${tokenIdOf(asked)}`)))
  const worker = startWorker()
  await until(readCount, (n) => n === 199)
  for (const id of [7, 107])
    await until(
      () => failureOf(id),
      (kind) => kind === 'unanswered',
    )
  expect(worker.troubles).toEqual([])
})

test('a node that is away costs a token nothing but time', async () => {
  await chain.addCollection(3)
  node.leave(true)
  const worker = startWorker()
  await until(
    async () => worker.troubles.length,
    (n) => n > 0,
  )
  expect(await failureOf(1)).toBeNull()
  node.leave(false)
  await until(readCount, (n) => n === 3)
})

test('while the first node is away the next one is asked', async () => {
  await chain.addCollection(2)
  const away = await startContractNode(() => 'revert')
  stopping.push(away.stop)
  away.leave(true)
  const worker = startWorker({nodeUrl: [away.url, node.url]})
  await until(readCount, (n) => n >= 2)
  expect(worker.troubles).toEqual([])
})

test('a call that is never answered is told from a node that answers none', async () => {
  const calls = (to: string) => [{to: `0x${to.repeat(20)}`, data: '0x'}] as never
  const at = {number: 1, hash: `0x${'0'.repeat(64)}`} as never
  contract = ({to}) => (to.startsWith('0xee') ? 'endless' : '0x01')
  const reader = createContractReader([node.url])
  expect(await reader.fetchCalls(calls('ee'), at)).toEqual([{ok: false, reason: 'unanswered'}])
  contract = () => 'endless'
  await expect(reader.fetchCalls(calls('ee'), at)).rejects.toMatchObject({code: 'E_NODE_UNAVAILABLE'})
})
