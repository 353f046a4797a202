import {GraphQLError} from 'graphql'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {SCOPES} from '../../src/access/apiKey'
import {createKey} from '../../src/access/keyStore'
import {buildApiSchema} from '../../src/api/buildSchema'
import {askOf, handlerOver, type Reply, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN} from '../support/filledDatabase'
import {askAt, inputPlaces, type Place} from '../support/inputPlaces'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
let api: ReturnType<typeof handlerOver>
let key: string
let webhook: string
beforeAll(async () => {
  app = await startApiUnderTest()
  api = handlerOver(app.pool)
  key = await createKey(app.pool, {name: 'all', scopes: [...SCOPES], expiresAt: null})
  const {data} = await askOf(api, CREATE, {input: FITTING.input}, {'x-api-key': key})
  webhook = (data as {createWebhook?: {webhook: {id: string}}} | null)?.createWebhook?.webhook.id as string
  expect(webhook).toMatch(/./)
})
afterAll(() => app.stop())

const CONTRACT = `0x${'1'.repeat(40)}`
const ASSET = `eip155:${CHAIN}/erc721:${CONTRACT}/1`
const FITTING = {
  id: ASSET,
  asset: ASSET,
  account: CONTRACT,
  address: CONTRACT,
  payload: 'x',
  delivery: '1',
  after: 'x',
  input: {url: 'https://example.com/hook', name: 'hook', kinds: ['TRANSFER']},
}
const CREATE = 'mutation ($input: WebhookInput!) { createWebhook(input: $input) { webhook { id } } }'
const fittingOf = ({operation}: Place) => (operation === 'mutation' ? {...FITTING, id: webhook} : FITTING)
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

/** Tables of what mutations are for. */
const WRITTEN = /^(webhook|metadata|reader|feed|client)/

/** Rows of each table, so that one that went or came shows. */
async function countTables(): Promise<unknown> {
  const {rows} = await app.pool.query<{name: string}>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  )
  const counts = rows.filter(({name}) => !WRITTEN.test(name)).map(({name}) => `SELECT '${name}' AS name, count(*)::int AS n FROM ${name}`)
  return (await app.pool.query(`${counts.join(' UNION ALL ')} ORDER BY 1`)).rows
}

/** Answered, or refused for what it is; never a failure inside. */
const isInside = ({errors}: Reply): boolean =>
  errors?.some(({message, extensions}) => message === 'Unexpected error.' || extensions?.['code'] === 'INTERNAL_SERVER_ERROR') === true

const schema = buildApiSchema()
const PLACES = inputPlaces(schema)

/** With a key that may do everything. What could be followed is followed no further. */
async function answer(query: string, variables: Readonly<Record<string, unknown>>): Promise<Reply> {
  if (!query.startsWith('subscription')) return askOf(api, query, variables, {'x-api-key': key})
  const enveloped = api.getEnveloped({client: {key: null, address: '127.0.0.1'}, params: {query, variables}} as never)
  const document = enveloped.parse(query)
  const errors = enveloped.validate(enveloped.schema, document) as Reply['errors']
  if (errors && errors.length > 0) return {errors}
  const args = {schema: enveloped.schema, document, variableValues: variables, contextValue: await enveloped.contextFactory()}
  const followed = await (async () => enveloped.subscribe(args))().catch((error: unknown) => {
    if (error instanceof GraphQLError) return {errors: [error]}
    throw error
  })
  if (!(Symbol.asyncIterator in followed)) return JSON.parse(JSON.stringify(followed)) as Reply
  await (followed as AsyncGenerator).return(undefined)
  return {}
}

/** Eight at once, as the pool has connections. */
async function askAll(asked: readonly (readonly [string, ReturnType<typeof askAt>])[]): Promise<readonly string[]> {
  const failed: string[] = []
  const left = [...asked]
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      const [name, {query, variables}] = next
      const reply = await answer(query, variables)
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
  for (const name of ['createWebhook.input.url', 'refreshMetadata.idempotencyKey', 'changes.collections', 'transfers.where.or.and.from.eq'])
    expect(texts.map((place) => place.name)).toContain(name)
  expect(new Set(texts.map(({operation}) => operation)).size).toBe(3)
  const asked = texts.flatMap((place, i) =>
    [i, i + 5].map((n) => [place.name, askAt(place, NASTY[n % NASTY.length], fittingOf(place))] as const),
  )
  expect(await askAll(asked)).toEqual([])
  expect(await countTables()).toEqual(before)
}, 240_000)

test('values of another type than the schema says are refused or mean nothing, in any argument of any root field [INV-8]', async () => {
  const asked = PLACES.map((place, i) => [place.name, askAt(place, CONFUSED[i % CONFUSED.length], fittingOf(place))] as const)
  expect(await askAll(asked)).toEqual([])
}, 240_000)
