import {getIntrospectionQuery} from 'graphql'
import {Pool} from 'pg'
import {pino} from 'pino'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createKey} from '../../src/access/keyStore'
import {createApi} from '../../src/api/createApi'
import {askOf, handlerOver, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN} from '../support/filledDatabase'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

const silent = pino({level: 'silent'})
const codes = (errors: readonly {extensions?: Readonly<Record<string, unknown>>}[] | undefined) =>
  (errors ?? []).map(({extensions}) => extensions?.['code'])

describe('when things fail', () => {
  test('more clients than database connections all get their answer, also the first ones after a start', async () => {
    const pool = new Pool({connectionString: app.url, max: 2})
    const api = handlerOver(pool)
    const replies = await Promise.all(Array.from({length: 12}, () => askOf(api, '{ assets(first: 1) { nodes { id } } }')))
    expect(replies.map(({errors}) => errors)).toEqual(replies.map(() => undefined))
    expect(replies.every(({extensions}) => extensions?.['indexer'] !== undefined)).toBe(true)
    await pool.end()
  })

  test('a statement that takes too long is a coded error, and the answer still says of which block it is', async () => {
    const api = createApi({pool: app.pool, chainIds: [CHAIN], cors: [], introspection: true, logger: silent, statementTimeoutMs: 700})
    const locker = await app.pool.connect()
    await locker.query('BEGIN; LOCK TABLE transfer IN ACCESS EXCLUSIVE MODE')
    const {errors, extensions} = await askOf(api, '{ transfers(first: 1) { nodes { id } } more: transfers(first: 2) { nodes { id } } }')
    await locker.query('ROLLBACK')
    locker.release()
    expect(errors?.map(({extensions: e}) => e)).toEqual([{code: 'QUERY_TIMEOUT', limit: 700}])
    expect(extensions).toHaveProperty('indexer')
    expect((await askOf(api, '{ transfers(first: 1) { nodes { id } } }')).errors).toBeUndefined()
  })

  test('a database that is not there is NOT_READY, without a word about where it is', async () => {
    const pool = new Pool({connectionString: 'postgres://nobody:secret@127.0.0.1:1/none', connectionTimeoutMillis: 2_000})
    const reply = await askOf(handlerOver(pool), '{ assets { totalCount } }')
    expect(codes(reply.errors)).toEqual(['NOT_READY'])
    expect(JSON.stringify(reply)).not.toMatch(/secret|127\.0\.0\.1|ECONN/)
    await pool.end()
  })

  test('a primary that is not there is NOT_READY to what asks it, while its replica answers', async () => {
    const primary = new Pool({host: '127.0.0.1', port: 1, connectionTimeoutMillis: 1_000})
    const api = createApi({pool: app.pool, primary, chainIds: [CHAIN], cors: [], introspection: true, logger: silent})
    const key = await createKey(app.pool, {name: 'k', scopes: ['webhooks', 'refresh'], expiresAt: null})
    const [asset] = (await app.answer('{ assets(first: 1) { nodes { id } } }')).assets.nodes
    const input = 'input: {name: "n", url: "https://example.com"}'
    for (const query of [
      '{ webhooks { id } }',
      '{ webhookDeliveries(id: "x") { id } }',
      `mutation { createWebhook(${input}) { secret } }`,
      `mutation { updateWebhook(id: "x", ${input}) { id } }`,
      'mutation { rotateWebhookSecret(id: "x") { secret } }',
      'mutation { pauseWebhook(id: "x") { id } }',
      'mutation { resumeWebhook(id: "x") { id } }',
      'mutation { deleteWebhook(id: "x") }',
      'mutation { testWebhook(id: "x") }',
      'mutation { replayWebhook(id: "x", after: "x") { id } }',
      'mutation { redeliverWebhook(id: "x", delivery: "1") }',
      `mutation { refreshMetadata(assets: ["${asset.id}"]) { id } }`,
    ]) {
      const {errors} = await askOf(api, query, {}, {'x-api-key': key})
      expect([query, errors?.[0]?.extensions?.['code']]).toEqual([query, 'NOT_READY'])
      expect(JSON.stringify(errors)).not.toContain('127.0.0.1')
    }
    await primary.end()
  })

  test('ids that no database can hold are told of as such', async () => {
    const key = await createKey(app.pool, {name: 'k', scopes: ['webhooks'], expiresAt: null})
    for (const query of [
      'query ($id: ID!) { webhookDeliveries(id: $id) { id } }',
      'mutation ($id: ID!) { pauseWebhook(id: $id) { id } }',
      'mutation ($id: ID!) { testWebhook(id: $id) }',
      'mutation ($id: ID!) { redeliverWebhook(id: $id, delivery: "1") }',
    ]) {
      const {errors} = await askOf(app.handler, query, {id: '\0'}, {'x-api-key': key})
      expect([query, errors?.[0]?.extensions?.['code']]).toEqual([query, 'BAD_USER_INPUT'])
    }
  })

  test('a chain whose state went away is forgotten, not an error for ever', async () => {
    const api = handlerOver(app.pool)
    const schema = `squid_processor_eip155_${CHAIN}`
    expect((await askOf(api, '{ assets { totalCount } }')).errors).toBeUndefined()
    await app.pool.query(`ALTER SCHEMA ${schema} RENAME TO hidden_state`)
    try {
      await askOf(api, '{ assets { totalCount } }')
      const {errors, data} = await askOf(api, '{ status { chains { chainId indexedBlock { number } } } }')
      expect(errors).toBeUndefined()
      expect(data).toEqual({status: {chains: [{chainId: `eip155:${CHAIN}`, indexedBlock: null}]}})
    } finally {
      await app.pool.query(`ALTER SCHEMA hidden_state RENAME TO ${schema}`)
    }
  })

  test('every block and row of an answer is of one moment while the processor writes', async () => {
    const pool = new Pool({connectionString: app.url, max: 4})
    const state = `squid_processor_eip155_${CHAIN}`
    const writer = await pool.connect()
    const before = app.rows('DecodeFailure').length
    let writing = true
    const written = (async () => {
      for (let n = 0; writing; n++) {
        await writer.query('BEGIN')
        await writer.query(
          `INSERT INTO decode_failure SELECT (jsonb_populate_record(f, jsonb_build_object('id', '${'z'.repeat(20)}' || $1::int))).* FROM decode_failure f ORDER BY f.id LIMIT 1`,
          [n],
        )
        await writer.query(`UPDATE ${state}.hot_block SET hash = $1 WHERE height = (SELECT max(height) FROM ${state}.hot_block)`, [
          `0x${n}`,
        ])
        await writer.query('COMMIT')
      }
    })()
    const seen = new Set<number>()
    for (let i = 0; i < 40; i++) {
      const {data, extensions} = await askOf(
        handlerOver(pool),
        '{ a: decodeFailures(first: 1) { totalCount } b: decodeFailures(last: 3) { totalCount } }',
      )
      const {a, b} = data as unknown as {a: {totalCount: number}; b: {totalCount: number}}
      const {indexer} = extensions as {indexer: {chains: [{indexedBlock: {hash: string}}]}}
      expect(b.totalCount).toBe(a.totalCount)
      if (a.totalCount > before) expect(Number(indexer.chains[0].indexedBlock.hash.slice(2))).toBe(a.totalCount - before - 1)
      seen.add(a.totalCount)
    }
    writing = false
    await written
    writer.release()
    expect(seen.size, 'rows were written between the answers').toBeGreaterThan(3)
    await pool.query(`DELETE FROM decode_failure WHERE id LIKE 'zzz%'`)
    await pool.end()
  })
})

describe('what is refused before any work', () => {
  test.each(['after', 'before'])('%s an empty cursor, as any text that is none', async (name) => {
    const [asset] = (await app.answer('{ assets(first: 1) { nodes { id collection { id } } } }')).assets.nodes
    const page = `(${name}: $c) { nodes { id } }`
    for (const query of [
      `assets${page}`,
      `collection(id: "${asset.collection.id}") { assets${page} }`,
      `asset(id: "${asset.id}") { provenance${page} }`,
    ])
      for (const c of ['', 'x'])
        expect([query, codes((await app.ask(`query ($c: String) { ${query} }`, {c})).errors)]).toEqual([query, ['BAD_USER_INPUT']])
  })

  test('lists of unknown size count: lineage, sums and ancestors cannot multiply past the limit', async () => {
    const id = `eip155:1/erc721:0x${'1'.repeat(40)}/1`
    for (const query of [
      `{ lineage(asset: "${id}", first: 1000) { nodes { transfers(first: 500) { nodes { id } } } } }`,
      '{ royaltySummary(groupBy: [ASSET], first: 1000) { asset { transfers(first: 500) { nodes { id } } } } }',
      `{ licenseCheck(asset: "${id}", account: "0x${'1'.repeat(40)}") { ancestors { asset { transfers(first: 500) { nodes { id asset { id owner { address } collection { id } } from { address } to { address } blockHash } } } } } }`,
    ]) {
      const {errors} = await app.ask(query)
      expect(errors?.[0]?.extensions).toMatchObject({code: 'LIMIT_EXCEEDED', limit: 50_000, asked: expect.any(Number)})
      expect(errors?.[0]?.message).toContain(String(errors?.[0]?.extensions?.['asked']))
    }
  })

  test('what tools ask of the schema passes', async () => {
    const query = getIntrospectionQuery({descriptions: true, inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true})
    expect((await app.ask(query)).errors).toBeUndefined()
  })

  test('variables of the wrong type have a code', async () => {
    expect(codes((await app.ask('query ($n: Int) { transfers(first: $n) { nodes { id } } }', {n: 'many'})).errors)).toEqual([
      'BAD_USER_INPUT',
    ])
    expect(codes((await app.ask('query ($a: AssetId!) { asset(id: $a) { id } }', {a: 'x'})).errors)).toEqual(['BAD_USER_INPUT'])
  })

  test('variables nested without end, and conditions without number, are refused in bounded time', async () => {
    const query = 'query ($w: TransferWhere) { transfers(where: $w) { nodes { id } } }'
    const body = `{"query":${JSON.stringify(query)},"variables":{"w":${'{"not":'.repeat(20_000)}{}${'}'.repeat(20_000)}}}`
    const response = await handlerOver(app.pool).fetch('http://localhost/graphql', {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body,
    })
    expect(await response.json()).toMatchObject({errors: [{extensions: {code: 'LIMIT_EXCEEDED'}}]})
    const wide = {or: Array.from({length: 5_000}, (_, i) => ({blockNumber: {eq: i}}))}
    expect(codes((await app.ask(query, {w: wide})).errors)).toEqual(['LIMIT_EXCEEDED'])
  })

  test.each([
    ['a time that no calendar has', '2026-99-99 00:00:00+00'],
    ['a day that the month has not', '2026-02-31 00:00:00+00'],
    ['a time in another zone', '2026-01-01 00:00:00+01'],
    ['no time', 'x'],
  ])('a forged cursor: %s', async (_, time) => {
    const cursor = Buffer.from(JSON.stringify(['v1', '-mintedAt,-id', time, 'x'])).toString('base64url')
    const {errors} = await app.ask('query ($c: String) { assets(after: $c, orderBy: MINTED_AT_DESC) { nodes { id } } }', {c: cursor})
    expect(codes(errors)).toEqual(['BAD_USER_INPUT'])
  })
})
