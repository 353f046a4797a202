import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {createKey} from '../../src/access/keyStore'
import {assetId, handlerOver} from '../support/apiUnderTest'
import {abiText, type ContractNode, startContractNode, tokenIdOf} from '../support/contractNode'
import {COLLECTION, createMetadataChain, tokenKey} from '../support/metadataChain'
import {startMetadataWorker, until} from '../support/metadataWorker'
import {startPostgres, type TestPostgres} from '../support/postgres'

let postgres: TestPostgres
let pool: Pool
let node: ContractNode
let worker: ReturnType<typeof startMetadataWorker>
let key: string
let api: ReturnType<typeof handlerOver>
let generation = 1

beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createMigrated('refresh')
  pool = new Pool({connectionString: url, max: 6})
  const chain = await createMetadataChain(pool)
  node = await startContractNode((asked) =>
    tokenIdOf(asked) === 7n ? 'revert' : abiText(`data:application/json,{"name":"${tokenIdOf(asked)} of ${generation}"}`),
  )
  await chain.mineBlock(1)
  await chain.addCollection(700)
  key = await createKey(pool, {name: 'test', scopes: ['refresh'], expiresAt: null})
  api = handlerOver(pool)
  worker = startMetadataWorker({url, nodeUrl: node.url, worker: {backgroundPerSecond: 0, concurrency: 64}})
})
afterAll(async () => {
  await worker.stop()
  await node.stop()
  await pool.end()
  await postgres.stop()
})

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
async function ask(query: string, withKey = false): Promise<any> {
  const response = await api.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: {'content-type': 'application/json', ...(withKey ? {'x-api-key': key} : {})},
    body: JSON.stringify({query}),
  })
  return response.json()
}
const refresh = (args: string) => `mutation { refreshMetadata(${args}) { id state tokens estimatedSeconds } }`
const completed = async (id: string) =>
  (
    await until(
      () => ask(`{ metadataRefresh(id: "${id}") { state tokens read failed completedAt } }`),
      ({data}) => data.metadataRefresh.state === 'COMPLETED',
      60_000,
    )
  ).data.metadataRefresh
const assets = (...ids: number[]) => `assets: [${ids.map((id) => `"${assetId(tokenKey(id))}"`).join(', ')}]`

test('single assets are read anew without a key, and the request says when they were', async () => {
  const {data} = await ask(refresh(assets(1, 7)))
  expect(data.refreshMetadata).toMatchObject({state: 'PENDING', tokens: 2})
  expect(await completed(data.refreshMetadata.id)).toMatchObject({tokens: 2, read: 1, failed: 1})
  generation = 2
  const again = await ask(refresh(assets(1)))
  await completed(again.data.refreshMetadata.id)
  expect((await ask(`{ asset(id: "${assetId(tokenKey(1))}") { metadata { name } } }`)).data.asset.metadata.name).toBe('1 of 2')
})

test('a collection, and a range of one, take a key', async () => {
  const range = `collection: "${COLLECTION}", range: {from: "1", to: "600"}, idempotencyKey: "mine"`
  expect((await ask(refresh(range))).errors[0].extensions.code).toBe('UNAUTHENTICATED')
  const {data} = await ask(refresh(range), true)
  expect(data.refreshMetadata).toMatchObject({state: 'PENDING', tokens: 600})
  expect(await completed(data.refreshMetadata.id)).toMatchObject({read: 599, failed: 1})
  const {rows} = await pool.query('SELECT count(*)::int AS n FROM metadata_subject WHERE token_id > 600')
  expect(rows[0].n).toBe(0)
})

test('the same idempotencyKey is the same request, and none for something else', async () => {
  const range = `collection: "${COLLECTION}", range: {from: "1", to: "600"}, idempotencyKey: "mine"`
  const first = await ask(refresh(range), true)
  expect(first.data.refreshMetadata.state).toBe('COMPLETED')
  const other = await ask(refresh(range.replace('600', '601')), true)
  expect(other.errors[0].extensions.code).toBe('BAD_USER_INPUT')
})

test('what cannot be asked for is told', async () => {
  const codes = async (...queries: string[]) =>
    Promise.all(queries.map(async (query) => (await ask(query, true)).errors?.[0].extensions.code))
  const stranger = `eip155:31337/erc721:0x${'11'.repeat(20)}`
  expect(
    await codes(
      refresh('idempotencyKey: "x"'),
      refresh(`${assets(1)}, collection: "${COLLECTION}"`),
      refresh(`${assets(1)}, range: {from: "1"}`),
      refresh(`collection: "${COLLECTION}", range: {from: "5", to: "4"}`),
      refresh(`assets: ["${stranger}/1"]`),
      refresh(`collection: "${stranger}"`),
      refresh('assets: []'),
    ),
  ).toEqual(Array(7).fill('BAD_USER_INPUT'))
  expect((await ask(refresh(assets(...Array.from({length: 101}, (_, i) => i + 1))))).errors[0].extensions.code).toBe('LIMIT_EXCEEDED')
})

test('[INV-8] who has no key is told what is too much at once, and when to ask again', async () => {
  const request = (count: number) => ask(refresh(assets(...Array.from({length: count}, (_, i) => i + 1))))
  expect((await request(31)).errors[0].extensions).toMatchObject({code: 'LIMIT_EXCEEDED', limit: 30, asked: 31})
  await request(30)
  const many = await request(30)
  expect(many.errors[0].extensions).toMatchObject({code: 'RATE_LIMITED', limit: 30})
  expect(many.errors[0].extensions.retryAfterMs).toBeGreaterThan(0)
  // What was refused has cost nothing.
  expect((await request(30)).errors[0].extensions.retryAfterMs).toBeLessThanOrEqual(many.errors[0].extensions.retryAfterMs)
})
