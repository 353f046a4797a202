import {GraphQLError} from 'graphql'
import type {Pool, PoolClient, QueryResult, QueryResultRow} from 'pg'
import {type ChainState, chainStatesSql, parseChainStates, type StateRow} from './chainState'
import {clientError, timeout} from './clientError'
import {type Answered, runStatement, type Tuple, toObjects} from './rows/runStatement'
import type {StatementNames} from './statementNames'
import {STATE_SCHEMAS_SQL, type StateSchemas} from './stateSchemas'

/** All data of one answer, and the blocks it speaks of: one transaction, opened by the first query, or a single statement. */
export type Snapshot = Readonly<{
  /** `isHot`: prepared once per connection when it keeps coming; for texts of which there are few, and whose plan suits all values. */
  query: <R extends QueryResultRow>(this: object, text: string, values?: readonly unknown[], isHot?: boolean) => Promise<R[]>
  /** The same, as arrays in the order of the columns. */
  tuples: (this: object, text: string, values?: readonly unknown[], isHot?: boolean) => Promise<Tuple[]>
  /** What the processors have indexed, as this snapshot sees it. */
  states: (this: object) => Promise<readonly ChainState[]>
  release: () => Promise<void>
}>

export type SnapshotOptions = Readonly<{pool: Pool; stateSchemas: StateSchemas; statementNames: StatementNames; statementTimeoutMs: number}>
type Opened = Readonly<{client: PoolClient; states: readonly ChainState[]}>

/** An answer may take the database this many times as long as one of its statements. */
export const STATEMENTS_LONG = 3

export function createSnapshot({pool, stateSchemas, statementNames, statementTimeoutMs}: SnapshotOptions): Snapshot {
  let opened: Promise<Opened> | null = null
  let deadline = Number.POSITIVE_INFINITY
  let released = false
  /** PostgreSQL refuses everything after a failure; so do we, with the failure itself. */
  let failure: unknown = null

  const open = (): Promise<Opened> => {
    deadline = Date.now() + STATEMENTS_LONG * statementTimeoutMs
    return openTransaction(pool, stateSchemas, statementTimeoutMs).catch((error: unknown) => {
      throw clientError(error, statementTimeoutMs)
    })
  }

  /** A connection takes one query at a time; resolvers ask as they come. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work, work)
    turn = result.catch(() => {})
    return result
  }
  const inTransaction = <T>(work: (transaction: Opened) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      if (released) throw new Error('the answer is over')
      if (failure) throw failure
      if (Date.now() > deadline) throw timeout(STATEMENTS_LONG * statementTimeoutMs)
      opened ??= open()
      return work(await opened)
    })

  const ask = (text: string, values: readonly unknown[], isHot: boolean): Promise<Answered> =>
    inTransaction(async ({client}) => {
      try {
        return await runStatement(client, {text, values, name: isHot ? statementNames.of(text) : undefined})
      } catch (error) {
        failure = clientError(error, statementTimeoutMs)
        throw failure
      }
    })

  return {
    query: async <R extends QueryResultRow>(text: string, values: readonly unknown[] = [], isHot = false) =>
      toObjects<R>(await ask(text, values, isHot)),
    tuples: async (text, values = [], isHot = false) => (await ask(text, values, isHot)).tuples,
    // Read when the transaction began: they are there whatever happens afterwards.
    states: () => (opened ? opened.then(({states}) => states) : inTransaction(async ({states}) => states)),
    release: async () => {
      await turn
      released = true
      const transaction = await opened?.catch(() => null)
      opened = null
      // What went wrong for reasons of its own may be the connection's: a plan that no longer fits the tables.
      if (transaction) await giveBack(transaction.client, failure !== null && !(failure instanceof GraphQLError))
    },
  }
}

/** Times as text, in cursors, are the same whatever the server is set to. */
const UNIFORM = `SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'`

/** Begins, and reads what is indexed, in one round trip when the state schemas are known. */
async function openTransaction(pool: Pool, stateSchemas: StateSchemas, statementTimeoutMs: number): Promise<Opened> {
  const client = await pool.connect()
  const begin = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${statementTimeoutMs}; ${UNIFORM}`
  try {
    const known = stateSchemas.known()
    if (known) return {client, states: parseChainStates(await lastRows<StateRow>(client, `${begin}; ${chainStatesSql(known)}`))}
    const schemas = await lastRows<{chain: string}>(client, `${begin}; ${STATE_SCHEMAS_SQL}`)
    const chains = stateSchemas.learn(schemas.map(({chain}) => Number(chain)))
    return {client, states: parseChainStates(await lastRows<StateRow>(client, chainStatesSql(chains)))}
  } catch (error) {
    stateSchemas.forget()
    await giveBack(client)
    throw error
  }
}

const lastRows = async <R>(client: PoolClient, text: string): Promise<readonly R[]> => {
  const results = (await client.query(text)) as unknown as QueryResult | readonly QueryResult[]
  const last = Array.isArray(results) ? (results.at(-1) as QueryResult) : (results as QueryResult)
  return last.rows as R[]
}

/** A connection that cannot even roll back is thrown away. */
const giveBack = (client: PoolClient, isSuspect = false): Promise<void> =>
  client.query('ROLLBACK').then(
    () => client.release(isSuspect),
    () => client.release(true),
  )
