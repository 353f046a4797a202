import fc from 'fast-check'
import {Pool} from 'pg'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {askOf, handlerOver, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN, GENESIS} from '../support/filledDatabase'
import {insertRow} from '../support/givenRows'
import {ART} from '../support/randomLogs'

const COLLECTION = `0x${'c0'.repeat(20)}`
type Given = Readonly<{id: string; tokenId: bigint; mintedAt: Date | null}>

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

const insertAsset = async (tokenId: bigint, mintedAt: Date | null): Promise<Given> => {
  const id = `${CHAIN}-${COLLECTION}-${tokenId}`
  await insertRow(app.pool, 'Asset', {id, collectionId: `${CHAIN}-${COLLECTION}`, tokenId, standard: 'erc721', mintedAt, incarnation: 1})
  return {id, tokenId, mintedAt}
}
const clear = () => app.pool.query('DELETE FROM asset WHERE collection_id = $1', [`${CHAIN}-${COLLECTION}`])

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const byNumber = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0)
const timeOf = ({mintedAt}: Given) => BigInt(mintedAt?.getTime() ?? -1)
const ORDERS: Readonly<Record<string, (a: Given, b: Given) => number>> = {
  ID: (a, b) => byText(a.id, b.id),
  TOKEN_ID: (a, b) => byNumber(a.tokenId, b.tokenId),
  MINTED_AT: (a, b) => byNumber(timeOf(a), timeOf(b)) || byText(a.id, b.id),
}

const PAGE = `pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`
const collection = `where: {collection: {eq: "${COLLECTION}"}}`
/** Every way to ask for the same list: filtered, and as the list of a collection. */
const SHAPES = {
  root: (args: string) => ({query: `assets(${collection}, ${args}) { nodes { tokenId } ${PAGE} }`, pick: (data: never) => data['assets']}),
  nested: (args: string) => ({
    query: `collection(id: "${COLLECTION}") { assets(${args}) { nodes { tokenId } ${PAGE} } }`,
    pick: (data: never) => (data['collection'] as {assets: never}).assets,
  }),
}
type Answer = Readonly<{
  nodes: readonly {tokenId: string}[]
  pageInfo: Readonly<{hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null}>
}>

async function page(shape: keyof typeof SHAPES, args: string, cursor: string | null): Promise<Answer> {
  const {query, pick} = SHAPES[shape](args)
  return pick((await app.answer(`query ($c: String) { ${query} }`, {c: cursor})) as never) as Answer
}

describe('pages', () => {
  const token = fc.record({
    tokenId: fc.oneof(fc.bigInt({min: 0n, max: 30n}), fc.bigInt({min: 2n ** 256n - 30n, max: 2n ** 256n - 1n})),
    minted: fc.option(fc.integer({min: 0, max: 3}), {nil: null}),
  })
  const tokens = fc.uniqueArray(token, {selector: ({tokenId}) => tokenId, minLength: 1, maxLength: 24})

  test('are those of the whole list: any order, size and direction, equal and missing values, rows that come between pages', async () => {
    await insertRow(app.pool, 'Collection', {id: `${CHAIN}-${COLLECTION}`, address: COLLECTION, standard: 'erc721', assetCount: 1n})
    await fc.assert(
      fc.asyncProperty(
        tokens,
        tokens,
        fc.constantFrom(...Object.keys(ORDERS)),
        fc.boolean(),
        fc.boolean(),
        fc.integer({min: 1, max: 7}),
        fc.constantFrom('root' as const, 'nested' as const),
        async (first, later, order, descending, backward, size, shape) => {
          await clear()
          const at = (n: number | null) => (n === null ? null : new Date((GENESIS + n) * 1000))
          const stored: Given[] = []
          for (const {tokenId, minted} of first) stored.push(await insertAsset(tokenId, at(minted)))
          const compare = ORDERS[order] as (a: Given, b: Given) => number
          const walked = (a: Given, b: Given) => (descending === backward ? compare(a, b) : compare(b, a))
          const args = `${backward ? `last: ${size}, before: $c` : `first: ${size}, after: $c`}, orderBy: ${order}_${descending ? 'DESC' : 'ASC'}`
          const waiting = later.filter(({tokenId}) => !first.some((t) => t.tokenId === tokenId))
          let last: Given | null = null
          for (let cursor: string | null = null, pages = 0; pages < 60; pages++) {
            const {nodes, pageInfo} = await page(shape, args, cursor)
            const rest = [...stored].sort(walked).filter((row) => last === null || walked(row, last) > 0)
            const wanted = rest.slice(0, size)
            expect(nodes.map(({tokenId}) => tokenId)).toEqual(
              (backward ? [...wanted].reverse() : wanted).map(({tokenId}) => String(tokenId)),
            )
            expect(backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage).toBe(rest.length > size)
            if (rest.length <= size) break
            cursor = backward ? pageInfo.startCursor : pageInfo.endCursor
            last = wanted.at(-1) ?? null
            const next = waiting.pop()
            if (next) stored.push(await insertAsset(next.tokenId, at(next.minted)))
          }
        },
      ),
      {numRuns: 60, seed: 7},
    )
  }, 120_000)

  test('after and before together are the rows between', async () => {
    await clear()
    for (let n = 0; n < 9; n++) await insertAsset(BigInt(n), n % 3 === 0 ? null : new Date((GENESIS + (n % 4)) * 1000))
    for (const orderBy of ['TOKEN_ID_DESC', 'MINTED_AT_ASC', 'MINTED_AT_DESC', 'MINTED_AT_ASC, TOKEN_ID_DESC']) {
      const {assets: all} = await app.answer(`{ assets(${collection}, orderBy: [${orderBy}]) { edges { cursor node { tokenId } } } }`)
      for (const [a, b] of [
        [0, 8],
        [1, 3],
        [2, 7],
        [4, 5],
      ] as const) {
        const {assets} = await app.answer(
          `query ($a: String, $b: String) { assets(${collection}, orderBy: [${orderBy}], first: 20, after: $a, before: $b) { nodes { tokenId } } }`,
          {a: all.edges[a].cursor, b: all.edges[b].cursor},
        )
        expect(assets.nodes).toEqual(all.edges.slice(a + 1, b).map(({node}: {node: unknown}) => node))
      }
    }
  })

  test('times as a server in another time zone writes them page on just the same', async () => {
    await app.pool.query(`ALTER DATABASE api SET timezone = 'Asia/Kathmandu'; ALTER DATABASE api SET datestyle = 'German'`)
    const elsewhere = new Pool({connectionString: app.url, max: 2})
    try {
      const first = await askOf(handlerOver(elsewhere), '{ transfers(first: 5) { nodes { id timestamp } pageInfo { endCursor } } }')
      const {transfers} = first.data as unknown as {transfers: {pageInfo: {endCursor: string}}}
      const args = `after: "${transfers.pageInfo.endCursor}", first: 5`
      expect((await app.answer(`{ transfers(${args}) { nodes { id timestamp } } }`)).transfers.nodes).toHaveLength(5)
    } finally {
      await app.pool.query('ALTER DATABASE api RESET ALL')
      await elsewhere.end()
    }
  })
})

describe('filters on what a row names', () => {
  const keys = async (query: string) => {
    const [list] = Object.values(await app.answer(query)) as [{totalCount: number; nodes: {id: string}[]}]
    expect(list.totalCount).toBe(list.nodes.length)
    return list.nodes.map(({id}) => id).sort()
  }

  test('are those of its asset, its collection and its licence, beside the id itself, and of what is not', async () => {
    const owner = app.rows('Asset').find((row) => row.owner !== null)?.owner as string
    const owned = new Set(
      app
        .rows('Asset')
        .filter((row) => row.owner === owner)
        .map(({id}) => id),
    )
    const transfers = app.rows('Transfer')
    const ids = (kept: readonly {id: string}[]) => kept.map(({id}) => id).sort()
    expect(await keys(`{ transfers(first: 500, where: {asset: {owner: {eq: "${owner}"}}}) { totalCount nodes { id } } }`)).toEqual(
      ids(transfers.filter(({assetId}) => owned.has(assetId))),
    )
    expect(
      await keys(
        `{ transfers(first: 500, where: {not: {asset: {owner: {eq: "${owner}"}}}, collection: {address: {eq: "${ART}"}}}) { totalCount nodes { id } } }`,
      ),
    ).toEqual(ids(transfers.filter(({assetId, collectionId}) => !owned.has(assetId) && collectionId.endsWith(ART))))
    const [chain, contract, token] = [...owned].join().split(/[-,]/)
    const id = `eip155:${chain}/erc721:${contract}/${token}`
    expect(
      await keys(`{ transfers(first: 500, where: {asset: {eq: "${id}", owner: {ne: "${owner}"}}}) { totalCount nodes { id } } }`),
    ).toEqual([])
    const holder = app.rows('License')[0]?.licensee as string
    const held = new Set(
      app
        .rows('License')
        .filter((row) => row.licensee === holder)
        .map((row) => row.id),
    )
    expect(
      await keys(
        `{ royaltyPayments(first: 500, includeUnverified: true, where: {license: {licensee: {eq: "${holder}"}}}) { totalCount nodes { id } } }`,
      ),
    ).toEqual(ids(app.rows('RoyaltyPayment').filter(({licenseRef}) => licenseRef !== null && held.has(licenseRef))))
  })

  test('reach one step and no further, and count towards the limits', async () => {
    expect(
      (await app.ask(`{ transfers(where: {asset: {collection: {address: {eq: "${ART}"}}}}) { totalCount } }`)).errors?.[0]?.message,
    ).toMatch(/address/)
    const deep = `${'{not: '.repeat(8)}{asset: {owner: {eq: "${ART}"}}}${'}'.repeat(8)}`
    expect((await app.ask(`{ transfers(where: ${deep}) { totalCount } }`)).errors?.[0]?.extensions).toMatchObject({code: 'LIMIT_EXCEEDED'})
  })
})

describe('counts', () => {
  test('are exact up to 10,000 and an estimate, no lower, beyond; of nested lists too', async () => {
    await clear()
    const asset = `${CHAIN}-${COLLECTION}-77`
    const insert = (from: number, to: number) =>
      app.pool.query(
        `INSERT INTO transfer SELECT (jsonb_populate_record(t, jsonb_build_object('id', 'zz' || lpad(n::text, 8, '0'), 'asset_id', $1::text))).*
         FROM transfer t, generate_series($2::int, $3::int) n WHERE t.id = (SELECT min(id) FROM transfer)`,
        [asset, from, to],
      )
    const ask = async () =>
      await app.answer(
        `{ transfers(first: 0, where: {asset: {eq: "eip155:${CHAIN}/erc721:${COLLECTION}/77"}}) { totalCount totalCountIsEstimate nodes { id } }
           provenance(first: 0, kinds: [TRANSFER], asset: "eip155:${CHAIN}/erc721:${COLLECTION}/77") { totalCount totalCountIsEstimate } }`,
      )
    await insert(1, 10_000)
    expect(await ask()).toMatchObject({
      transfers: {totalCount: 10_000, totalCountIsEstimate: false, nodes: []},
      provenance: {totalCount: 10_000, totalCountIsEstimate: false},
    })
    await insert(10_001, 14_000)
    await app.pool.query('ANALYZE transfer')
    const {transfers, provenance} = await ask()
    expect(transfers.totalCountIsEstimate).toBe(true)
    expect(transfers.totalCount).toBeGreaterThan(10_000)
    expect(transfers.totalCount).toBeLessThan(20_000)
    expect(provenance.totalCountIsEstimate).toBe(true)
    await app.pool.query('DELETE FROM transfer WHERE asset_id = $1', [asset])
  })
})

describe('queries of one answer', () => {
  test.each([
    ['timelines', '{ assets(first: 20) { nodes { provenance(first: 3) { totalCount nodes { id emitter { address } finality } } } } }', 7],
    ['counts of nested lists', '{ assets(first: 20) { nodes { transfers(first: 1) { totalCount totalCountIsEstimate } } } }', 6],
    ['activity of licences', '{ licenses(first: 20, includeUnverified: true) { nodes { active parent { active } } } }', 8],
    [
      'blocks and collections',
      '{ transfers(first: 50) { nodes { blockHash asset { id collection { name standard } owner { address } } } } }',
      9,
    ],
    [
      'lists of accounts',
      '{ transfers(first: 30) { nodes { from { assets(first: 2) { nodes { id } } transfers(first: 2) { nodes { id } } } } } }',
      7,
    ],
  ])('%s do not grow with the page', async (_, query, most) => {
    let queries = 0
    const pool = new Pool({connectionString: app.url, max: 1})
    pool.on('connect', (client) => {
      const original = client.query.bind(client)
      client.query = ((...args: Parameters<typeof original>) => {
        queries += 1
        return (original as (...a: unknown[]) => unknown)(...args)
      }) as typeof client.query
    })
    const {errors} = await askOf(handlerOver(pool), query)
    expect(errors).toBeUndefined()
    expect(queries).toBeLessThanOrEqual(most)
    await pool.end()
  })
})
