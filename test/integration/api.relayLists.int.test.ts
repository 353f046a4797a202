import fc from 'fast-check'
import {type ConnectionArguments, connectionFromArray, offsetToCursor} from 'graphql-relay'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {buildApiSchema} from '../../src/api/buildSchema'
import {EXPORTS} from '../../src/api/export/lists'
import {TABLES} from '../../src/domain/rows'
import {assetId, startApiUnderTest} from '../support/apiUnderTest'
import {type AskedList, everyConnection, listAt, orderValuesOf, type Way} from '../support/everyConnection'
import {CHAIN, GENESIS, SENDER} from '../support/filledDatabase'
import {insertRow, laterKey} from '../support/givenRows'
import {ART, RANGE} from '../support/randomLogs'

/** graphql-relay's connection over an array is the oracle, the array being the whole list: https://github.com/graphql/graphql-relay-js */

/** What the metadata worker read; test/integration/metadataApi.int.test.ts has documents. */
const ELSEWHERE = ['Asset.metadataHistory']
const CONNECTIONS = everyConnection(buildApiSchema()).filter(({type, field}) => !ELSEWHERE.includes(`${type}.${field.name}`))
const NAMES = CONNECTIONS.map(({type, field}) => `${type}.${field.name}`)

let app: Awaited<ReturnType<typeof startApiUnderTest>>
let ways: Readonly<Record<string, readonly Way[]>>
/** CAIP-19 of the asset with the most transfers. */
let busiest: string
beforeAll(async () => {
  app = await startApiUnderTest()
  const asset = mostNamed(app.rows('Transfer').map((row) => row.assetId))[0] as string
  busiest = assetId(asset)
  await insertMore(asset)
  const most = <T>(rows: readonly T[], of: (row: T) => string | null) => mostNamed(rows.map(of))[0] as string
  const assets = [asset, most(app.rows('License'), (row) => row.assetId), most(app.rows('Generation'), (row) => row.assetId)]
  const accounts = [
    SENDER,
    most(app.rows('Transfer'), ({to}) => to),
    most(app.rows('Balance'), ({account}) => account),
    most(app.rows('License'), ({licensee}) => licensee),
    most(app.rows('RoyaltyPayment'), ({recipient}) => recipient),
    most(app.rows('SplitChange'), ({split}) => split),
  ]
  const collections = [...new Set([ART, RANGE, asset.split('-')[1] as string])]
  ways = {
    Query: [[]],
    Asset: assets.map((key) => [`asset(id: "${assetId(key)}")`]),
    Account: accounts.map((address) => [`account(address: "${address}")`]),
    Collection: collections.map((address) => [`collection(id: "${address}")`]),
    CodeVersion: [[`collection(id: "${ART}")`, 'code']],
    RoyaltySum: [['royaltySummary(first: 1, groupBy: [CURRENCY], includeUnverified: true)']],
  }
})
afterAll(() => app.stop())

const mostNamed = (names: readonly (string | null)[]): readonly string[] => {
  const counts = new Map<string, number>()
  for (const name of names) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name)
}

/** Of what random logs say little or nothing. */
async function insertMore(asset: string): Promise<void> {
  const collectionId = asset.slice(0, asset.lastIndexOf('-'))
  for (let n = 0; n < 7; n++) {
    const [id, granted, committed] = [laterKey(3 * n), laterKey(3 * n + 1), laterKey(3 * n + 2)]
    const timestamp = new Date((GENESIS + 99_000 + n) * 1000)
    await insertRow(app.pool, 'Sale', {id, timestamp, kind: 'unpaid', seller: SENDER, buyer: SENDER})
    await insertRow(app.pool, 'SaleItem', {id: `${id}-0`, saleId: id, assetId: asset, collectionId})
    const about = {subject: ART, assetId: n < 4 ? asset : null, attestationId: id, lastEventId: id, authority: 'trusted'} as const
    await insertRow(app.pool, 'Attestation', {id: `${CHAIN}-${SENDER}-${n}`, ...about})
    await insertRow(app.pool, 'LicenseTerms', {id: `${CHAIN}-${SENDER}-${n}`, emitter: SENDER})
    await insertRow(app.pool, 'LicenseEvent', {
      id: granted,
      timestamp,
      kind: 'termsAttached',
      assetId: asset,
      termsRef: `${CHAIN}-${SENDER}-${n}`,
    })
    await insertRow(app.pool, 'MetadataCommit', {id: committed, timestamp, by: SENDER})
  }
}

type Edges = readonly {cursor: string}[]
type Page = Readonly<{
  edges: Edges
  totalCount: number
  pageInfo: Readonly<{hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null}>
}>
const PAGE = 'totalCount edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'

async function ask(list: AskedList, args: string, cursors: Readonly<Record<string, string | undefined>> = {}): Promise<Page> {
  const page = list.pick(await app.answer(list.wrap(args, PAGE), cursors)) as Page | null | undefined
  return page ?? {edges: [], totalCount: 0, pageInfo: {hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null}}
}

/** What a cursor holds, which is opaque to clients: the order, and the row's values in it. */
const parse = (cursor: string): readonly string[] => JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[]
const compare = (a: string, b: string): number => {
  if (/^-?\d+$/.test(a) && /^-?\d+$/.test(b)) return Number(BigInt(a) - BigInt(b) > 0n) - Number(BigInt(a) - BigInt(b) < 0n)
  const [x, y] = [a, b].map((value) => (value === '-infinity' ? '' : value)) as [string, string]
  return x < y ? -1 : x > y ? 1 : 0
}
function precedes([, terms = '', ...a]: readonly string[], [, , ...b]: readonly string[]): boolean {
  for (const [i, term] of terms.split(',').entries()) {
    const way = compare(a[i] as string, b[i] as string)
    if (way !== 0) return term.startsWith('-') ? way > 0 : way < 0
  }
  return false
}

/** The longest that the ways lead to: a list of one row shows little. */
async function longest(type: string, field: (typeof CONNECTIONS)[number]['field']): Promise<AskedList> {
  let best: Readonly<{list: AskedList; count: number}> | null = null
  for (const way of ways[type] ?? []) {
    const list = listAt(field, way, type === 'Query' && field.name === 'provenance' ? `asset: "${busiest}",` : '')
    const {totalCount} = await ask(list, 'first: 0,')
    if (best === null || totalCount > best.count) best = {list, count: totalCount}
  }
  expect(best?.count, `rows of ${type}.${field.name}`).toBeGreaterThan(2)
  return (best as {list: AskedList}).list
}

const size = fc.nat({max: 12})
const counted = fc.oneof(
  size.map((first): ConnectionArguments => ({first})),
  size.map((last): ConnectionArguments => ({last})),
)
const place = fc.option(fc.double({min: 0, max: 0.999, noNaN: true}), {nil: null})
const windows = (seed: number) => fc.sample(fc.tuple(counted, place, place), {numRuns: 6, seed})

async function expectWindows(list: AskedList, orderBy: string, all: Edges, seed: number): Promise<void> {
  for (const [given, after, before] of windows(seed)) {
    const [from, to] = [after, before].map((share) => (share === null ? null : Math.floor(share * all.length)))
    const cursors = (cursorOf: (i: number) => string | undefined) => ({
      ...(from == null ? {} : {after: cursorOf(from)}),
      ...(to == null ? {} : {before: cursorOf(to)}),
    })
    const args = Object.entries(given).map(([name, value]) => `${name}: ${value},`)
    const ours = await ask(
      list,
      `${args.join(' ')} ${orderBy}`,
      cursors((i) => all[i]?.cursor),
    )
    const oracle = connectionFromArray([...all], {...given, ...cursors(offsetToCursor)} as ConnectionArguments)
    expect(ours.edges).toEqual(oracle.edges.map(({node}) => node))
    if (given.last == null) expect(ours.pageInfo.hasNextPage).toBe(oracle.pageInfo.hasNextPage)
    else expect(ours.pageInfo.hasPreviousPage).toBe(oracle.pageInfo.hasPreviousPage)
    expect([ours.pageInfo.startCursor, ours.pageInfo.endCursor]).toEqual([ours.edges[0]?.cursor ?? null, ours.edges.at(-1)?.cursor ?? null])
    expect(ours.totalCount).toBe(all.length)
  }
}

describe('any page of any list is that of the oracle', () => {
  test.each(NAMES)(
    '%s: in every order, all rows once, sizes, cursors, directions',
    async (name) => {
      const {type, field} = CONNECTIONS[NAMES.indexOf(name)] as (typeof CONNECTIONS)[number]
      const list = await longest(type, field)
      for (const [i, orderBy] of orderValuesOf(field).entries()) {
        const {edges, totalCount, pageInfo} = await ask(list, `first: 500, ${orderBy}`)
        expect([edges.length, pageInfo.hasNextPage]).toEqual([totalCount, false])
        const rows = edges.map(({cursor}) => parse(cursor))
        expect(rows.every((row, n) => n === 0 || precedes(rows[n - 1] as readonly string[], row))).toBe(true)
        const spec = type === 'Query' ? EXPORTS.get(field.name) : undefined
        if (spec) {
          const {rows: stored} = await app.pool.query<{id: string}>(
            `SELECT id FROM "${TABLES[spec.table].table}" t WHERE ${spec.base ?? 'true'}`,
          )
          expect(rows.map((row) => row.at(-1)).sort()).toEqual(stored.map(({id}) => id).sort())
        }
        await expectWindows(list, orderBy, edges, i)
      }
    },
    60_000,
  )

  test('every list of root fields is among them', () => {
    const root = NAMES.flatMap((name) => (name.startsWith('Query.') ? [name.slice(6)] : []))
    const exported = [...EXPORTS.keys()].filter((name) => name !== 'balances')
    expect(root.sort()).toEqual([...exported, 'provenance'].sort())
    expect(NAMES.length).toBeGreaterThan(40)
  })
})

test.each(
  CONNECTIONS.filter(({type}) => type === 'Asset' || type === 'Collection').map(
    ({type, field}) => [`${type}.${field.name}`, type, field] as const,
  ),
)('%s: what many nodes of one page are told is what each is told alone', async (_, type, field) => {
  const root = type === 'Asset' ? 'assets' : 'collections'
  const [order] = orderValuesOf(field)
  const own = listAt(field, [])
  const selection = own.wrap(`first: 3, ${order}`, PAGE)
  const together = await app.answer(
    `query { ${root}(first: 40) { nodes { id ${type === 'Collection' ? 'address' : ''} ${selection.slice(selection.indexOf('{') + 1, -1)} } } }`.replaceAll(
      /(after: \$after, before: \$before|\(\s*\))/g,
      '',
    ),
  )
  const nodes = (together[root].nodes as readonly Readonly<Record<string, never>>[]).filter(
    (node) => (node[field.name] as unknown as Page).totalCount > 0,
  )
  for (const node of nodes.slice(0, 4)) {
    const way = type === 'Asset' ? `asset(id: "${node['id']}")` : `collection(id: "${node['address']}")`
    expect(await ask(listAt(field, [way]), `first: 3, ${order}`)).toEqual(node[field.name])
  }
})
