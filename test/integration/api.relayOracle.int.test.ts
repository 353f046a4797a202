import fc from 'fast-check'
import {type ConnectionArguments, connectionFromArray, offsetToCursor} from 'graphql-relay'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {askOf, handlerOver} from '../support/apiUnderTest'
import {CHAIN, GENESIS} from '../support/filledDatabase'
import {startPostgres, type TestPostgres} from '../support/postgres'

/** graphql-relay's connection over an array is the oracle: https://github.com/graphql/graphql-relay-js */

const CONTRACT = `0x${'c7'.repeat(20)}`
type Row = Readonly<{id: string; tokenId: bigint; minted: number | null}>

let postgres: TestPostgres
let pool: Pool
let api: ReturnType<typeof handlerOver>
beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createMigrated('relay')
  pool = new Pool({connectionString: url, max: 2})
  api = handlerOver(pool)
})
afterAll(async () => {
  await pool.end()
  await postgres.stop()
})

const insert = (rows: readonly Row[]) =>
  pool.query(
    `INSERT INTO asset (id, chain_id, collection_id, token_id, standard, incarnation, minted_at, transfer_count, supply, last_transfer_id)
     SELECT id, $1, $2, token::numeric, 'erc721', 1, to_timestamp(minted), 1, 1, '' FROM unnest($3::text[], $4::text[], $5::int[]) r(id, token, minted)`,
    [
      CHAIN,
      `${CHAIN}-${CONTRACT}`,
      rows.map(({id}) => id),
      rows.map(({tokenId}) => String(tokenId)),
      rows.map(({minted}) => (minted === null ? null : GENESIS + minted)),
    ],
  )

/** Few times among many rows: most are equal. */
const row = fc.record({n: fc.nat({max: 400}), minted: fc.option(fc.nat({max: 3}), {nil: null})})
const rowsOf = (given: readonly Readonly<{n: number; minted: number | null}>[]): readonly Row[] =>
  given.map(({n, minted}) => ({id: `${CHAIN}-${CONTRACT}-${n}`, tokenId: BigInt(n), minted}))
const rows = (max: number) => fc.uniqueArray(row, {selector: ({n}) => n, maxLength: max}).map(rowsOf)

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const ORDERS = {
  ID: (a: Row, b: Row) => byText(a.id, b.id),
  TOKEN_ID: (a: Row, b: Row) => Number(a.tokenId - b.tokenId),
  MINTED_AT: (a: Row, b: Row) => (a.minted ?? -1) - (b.minted ?? -1) || byText(a.id, b.id),
} as const
const order = fc.record({by: fc.constantFrom('ID' as const, 'TOKEN_ID' as const, 'MINTED_AT' as const), descending: fc.boolean()})
type Order = Readonly<{by: keyof typeof ORDERS; descending: boolean}>

const sorted = (all: readonly Row[], {by, descending}: Order): Row[] =>
  [...all].sort((a, b) => (descending ? ORDERS[by](b, a) : ORDERS[by](a, b)))

type Page = Readonly<{
  edges: readonly {cursor: string; node: {tokenId: string}}[]
  pageInfo: Readonly<{hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null}>
  totalCount: number
}>

async function ask({by, descending}: Order, args: ConnectionArguments): Promise<Page> {
  const {data, errors} = await askOf(
    api,
    `query ($first: Int, $last: Int, $after: String, $before: String) {
       assets(first: $first, last: $last, after: $after, before: $before, orderBy: [${by}_${descending ? 'DESC' : 'ASC'}]) {
         totalCount edges { cursor node { tokenId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    args as Readonly<Record<string, unknown>>,
  )
  expect(errors).toBeUndefined()
  return data?.['assets'] as unknown as Page
}

/** The flag of the other direction may be told or not, by the specification: only that of the way is compared. */
function expectSame(ours: Page, all: readonly Row[], args: ConnectionArguments): void {
  const oracle = connectionFromArray([...all], args.first == null && args.last == null ? {...args, first: 20} : args)
  expect(ours.edges.map(({node}) => node.tokenId)).toEqual(oracle.edges.map(({node}) => String(node.tokenId)))
  if (args.last == null) expect(ours.pageInfo.hasNextPage).toBe(oracle.pageInfo.hasNextPage)
  else expect(ours.pageInfo.hasPreviousPage).toBe(oracle.pageInfo.hasPreviousPage)
  expect(ours.pageInfo.startCursor).toBe(ours.edges[0]?.cursor ?? null)
  expect(ours.pageInfo.endCursor).toBe(ours.edges.at(-1)?.cursor ?? null)
  expect(ours.totalCount).toBe(all.length)
}

const size = fc.nat({max: 12})
const way = fc.oneof(
  size.map((first) => ({first})),
  size.map((last) => ({last})),
  fc.constant({}),
)
const place = fc.option(fc.double({min: 0, max: 0.999, noNaN: true}), {nil: null})

test('any page of any list is that of the oracle: sizes, cursors, directions, orders, equal and missing values', async () => {
  await fc.assert(
    fc.asyncProperty(rows(40), order, fc.array(fc.tuple(way, place, place), {minLength: 4, maxLength: 4}), async (given, by, asked) => {
      await pool.query('DELETE FROM asset')
      await insert(given)
      const all = sorted(given, by)
      const {edges} = await ask(by, {first: 500})
      for (const [counted, after, before] of asked) {
        const [from, to] = [after, before].map((share) => (share === null || all.length === 0 ? null : Math.floor(share * all.length)))
        const cursors = (cursorOf: (i: number) => string | undefined) => ({
          ...(from == null ? {} : {after: cursorOf(from)}),
          ...(to == null ? {} : {before: cursorOf(to)}),
        })
        // Only `before` without a size walks backward here: Relay leaves open what a page without a size is.
        const args = from == null && to != null && !('first' in counted) && !('last' in counted) ? {...counted, last: 20} : counted
        const ours = await ask(by, {...args, ...cursors((i) => edges[i]?.cursor)} as ConnectionArguments)
        expectSame(ours, all, {...args, ...cursors(offsetToCursor)} as ConnectionArguments)
      }
    }),
    {numRuns: 40, seed: 11},
  )
}, 120_000)

test('rows that come between pages move no other: each page is that of the oracle behind the same row', async () => {
  await fc.assert(
    fc.asyncProperty(
      rows(24),
      fc.array(rows(5), {minLength: 12, maxLength: 12}),
      order,
      fc.integer({min: 1, max: 6}),
      fc.boolean(),
      async (given, arriving, by, count, backward) => {
        await pool.query('DELETE FROM asset')
        await insert(given)
        let stored = [...given]
        let last: Readonly<{cursor: string; tokenId: string}> | null = null
        for (const arrived of arriving) {
          const all = sorted(stored, by)
          const at = all.findIndex(({tokenId}) => String(tokenId) === last?.tokenId)
          const cursors = (cursor: string | null) => (cursor === null ? {} : backward ? {before: cursor} : {after: cursor})
          const args = backward ? {last: count} : {first: count}
          const ours = await ask(by, {...args, ...cursors(last?.cursor ?? null)})
          expectSame(ours, all, {...args, ...cursors(last === null ? null : offsetToCursor(at))})
          const edge = backward ? ours.edges[0] : ours.edges.at(-1)
          if (!edge) return
          last = {cursor: edge.cursor, tokenId: edge.node.tokenId}
          const fresh = arrived.filter(({id}) => !stored.some((row) => row.id === id))
          await insert(fresh)
          stored = [...stored, ...fresh]
        }
      },
    ),
    {numRuns: 25, seed: 12},
  )
}, 120_000)
