import type {Pool, PoolClient, QueryResultRow} from 'pg'
import {type ChainState, chainStatesSql, parseChainStates, type StateRow} from '../chainState'
import {clientError} from '../clientError'
import {apiError} from '../errors'
import {STATE_SCHEMAS_SQL} from '../stateSchemas'

export const STATEMENT_TIMEOUT_MS = 60_000

/** One read of a whole list, in one transaction: a cursor of the database gives it batch by batch. */
export type ExportReader = Readonly<{
  /** What is indexed, as this transaction sees it. */
  states: () => Promise<readonly ChainState[]>
  open: (text: string, values: readonly unknown[]) => Promise<void>
  next: (size: number) => Promise<readonly QueryResultRow[]>
  query: <R extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<R[]>
  /** Stops what the database is doing for it, and gives the connection back. */
  close: () => Promise<void>
}>

export async function createExportReader(pool: Pool): Promise<ExportReader> {
  const client = await pool.connect().catch((error: unknown) => {
    throw clientError(error, STATEMENT_TIMEOUT_MS)
  })
  let running: Promise<unknown> | null = null
  let closing: Promise<void> | null = null
  const query = async <R extends QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<R[]> => {
    if (closing) throw apiError('NOT_READY', 'the export is over')
    const asked = client.query<R>(text, values as unknown[])
    running = asked
    try {
      return (await asked).rows
    } catch (error) {
      throw clientError(error, STATEMENT_TIMEOUT_MS)
    } finally {
      running = null
    }
  }
  const close = async (): Promise<void> => {
    // Only while it is ours: whoever has the connection next must not be stopped.
    if (running) await Promise.all([cancel(pool, client), running.catch(() => null)])
    await client.query('ROLLBACK').then(
      () => client.release(),
      () => client.release(true),
    )
  }
  try {
    await query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS};
      SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'`)
  } catch (error) {
    await close()
    throw error
  }
  return {
    states: async () => {
      const schemas = await query<{chain: string}>(STATE_SCHEMAS_SQL)
      return parseChainStates(await query<StateRow & QueryResultRow>(chainStatesSql(schemas.map(({chain}) => Number(chain)))))
    },
    open: async (text, values) => void (await query(`DECLARE exported NO SCROLL CURSOR FOR ${text}`, values)),
    next: (size) => query(`FETCH ${size} FROM exported`),
    query,
    close: () => (closing ??= close()),
  }
}

const cancel = async (pool: Pool, client: PoolClient): Promise<void> => {
  const {processID} = client as PoolClient & Readonly<{processID: number}>
  await pool.query('SELECT pg_cancel_backend($1)', [processID]).catch(() => null)
}
