import type {Writable} from 'node:stream'
import type {ClientBase, Connection, Submittable} from 'pg'
import {type Rows, TABLES, type TableName} from '../domain/rows'
import {createCopyText} from './copyText'

/** One statement of many; `data` is what a COPY reads: messages of createCopyText. */
export type WriteStep = Readonly<{sql: string; data?: readonly Buffer[]}>

type CopyConnection = Connection &
  Readonly<{query: (sql: string) => void; endCopyFrom: () => void; stream: Pick<Writable, 'write' | 'cork' | 'uncork'>}>

const columnList = (name: TableName): string => TABLES[name].columns.map(({column}) => `"${column}"`).join(', ')

export function formatRows(name: TableName, rows: Iterable<Rows[TableName]>): readonly Buffer[] {
  const text = createCopyText(name)
  for (const row of rows) text.append(row)
  return text.chunks()
}

/** New rows, as text of createCopyText. */
export const appendSteps = (name: TableName, data: readonly Buffer[], into: string = TABLES[name].table): readonly WriteStep[] =>
  data.length === 0 ? [] : [{sql: `COPY "${into}" (${columnList(name)}) FROM STDIN`, data}]

const stagedTable = (name: TableName): string => `staged_${TABLES[name].table}`

/** After upsertSteps, where the same transaction may write the table again: costs the catalog a change, which the end of the transaction does not. */
export const againSteps = (name: TableName, data: readonly Buffer[]): readonly WriteStep[] =>
  data.length === 0 ? [] : [{sql: `TRUNCATE pg_temp."${stagedTable(name)}"`}]

/** Whole rows, new or not: by COPY into a table of the connection's own and from there, which costs half of what arrays of parameters do. */
export function upsertSteps(name: TableName, data: readonly Buffer[]): readonly WriteStep[] {
  if (data.length === 0) return []
  const {table, columns} = TABLES[name]
  const staged = stagedTable(name)
  const updates = columns.flatMap(({column}) => (column === 'id' ? [] : [`"${column}" = EXCLUDED."${column}"`]))
  return [
    {sql: `CREATE TEMP TABLE IF NOT EXISTS "${staged}" (LIKE "${table}") ON COMMIT DELETE ROWS`},
    ...appendSteps(name, data, staged),
    {
      sql: `INSERT INTO "${table}" (${columnList(name)}) SELECT ${columnList(name)} FROM pg_temp."${staged}" ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
    },
  ]
}

/**
 * Runs the steps in the client's transaction, in one round trip: a thread that folds meanwhile answers late, and each answer that is waited
 * for would cost a piece of folding. PostgreSQL reads several statements of one query message one after the other, and drops the data of
 * those behind one that failed (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY).
 */
export function runSteps(client: ClientBase, steps: readonly WriteStep[]): Promise<void> {
  if (steps.length === 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    let failure: Error | null = null
    const nothing = () => {}
    const query = {
      submit: (connection: CopyConnection) => {
        connection.stream.cork()
        connection.query(steps.map(({sql}) => sql).join(';\n'))
        for (const {data} of steps) {
          if (!data) continue
          for (const chunk of data) connection.stream.write(chunk)
          connection.endCopyFrom()
        }
        connection.stream.uncork()
      },
      callback: nothing,
      handleError: (error: Error) => {
        failure = error
        reject(error)
      },
      handleReadyForQuery: () => (failure ? undefined : resolve()),
      handleCommandComplete: nothing,
      handleCopyInResponse: nothing,
      handleEmptyQuery: nothing,
      handleRowDescription: nothing,
      handleDataRow: nothing,
    }
    client.query(query as unknown as Submittable)
  })
}
