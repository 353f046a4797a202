import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {askOf, FINALIZED, HEAD, handlerOver, startApiUnderTest} from '../support/apiUnderTest'
import {GENESIS} from '../support/filledDatabase'
import {walkPages} from '../support/walkPages'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

const hashOf = (block: number) => `0x${block.toString(16).padStart(64, 'b')}`
const timeOf = (block: number) => new Date((GENESIS + block * 12) * 1000)

/** An API over one connection, and how often that is asked for something. */
function countingQueries() {
  const pool = new Pool({connectionString: app.url, max: 1})
  const queries = {count: 0}
  pool.on('connect', (client) => {
    const original = client.query.bind(client) as (...asked: unknown[]) => unknown
    client.query = ((...asked: unknown[]) => {
      queries.count++
      return original(...asked)
    }) as typeof client.query
  })
  return {pool, queries, api: handlerOver(pool)}
}

test('a moment that is ever another block by its number is told of by the statement that answers, and refused by it', async () => {
  const {pool, api, queries} = countingQueries()
  const ask = (asOf: object) => askOf(api, 'query ($asOf: AsOf) { transfers(first: 500, asOf: $asOf) { nodes { blockNumber } } }', {asOf})
  for (let i = 0; i < 4; i++) await ask({block: 2})
  for (const block of [7, 3, FINALIZED + 1, 9]) {
    queries.count = 0
    const {data, extensions} = await ask({block})
    expect(queries.count, `as of ${block}`).toBe(1)
    expect((data as unknown as {transfers: {nodes: unknown[]}}).transfers.nodes).toHaveLength(
      app.rows('Transfer').filter(({blockNumber}) => blockNumber <= block).length,
    )
    const told = {number: block, hash: hashOf(block), timestamp: timeOf(block).toISOString()}
    expect(extensions).toMatchObject({indexer: {asOf: {transfers: [{block: told, finality: block <= FINALIZED ? 'FINAL' : 'HEAD'}]}}})
  }
  queries.count = 0
  const {data, errors} = await ask({block: HEAD + 1})
  expect([data ?? null, errors?.map(({extensions}) => extensions?.['code']), queries.count]).toEqual([null, ['BLOCK_NOT_INDEXED'], 1])
  for (const block of [8, 7]) {
    const {errors: refused} = await ask({block, blockHash: hashOf(8)})
    expect(refused?.[0]?.extensions?.['code'], `hash of 8 as ${block}`).toBe(block === 8 ? undefined : 'BLOCK_NOT_CANONICAL')
  }
  await pool.end()
})

test('pages of the assets that there were by then are those of the whole list, from either end', async () => {
  const then = new Set(
    app
      .rows('Transfer')
      .filter(({blockNumber}) => blockNumber <= 9)
      .map(({assetId}) => assetId),
  )
  const whole = app.rows('Asset').filter(({id}) => then.has(id))
  expect(whole.length).toBeGreaterThan(3)
  expect(whole.length).toBeLessThan(app.rows('Asset').length)
  const ask = async (args: string, cursor: string | null) =>
    (
      await app.answer(
        `query ($c: String) { assets(${args}, asOf: {block: 9}) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        {c: cursor},
      )
    ).assets
  const all = (await ask('first: 500, after: $c', null)).nodes
  expect(all).toHaveLength(whole.length)
  const {forward, backward} = await walkPages(async (args, cursor) => {
    const page = await ask(args, cursor)
    expect(page.totalCount).toBe(whole.length)
    return page
  }, 2)
  expect([forward, backward]).toEqual([all, all])
  expect((await ask('first: 500, orderBy: ID_DESC, after: $c', null)).nodes).toEqual([...all].reverse())
})

test('a nested list of the past, filtered by what changes since, is counted by estimate beyond 10,000 too', async () => {
  const [first] = app.rows('Transfer')
  const owner = `0x${'0e'.repeat(20)}`
  await app.pool.query(
    `INSERT INTO transfer SELECT (jsonb_populate_record(t, jsonb_build_object('id', left(t.id, 27) || '-' || n || '-000000',
       'asset_id', t.collection_id || '-' || n, 'token_id', n, 'owner', $2::text, 'previous_owner', NULL))).*
     FROM transfer t, generate_series(100001, 110001) n WHERE t.id = $1`,
    [first?.id, owner],
  )
  const collection = (first?.collectionId ?? '').replace(/^(\d+)-/, 'eip155:$1:')
  const answer = await app.answer(
    `{ collection(id: "${collection}", asOf: {block: ${first?.blockNumber}}) {
         assets(first: 0, where: {owner: {eq: "${owner}"}}) { totalCount totalCountIsEstimate } } }`,
  )
  expect(answer.collection.assets.totalCountIsEstimate).toBe(true)
  expect(answer.collection.assets.totalCount).toBeGreaterThan(10_000)
  await app.pool.query('DELETE FROM transfer WHERE owner = $1', [owner])
})
