import {Pool} from 'pg'
import {pino} from 'pino'
import {expect} from 'vitest'
import {type ApiOptions, createApi} from '../../src/api/createApi'
import {CHAIN, fillDatabase, rowsOfBlocks} from './filledDatabase'
import type {Tables} from './memoryStore'
import {startPostgres} from './postgres'
import {createRandom, intoBlocks, randomLogs} from './randomLogs'

export type Json = Readonly<Record<string, unknown>>
export type Reply = Readonly<{
  data?: Record<string, never> | null
  errors?: readonly {message: string; extensions?: Json}[]
  extensions?: Json
}>

export const HEAD = 19
export const FINALIZED = 9

export const handlerOver = (pool: Pool, limits: Pick<ApiOptions, 'subscriptionsPerClient'> = {}) =>
  createApi({pool, chainIds: [CHAIN], cors: [], introspection: true, logger: pino({level: process.env['TEST_LOG'] ?? 'silent'}), ...limits})

/** The API over a database that holds every kind of row, 20 blocks of them, the last 10 not final; and those rows. */
export async function startApiUnderTest() {
  const postgres = await startPostgres()
  const url = await postgres.createMigrated('api')
  const random = createRandom(4)
  const tables = await rowsOfBlocks(intoBlocks([...randomLogs(random, 700), ...randomLogs(random, 0)], HEAD + 1))
  await fillDatabase(url, tables, HEAD, FINALIZED)
  const pool = new Pool({connectionString: url, max: 8})
  const api = handlerOver(pool)
  const ask = (query: string, variables: Json = {}) => askOf(api, query, variables)
  return {
    url,
    pool,
    handler: api,
    rows: <T extends keyof Tables>(table: T) => (tables[table] ?? []) as NonNullable<Tables[T]>,
    ask,
    // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
    answer: async (query: string, variables: Json = {}): Promise<any> => {
      const {data, errors} = await ask(query, variables)
      expect(errors).toBeUndefined()
      return data
    },
    stop: async () => {
      await pool.end()
      await postgres.stop()
    },
  }
}

export async function askOf(
  api: ReturnType<typeof createApi>,
  query: string,
  variables: Json = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const response = await api.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: {'content-type': 'application/json', ...headers},
    body: JSON.stringify({query, variables}),
  })
  return (await response.json()) as Reply
}

/** CAIP-19 of a stored key. */
export const assetId = (key: string, namespace = 'erc721') => {
  const [chain, collection, tokenId] = key.split('-')
  return `eip155:${chain}/${namespace}:${collection}/${tokenId}`
}

export const verified = <R extends {authority: string}>(list: readonly R[]) => list.filter((r) => r.authority !== 'unverified')
