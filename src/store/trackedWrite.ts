import {type Column, type Rows, TABLES, type TableName} from '../domain/rows'
import type {Statement} from './runStatements'
import type {Tracker} from './slice'
import {timeText} from './timeText'

/**
 * Writes rows of a hot block and notes what it takes to undo them (INV-4), as Subsquid's own tracker would, in one statement a table:
 * Subsquid's way waits for two or three answers a table, and a fork of 64 busy blocks spends most of its time in waiting. `isState`: the
 * rows may be there already, whole.
 */
export function trackedStatement(
  name: TableName,
  rows: readonly Rows[TableName][],
  {isState, tracker}: Readonly<{isState: boolean; tracker: Tracker}>,
): readonly Statement[] {
  if (rows.length === 0) return []
  const {table, columns} = TABLES[name]
  const {schema, height} = tracker
  const values = [JSON.stringify(rows.map((row) => toRecord(row, columns))), String(height), String(tracker.take(rows.length))]
  // A table holds facts or state, never both.
  return [{name: `hot ${schema} ${table}`, sql: sqlOf(name, schema, isState), values}]
}

/**
 * The note and the write see the table as it was before the statement
 * (https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING).
 */
function sqlOf(name: TableName, schema: string, isState: boolean): string {
  const {table, columns} = TABLES[name]
  const list = columns.map(({column}) => `"${column}"`).join(', ')
  const updates = columns.flatMap(({column}) => (column === 'id' ? [] : [`"${column}" = EXCLUDED."${column}"`]))
  return `WITH given AS MATERIALIZED (SELECT * FROM json_populate_recordset(NULL::"${table}", $1::json)),
    noted AS (
      INSERT INTO ${schema}.hot_change_log (block_height, index, change)
      SELECT $2::int, $3::int - 1 + row_number() OVER (ORDER BY given.id), ${isState ? noteOfState(table, columns) : noteOfFact(table)}
      FROM given ${isState ? `LEFT JOIN "${table}" AS present ON present.id = given.id` : ''}
    )
    INSERT INTO "${table}" (${list}) SELECT ${list} FROM given ${isState ? `ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}` : ''}`
}

const noteOfFact = (table: string): string => `jsonb_build_object('kind', 'insert', 'table', '${table}', 'id', given.id)`

/** In the words of Subsquid's ChangeRecord. Every value is told as text, which is exact where a JSON number may not be. */
function noteOfState(table: string, columns: readonly Column[]): string {
  const fields = columns.flatMap(({column}) => (column === 'id' ? [] : [`'${column}', present."${column}"::text`]))
  return `CASE WHEN present.id IS NULL THEN ${noteOfFact(table)}
    ELSE jsonb_build_object('kind', 'update', 'table', '${table}', 'id', given.id, 'fields', jsonb_build_object(${fields.join(', ')})) END`
}

/** By column, as the table's own types read it; what is null is left out. */
function toRecord(row: Rows[TableName], columns: readonly Column[]): Readonly<Record<string, unknown>> {
  const values = row as Readonly<Record<string, unknown>>
  const record: Record<string, unknown> = {}
  for (const {field, column} of columns) {
    const value = values[field]
    if (typeof value === 'bigint') record[column] = String(value)
    else if (typeof value === 'string') record[column] = wellFormed(value)
    else if (value instanceof Date) record[column] = timeText(value)
    else if (value !== null && value !== undefined) record[column] = value
  }
  return record
}

/** Half a surrogate pair is no UTF-8: what COPY makes of it in a final block. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD')
