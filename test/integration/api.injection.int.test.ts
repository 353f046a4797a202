import {afterAll, beforeAll, expect, test} from 'vitest'
import {buildApiSchema} from '../../src/api/buildSchema'
import {type Reply, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN} from '../support/filledDatabase'
import {askAt, inputPlaces} from '../support/inputPlaces'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

const CONTRACT = `0x${'1'.repeat(40)}`
const ASSET = `eip155:${CHAIN}/erc721:${CONTRACT}/1`
const FITTING = {id: ASSET, asset: ASSET, account: CONTRACT, address: CONTRACT, payload: 'x'}
const NASTY = [
  `'; DROP TABLE asset; --`,
  `' OR '1'='1`,
  `eip155:${CHAIN}/erc721:${CONTRACT}' OR '1'='1/1`,
  `1); DELETE FROM transfer; --`,
  '\u0000',
  `${CONTRACT}'; TRUNCATE block; --`,
  `\\'; SELECT pg_sleep(60); --`,
  '$1',
  '%',
  '{"$ne": null}',
  '\ud800',
  `E'\\x27'`,
  '"; DROP SCHEMA public CASCADE; --',
  'x'.repeat(20_000),
] as const
const CONFUSED: readonly unknown[] = [7, true, {}, [], [[[]]], {eq: 1}, null, 1.5, -1, 2 ** 53, '1e999', {and: {}}, '']

/** Rows of each table, so that one that went or came shows. */
async function countTables(): Promise<unknown> {
  const {rows} = await app.pool.query<{name: string}>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  )
  const counts = rows.map(({name}) => `SELECT '${name}' AS name, count(*)::int AS n FROM ${name}`)
  return (await app.pool.query(`${counts.join(' UNION ALL ')} ORDER BY 1`)).rows
}

/** Answered, or refused for what it is; never a failure inside. */
const isInside = ({errors}: Reply): boolean =>
  errors?.some(({message, extensions}) => message === 'Unexpected error.' || extensions?.['code'] === 'INTERNAL_SERVER_ERROR') === true

const schema = buildApiSchema()
const PLACES = inputPlaces(schema)

/** Eight at once, as the pool has connections. */
async function askAll(asked: readonly (readonly [string, ReturnType<typeof askAt>])[]): Promise<readonly string[]> {
  const failed: string[] = []
  const left = [...asked]
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const [name, {query, variables}] = next
      const reply = await app.ask(query, variables)
      if (isInside(reply)) failed.push(`${name}: ${JSON.stringify(variables).slice(0, 200)} ${JSON.stringify(reply.errors)}`)
    }
  }
  await Promise.all(Array.from({length: 8}, work))
  return failed
}

test('text that means something to SQL changes nothing and fails nowhere, in any argument of any root field [INV-8]', async () => {
  const before = await countTables()
  const texts = PLACES.filter(({isText}) => isText)
  expect(texts.length).toBeGreaterThan(500)
  const asked = texts.flatMap((place, i) => [i, i + 5].map((n) => [place.name, askAt(place, NASTY[n % NASTY.length], FITTING)] as const))
  expect(await askAll(asked)).toEqual([])
  expect(await countTables()).toEqual(before)
}, 240_000)

test('values of another type than the schema says are refused or mean nothing, in any argument of any root field [INV-8]', async () => {
  const asked = PLACES.map((place, i) => [place.name, askAt(place, CONFUSED[i % CONFUSED.length], FITTING)] as const)
  expect(await askAll(asked)).toEqual([])
}, 240_000)
