import type {Pool, PoolClient, QueryResultRow} from 'pg'
import {apiError} from './errors'

/** All data of one answer: one transaction, opened by the first query. */
export type Snapshot = Readonly<{
  /** `name`: a hot statement, prepared once per connection. */
  query: <R extends QueryResultRow>(text: string, values?: readonly unknown[], name?: string) => Promise<R[]>
  release: () => Promise<void>
  /** How many queries the answer took. */
  count: () => number
}>

const QUERY_CANCELED = '57014'

export function createSnapshot(pool: Pool, statementTimeoutMs: number): Snapshot {
  let opened: Promise<PoolClient> | null = null
  let queries = 0
  let released = false

  const open = async (): Promise<PoolClient> => {
    const client = await pool.connect()
    try {
      await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${statementTimeoutMs}`)
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  /** A connection takes one query at a time; resolvers ask as they come. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work, work)
    turn = result.catch(() => {})
    return result
  }

  return {
    query: <R extends QueryResultRow>(text: string, values: readonly unknown[] = [], name?: string) =>
      inTurn(async () => {
        if (released) throw new Error('the answer is over')
        queries += 1
        opened ??= open()
        const client = await opened
        try {
          return (await client.query<R>({text, values: values as unknown[], name})).rows
        } catch (error) {
          if ((error as {code?: string}).code !== QUERY_CANCELED) throw error
          throw apiError(
            'QUERY_TIMEOUT',
            `the query took the database more than ${statementTimeoutMs} ms; ask for less, or filter by an indexed field`,
            {limit: statementTimeoutMs},
          )
        }
      }),
    release: async () => {
      if (released) return
      await turn
      released = true
      const client = await opened?.catch(() => null)
      if (!client) return
      // A connection that cannot even roll back is thrown away.
      await client.query('ROLLBACK').then(
        () => client.release(),
        () => client.release(true),
      )
    },
    count: () => queries,
  }
}
