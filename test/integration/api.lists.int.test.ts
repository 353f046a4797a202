import fc from 'fast-check'
import {Pool} from 'pg'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {DEFAULT_QUERY} from '../../src/api/defaultQuery'
import {createSequencer} from '../../src/feed/createSequencer'
import {askOf, FINALIZED, HEAD, handlerOver, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN} from '../support/filledDatabase'
import {ART, EDITIONS} from '../support/randomLogs'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

describe('lists', () => {
  const LISTS = [
    'assets',
    'collections',
    'transfers',
    'licenses',
    'royaltyPayments',
    'metadataUpdates',
    'generations',
    'contractUpgrades',
    'decodeFailures',
  ]
  test('the query that the explorer opens with is answered', async () => {
    const {assets, status} = await app.answer(DEFAULT_QUERY)
    expect(assets.nodes.length).toBeGreaterThan(0)
    expect(status.chains).toHaveLength(1)
  })

  test.each(LISTS)('%s answers a page, a count and the state of the index', async (list) => {
    const reply = await app.ask(
      `{ ${list}(first: 3) { totalCount totalCountIsEstimate edges { cursor } nodes { __typename } pageInfo { hasNextPage } } }`,
    )
    expect(reply.errors).toBeUndefined()
    const page = reply.data?.[list] as unknown as {totalCount: number; totalCountIsEstimate: boolean; edges: unknown[]}
    expect(page.totalCount).toBeGreaterThan(0)
    expect(page.totalCountIsEstimate).toBe(false)
    expect(page.edges).toHaveLength(Math.min(3, page.totalCount))
    expect(reply.extensions).toMatchObject({
      indexer: {chains: [{chainId: `eip155:${CHAIN}`, indexedBlock: {number: HEAD}, finalizedBlock: {number: FINALIZED}}]},
    })
  })

  test('keyset pages forward and backward are those of the whole list, in every order, with equal keys', async () => {
    const all = app.rows('Transfer').map((r) => ({id: r.id, time: r.timestamp.getTime()}))
    const orders: Record<string, (a: {id: string; time: number}, b: {id: string; time: number}) => number> = {
      ID_ASC: (a, b) => (a.id < b.id ? -1 : 1),
      ID_DESC: (a, b) => (a.id < b.id ? 1 : -1),
      TIMESTAMP_ASC: (a, b) => a.time - b.time || (a.id < b.id ? -1 : 1),
      TIMESTAMP_DESC: (a, b) => b.time - a.time || (a.id < b.id ? 1 : -1),
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(orders)),
        fc.integer({min: 1, max: 60}),
        fc.boolean(),
        async (order, size, backward) => {
          const expected = [...all].sort(orders[order]).map((r) => r.id)
          const seen: string[] = []
          let cursor: string | null = null
          for (let page = 0; page < 4; page++) {
            const args = backward ? `last: ${size}, before: $c` : `first: ${size}, after: $c`
            const {transfers} = await app.answer(
              `query ($c: String) { transfers(${args}, orderBy: [${order}]) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
              {c: cursor},
            )
            const ids = transfers.nodes.map((n: {id: string}) => n.id)
            if (backward) seen.unshift(...ids)
            else seen.push(...ids)
            const more = backward ? transfers.pageInfo.hasPreviousPage : transfers.pageInfo.hasNextPage
            expect(more).toBe(seen.length < expected.length)
            if (!more) break
            cursor = backward ? transfers.pageInfo.startCursor : transfers.pageInfo.endCursor
          }
          expect(seen).toEqual(backward ? expected.slice(-seen.length) : expected.slice(0, seen.length))
        },
      ),
      {numRuns: 25, seed: 1},
    )
  })

  test('where: every operator, and, or, not', async () => {
    const count = async (where: string) => (await app.answer(`{ transfers(where: ${where}) { totalCount } }`)).transfers.totalCount
    const transfers = app.rows('Transfer')
    const account = transfers[0]?.to as string
    const of = (keep: (t: (typeof transfers)[number]) => boolean) => transfers.filter(keep).length
    expect(await count(`{to: {eq: "${account.toUpperCase().replace('0X', '0x')}"}}`)).toBe(of((t) => t.to === account))
    expect(await count(`{to: {ne: "${account}"}}`)).toBe(of((t) => t.to !== account))
    expect(await count(`{blockNumber: {gte: 5, lt: 9}}`)).toBe(of((t) => t.blockNumber >= 5 && t.blockNumber < 9))
    for (const n of [-1, 0, 1, 7, 18, 19, 2_147_483_647]) {
      expect([n, await count(`{blockNumber: {gt: ${n}}}`), await count(`{not: {blockNumber: {gt: ${n}}}}`)]).toEqual([
        n,
        of((t) => t.blockNumber > n),
        of((t) => t.blockNumber <= n),
      ])
      expect([n, await count(`{blockNumber: {lte: ${n}}}`), await count(`{blockNumber: {eq: ${n}}}`)]).toEqual([
        n,
        of((t) => t.blockNumber <= n),
        of((t) => t.blockNumber === n),
      ])
    }
    expect(await count(`{tokenId: {in: ["3", "${2n ** 256n - 1n}"]}}`)).toBe(of((t) => t.tokenId === 3n || t.tokenId === 2n ** 256n - 1n))
    expect(await count(`{tokenId: {notIn: [3]}, collection: {eq: "${ART}"}}`)).toBe(
      of((t) => t.tokenId !== 3n && t.collectionId.endsWith(ART)),
    )
    expect(await count(`{or: [{blockNumber: {eq: 1}}, {and: [{blockNumber: {gt: 3}}, {blockNumber: {lte: 4}}]}]}`)).toBe(
      of((t) => t.blockNumber === 1 || t.blockNumber === 4),
    )
    expect(await count(`{not: {collection: {eq: "eip155:${CHAIN}/erc1155:${EDITIONS}"}}}`)).toBe(
      of((t) => !t.collectionId.endsWith(EDITIONS)),
    )
    expect(await count('{or: []}')).toBe(0)
    expect(await count('{chainId: {eq: "eip155:1"}}')).toBe(0)
  })

  test('null in a filter asks for what is not there', async () => {
    const {licenses} = await app.answer('{ licenses(where: {expiry: {eq: null}}, includeUnverified: true) { totalCount } }')
    expect(licenses.totalCount).toBe(app.rows('License').filter((l) => l.expiry === null).length)
  })

  test('nested lists of a page cost a query each, not one per row', async () => {
    let queries = 0
    const counting = new Pool({connectionString: app.url, max: 2})
    counting.on('connect', (client) => {
      const query = client.query.bind(client)
      client.query = ((...args: Parameters<typeof query>) => {
        queries += 1
        return (query as (...a: unknown[]) => unknown)(...args)
      }) as typeof client.query
    })
    const {data, errors} = await askOf(
      handlerOver(counting),
      '{ assets(first: 20) { nodes { id owner { address } collection { name } mint { blockHash } transfers(first: 3) { nodes { id asset { id } } } licenses(first: 2) { nodes { id } } } } }',
    )
    expect(errors).toBeUndefined()
    expect((data as unknown as {assets: {nodes: unknown[]}}).assets.nodes.length).toBe(20)
    expect(queries).toBeLessThan(16)
    await counting.end()
  })
})

test('every kind of fact is an entry of the feed with its event, and of its own kind; none passes for an observation', async () => {
  const feed = await createSequencer(app.url)
  while ((await feed.run())?.isFull);
  await feed.close()
  const told = new Map<string, Set<string>>()
  for (let after: string | null = null; ; ) {
    const {changes} = await app.answer(
      `query ($after: String) { changes(first: 500, after: $after, includeUnverified: true) {
         nodes { kind event { __typename } } pageInfo { hasNextPage endCursor } } }`,
      {after},
    )
    for (const {kind, event} of changes.nodes) told.set(kind, (told.get(kind) ?? new Set()).add(event?.__typename ?? 'nothing'))
    if (!changes.pageInfo.hasNextPage) break
    after = changes.pageInfo.endCursor
  }
  const types = [...told].flatMap(([kind, names]) => [...names].map((name) => `${kind} ${name}`))
  expect(types).toEqual(
    expect.arrayContaining(['GENERATION OracleEvent', 'GENERATION GenerationEvent', 'STAKE StakeAllocation', 'LOCK TokenLock']),
  )
  expect(types.filter((type) => /^OBSERVATION|nothing$/.test(type))).toEqual([])
})
