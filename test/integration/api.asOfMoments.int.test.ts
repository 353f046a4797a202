import {Pool} from 'pg'
import {pino} from 'pino'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createApi} from '../../src/api/createApi'
import {eventKey} from '../../src/domain/ids'
import {askOf, assetId, FINALIZED, HEAD, handlerOver, type Json, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN, GENESIS} from '../support/filledDatabase'
import {insertRow} from '../support/givenRows'
import {walkPages} from '../support/walkPages'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

const hashOf = (block: number) => `0x${block.toString(16).padStart(64, 'b')}`
const timeOf = (block: number) => new Date((GENESIS + block * 12) * 1000)
const count = (asOf: string) => app.ask(`{ transfers(first: 0, asOf: ${asOf}) { totalCount } }`)

describe('a moment', () => {
  test.each([
    ['its number', '{block: 7}'],
    ['its hash', `{blockHash: "${hashOf(7)}"}`],
    ['both', `{block: 7, blockHash: "${hashOf(7)}", chainId: "eip155:${CHAIN}"}`],
    ['its time', `{timestamp: "${timeOf(7).toISOString()}"}`],
    ['a time before the next block', `{timestamp: "${new Date(timeOf(8).getTime() - 1).toISOString()}"}`],
  ])('is a block by %s, and the answer says which', async (_, asOf) => {
    const {data, errors, extensions} = await count(asOf)
    expect(errors).toBeUndefined()
    expect(data).toEqual({transfers: {totalCount: app.rows('Transfer').filter(({blockNumber}) => blockNumber <= 7).length}})
    const block = {number: 7, hash: hashOf(7), timestamp: timeOf(7).toISOString()}
    expect(extensions).toMatchObject({indexer: {asOf: {transfers: [{chainId: `eip155:${CHAIN}`, block, finality: 'FINAL'}]}}})
  })

  test('before everything nothing is known; near the head a fork may still change the answer', async () => {
    expect((await count(`{timestamp: "2001-01-01"}`)).data).toEqual({transfers: {totalCount: 0}})
    const {extensions} = await count(`{block: ${FINALIZED + 1}}`)
    expect(extensions).toMatchObject({indexer: {asOf: {transfers: [{block: {number: FINALIZED + 1}, finality: 'HEAD'}]}}})
  })

  test.each([
    ['a block above the indexed head', `{block: ${HEAD + 1}}`, 'BLOCK_NOT_INDEXED'],
    ['a time after it', `{timestamp: "${new Date(timeOf(HEAD).getTime() + 1_000).toISOString()}"}`, 'BLOCK_NOT_INDEXED'],
    ['a hash that nobody knows', `{blockHash: "0x${'12'.repeat(32)}"}`, 'BLOCK_UNKNOWN'],
    ['a hash that is not that block’s', `{block: 7, blockHash: "0x${'12'.repeat(32)}"}`, 'BLOCK_NOT_CANONICAL'],
    ['a hash of another block', `{block: 7, blockHash: "${hashOf(8)}"}`, 'BLOCK_NOT_CANONICAL'],
    ['a hash that a fork took back', `{blockHash: "0x${'fe'.repeat(32)}"}`, 'BLOCK_NOT_CANONICAL'],
    ['a block before the first', '{block: -1}', 'BAD_USER_INPUT'],
    ['two moments', `{block: 7, timestamp: "2024-01-01"}`, 'BAD_USER_INPUT'],
    ['no moment', '{}', 'BAD_USER_INPUT'],
    ['a chain that is not indexed', '{block: 7, chainId: "eip155:999"}', 'BAD_USER_INPUT'],
    ['no chain', '{block: 7, chainId: "bitcoin"}', 'BAD_USER_INPUT'],
  ])('that is %s is refused with a code', async (_, asOf, code) => {
    await app.pool.query(
      `INSERT INTO feed_change VALUES (1, ${CHAIN}, 'transfer', 'x', 7, '0x${'fe'.repeat(32)}', '{}', '{}', 0) ON CONFLICT DO NOTHING`,
    )
    const {data, errors} = await count(asOf)
    expect(data ?? null).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({code})
  })

  test('that is refused gives its connection back, however often', async () => {
    const pool = new Pool({connectionString: app.url, max: 2})
    const api = handlerOver(pool)
    for (let i = 0; i < 6; i++)
      expect((await askOf(api, `{ transfers(first: 0, asOf: {block: ${HEAD + 1}}) { totalCount } }`)).errors).toHaveLength(1)
    expect((await askOf(api, '{ transfers(first: 0) { totalCount } }')).errors).toBeUndefined()
    await pool.end()
  })

  test('of another chain than the question names is refused', async () => {
    const {errors} = await app.ask(
      `{ account(address: "eip155:${CHAIN}:0x${'00'.repeat(20)}", asOf: {block: 7, chainId: "eip155:1"}) { address } }`,
    )
    expect(errors?.[0]?.extensions).toMatchObject({code: 'BAD_USER_INPUT'})
  })

  test('comes again and again: compiled execution does not answer with the present', async () => {
    const known = app.rows('Transfer').filter(({blockNumber}) => blockNumber <= 7).length
    for (let i = 0; i < 5; i++) expect((await count('{block: 7}')).data).toEqual({transfers: {totalCount: known}})
    expect((await app.ask('{ transfers(first: 0) { totalCount } }')).data).not.toEqual({transfers: {totalCount: known}})
  })

  test('that is final and comes again is answered by one statement', async () => {
    const pool = new Pool({connectionString: app.url, max: 1})
    let queries = 0
    pool.on('connect', (client) => {
      const original = client.query.bind(client) as (...asked: unknown[]) => unknown
      client.query = ((...asked: unknown[]) => {
        queries++
        return original(...asked)
      }) as typeof client.query
    })
    const api = handlerOver(pool)
    const query = '{ transfers(first: 3, asOf: {block: 7}) { nodes { id blockNumber } } }'
    const answers: unknown[] = []
    for (let i = 0; i < 6; i++) {
      queries = 0
      answers.push((await askOf(api, query)).data)
    }
    expect(queries).toBe(1)
    expect(answers.every((answer) => JSON.stringify(answer) === JSON.stringify(answers[0]))).toBe(true)
    await pool.end()
  })

  test('that was known is not taken for what a replica has, which is behind', async () => {
    const state = `squid_processor_eip155_${CHAIN}`
    for (let i = 0; i < 4; i++) expect((await count('{block: 8}')).errors).toBeUndefined()
    await app.pool.query(
      `CREATE TABLE kept AS TABLE ${state}.hot_block; DELETE FROM ${state}.hot_block; UPDATE ${state}.status SET height = 5`,
    )
    try {
      expect((await count('{block: 8}')).errors?.[0]?.extensions).toMatchObject({code: 'BLOCK_NOT_INDEXED'})
    } finally {
      await app.pool.query(`INSERT INTO ${state}.hot_block TABLE kept; DROP TABLE kept; UPDATE ${state}.status SET height = ${FINALIZED}`)
    }
    expect((await count('{block: 8}')).errors).toBeUndefined()
  })

  test('comes as a variable: the same document again and again, of another moment each time, and of none', async () => {
    const upTo = (block: number) => app.rows('Transfer').filter(({blockNumber}) => blockNumber <= block).length
    for (const block of [null, 7, null, 3, 12, null, 7, 3])
      expect(
        (await app.ask('query ($asOf: AsOf) { transfers(first: 0, asOf: $asOf) { totalCount } }', {asOf: block === null ? null : {block}}))
          .data,
        `as of ${block}`,
      ).toEqual({transfers: {totalCount: upTo(block ?? HEAD)}})
  })

  test.each([['metadataHealth { __typename }'], ['collection { metadataCoverage { __typename } }']])(
    'is refused for %s, which tells of now alone',
    async (field) => {
      const id = assetId(app.rows('Asset')[0]?.id as string)
      const {errors} = await app.ask(`{ asset(id: "${id}", asOf: {block: ${HEAD}}) { ${field} } }`)
      expect(errors?.[0]?.extensions).toMatchObject({code: 'AS_OF_UNSUPPORTED'})
    },
  )

  test('of one chain tells nothing of a token of another that is indexed too, rather than that nobody owns it', async () => {
    const [account, token] = [`0x${'ab'.repeat(20)}`, `1514-0x${'cd'.repeat(20)}-1`]
    const given = {account, collectionId: token.slice(0, token.lastIndexOf('-')), assetId: token, bindingId: eventKey(CHAIN, 3, 998, 0)}
    await insertRow(app.pool, 'TokenAccount', {id: `${CHAIN}-${account}`, ...given})
    const query = (asOf: string) => `{ account(address: "${account}", asOf: ${asOf}) { token { id } rootOwner { address } } }`
    const two = createApi({pool: app.pool, chainIds: [CHAIN, 1514], cors: [], introspection: true, logger: pino({level: 'silent'})})
    const {errors} = await askOf(two, query(`{block: 7, chainId: "eip155:${CHAIN}"}`))
    expect(errors?.[0]?.extensions).toMatchObject({code: 'AS_OF_UNSUPPORTED'})
    expect((await app.ask(query('{block: 7}'))).data).toEqual({account: {token: {id: assetId(token)}, rootOwner: null}})
    expect((await app.ask(query('{block: 2}'))).data).toEqual({account: {token: null, rootOwner: {address: account}}})
  })
})

test('then and now stand side by side in one answer, in the order of the query, through fragments and variables', async () => {
  const moved = app
    .rows('Asset')
    .find(({id, standard}) => standard === 'erc721' && app.rows('Transfer').filter((t) => t.assetId === id).length > 3)
  const own = app.rows('Transfer').filter(({assetId: id}) => id === moved?.id)
  const last = (own[1] as (typeof own)[number]).blockNumber
  const {data, errors} = await app.ask(
    `query ($id: AssetId!, $asOf: AsOf, $never: Boolean!) { now: asset(id: $id) { ...A } ...Past status { chains { chainId } } left: asset(id: $id, asOf: $asOf) @include(if: $never) { id } }
     fragment Past on Query { past: asset(id: $id, asOf: $asOf) { ...A transfers { totalCount } } }
     fragment A on Asset { transferCount owner { address } }`,
    {id: assetId(moved?.id as string), asOf: {block: last}, never: false},
  )
  expect(errors).toBeUndefined()
  const before = own.filter(({blockNumber}) => blockNumber <= last)
  const to = before.at(-1)?.to as string
  expect(Object.keys(data as Json)).toEqual(['now', 'past', 'status'])
  expect(data).toMatchObject({
    now: {transferCount: own.length},
    past: {
      transferCount: before.length,
      owner: to === `0x${'00'.repeat(20)}` ? null : {address: to},
      transfers: {totalCount: before.length},
    },
  })
})

test('pages of what an account held are those of the whole list, forward and backward', async () => {
  const holders = [...new Set(app.rows('Transfer').map(({to}) => to))].filter((to) => to !== `0x${'00'.repeat(20)}`)
  let found = 0
  for (const holder of holders) {
    const ask = async (args: string, cursor: string | null) =>
      (
        await app.answer(
          `query ($c: String) { account(address: "${holder}", asOf: {block: 12}) { assets(${args}) { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
          {c: cursor},
        )
      ).account.assets
    const whole = await ask('first: 500, after: $c', null)
    found += whole.nodes.length
    expect(whole.totalCount).toBe(whole.nodes.length)
    const {forward, backward} = await walkPages(ask, 3)
    expect(forward).toEqual(whole.nodes)
    expect(backward).toEqual(whole.nodes)
  }
  expect(found).toBeGreaterThan(5)
})

describe('a licence', () => {
  const contract = `0x${'f0'.repeat(20)}`
  const key = `${CHAIN}-${contract}-1`
  const holder = `0x${'a1'.repeat(20)}`
  const check = (args: string) =>
    app.ask(`{ licenseCheck(asset: "eip155:${CHAIN}/erc721:${contract}/1", account: "${holder}", ${args}) { permitted reason at } }`)
  const verdict = async (args: string) => (await check(args)).data?.['licenseCheck'] as unknown as Json

  beforeAll(async () => {
    const grantId = eventKey(CHAIN, 3, 999, 0)
    const given = {emitter: contract, licenseId: 1n, collectionId: `${CHAIN}-${contract}`, assetId: key, tokenId: 1n, licensor: contract}
    const expiry = BigInt(timeOf(11).getTime() / 1000 + 6)
    await insertRow(app.pool, 'License', {id: key, ...given, licensee: holder, expiry, grantId, grantedAt: timeOf(3), lastEventId: grantId})
  })

  test('is judged at the time of the block', async () => {
    expect(await verdict('asOf: {block: 2}')).toMatchObject({reason: 'NO_LICENSE'})
    expect(await verdict('asOf: {block: 11}')).toMatchObject({permitted: true, at: timeOf(11).toISOString()})
    expect(await verdict('asOf: {block: 12}')).toMatchObject({reason: 'EXPIRED'})
    expect(await verdict(`asOf: {block: 12}, at: "${timeOf(11).toISOString()}"`)).toMatchObject({permitted: true})
    expect(await verdict(`asOf: {timestamp: "${new Date(timeOf(11).getTime() + 7_000).toISOString()}"}`)).toMatchObject({reason: 'EXPIRED'})
  })

  test('that ends within the span in which a block without events may lie is not guessed at', async () => {
    await app.pool.query('DELETE FROM block WHERE number IN (12, 14)')
    expect((await check('asOf: {block: 12}')).errors?.[0]?.extensions).toMatchObject({
      code: 'BLOCK_TIME_UNKNOWN',
      from: timeOf(11).toISOString(),
      to: timeOf(13).toISOString(),
    })
    expect(await verdict(`asOf: {block: 12}, at: "${timeOf(12).toISOString()}"`)).toMatchObject({reason: 'EXPIRED'})
    expect(await verdict('asOf: {block: 14}')).toMatchObject({reason: 'EXPIRED'})
  })
})
