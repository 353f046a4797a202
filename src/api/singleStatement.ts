import {GraphQLError} from 'graphql'
import type {PoolClient, QueryResultRow} from 'pg'
import type {ChainId} from '../domain/caip'
import {type ChainState, chainStatesSql, parseChainStates, type StateRow} from './chainState'
import {clientError} from './clientError'
import {runStatement} from './rowTypes'
import type {Snapshot, SnapshotOptions} from './snapshot'

type Answered = Readonly<{rows: readonly QueryResultRow[]; states: readonly ChainState[]}>
export type SingleStatement = Snapshot & Readonly<{needsTransaction: () => boolean}>

/** An answer of one statement, which is of one moment by itself; a second one fails, and the answer has to be made again in a transaction. Null before it is known what the statement has to tell of chains. */
export function createSingleStatement(options: SnapshotOptions): SingleStatement | null {
  const chains = options.stateSchemas.known()
  if (!chains) return null
  let asked: Promise<Answered> | null = null
  let statements = 0
  let isTooLittle = false
  return {
    query: async <R extends QueryResultRow>(text: string, values: readonly unknown[] = [], isHot = false) => {
      statements++
      isTooLittle ||= asked !== null || !isWrappable(text)
      if (isTooLittle) throw new Error('one statement is too little for this answer')
      asked = ask(options, {text: statedSql(chains, text), values, isHot})
      return (await asked).rows as R[]
    },
    states: async () => (await (asked ??= ask(options, {text: statedSql(chains, 'SELECT WHERE false'), values: [], isHot: true}))).states,
    statements: () => statements,
    needsTransaction: () => isTooLittle,
    release: async () => {},
  }
}

/** A query together with what is indexed. Without rows there is one row, of the states alone. */
const statedSql = (chains: readonly ChainId[], text: string): string =>
  `SELECT s."__states", q.* FROM (SELECT json_agg(c)::text AS "__states" FROM (${chainStatesSql(chains)}) c) s
   LEFT JOIN (SELECT true AS "__row", i.* FROM (${text}) i) q ON true`

const isWrappable = (text: string): boolean => /^[\s(]*(SELECT|WITH)\b/.test(text)

type Asked = Readonly<{text: string; values: readonly unknown[]; isHot: boolean}>
type Stated = Readonly<{__states: string | null; __row: true | null}>

async function ask(
  {pool, stateSchemas, statementNames, statementTimeoutMs}: SnapshotOptions,
  {text, values, isHot}: Asked,
): Promise<Answered> {
  let client: PoolClient | null = null
  let isSuspect = false
  try {
    client = await pool.connect()
    await prepareSession(client, statementTimeoutMs)
    const rows = await runStatement<QueryResultRow & Stated>(client, {text, values, name: isHot ? statementNames.of(text) : undefined})
    const states = parseChainStates((JSON.parse(rows[0]?.__states ?? 'null') ?? []) as readonly StateRow[])
    return {states, rows: rows[0]?.__row ? rows : []}
  } catch (error) {
    const failure = clientError(error, statementTimeoutMs)
    isSuspect = !(failure instanceof GraphQLError)
    // Perhaps what it tells of chains is no longer there.
    if (isSuspect) stateSchemas.forget()
    throw failure
  } finally {
    client?.release(isSuspect)
  }
}

const prepared = new WeakSet<PoolClient>()

/** What a transaction sets for itself, set once for a connection. */
async function prepareSession(client: PoolClient, statementTimeoutMs: number): Promise<void> {
  if (prepared.has(client)) return
  await client.query(`SET statement_timeout = ${statementTimeoutMs}; SET timezone = 'UTC'; SET datestyle = 'ISO'`)
  prepared.add(client)
}
