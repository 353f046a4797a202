import {type Rows, TABLES, type TableName} from '../domain/rows'
import {appendSteps, formatRows, type WriteStep} from './bulkWrite'
import type {Tracker} from './slice'

/**
 * Writes rows of a hot block and notes what it takes to undo them (INV-4), as Subsquid's own tracker would, in one round trip for all tables:
 * Subsquid's way waits for two or three answers a table, and a fork of 64 busy blocks spends most of its time in waiting. `isState`: the
 * rows may be there already, whole.
 */
export function trackedSteps(
  name: TableName,
  rows: readonly Rows[TableName][],
  {isState, tracker}: Readonly<{isState: boolean; tracker: Tracker}>,
): readonly WriteStep[] {
  if (rows.length === 0) return []
  const {table, columns} = TABLES[name]
  const staged = `staged_${table}`
  const list = columns.map(({column}) => `"${column}"`).join(', ')
  const updates = columns.flatMap(({column}) => (column === 'id' ? [] : [`"${column}" = EXCLUDED."${column}"`]))
  return [
    {sql: `CREATE TEMP TABLE IF NOT EXISTS "${staged}" (LIKE "${table}") ON COMMIT DELETE ROWS`},
    ...appendSteps(name, formatRows(name, rows), staged),
    {sql: noteSql(name, tracker, tracker.take(rows.length))},
    {
      sql: `INSERT INTO "${table}" (${list}) SELECT ${list} FROM pg_temp."${staged}" ${isState ? `ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}` : ''}`,
    },
    // The transaction writes more blocks. Cheaper than TRUNCATE for so few rows.
    {sql: `DELETE FROM pg_temp."${staged}"`},
  ]
}

/** In the words of Subsquid's ChangeRecord. Every value is told as text, which is exact where a JSON number may not be. */
function noteSql(name: TableName, {schema, height}: Tracker, first: number): string {
  const {table, columns} = TABLES[name]
  const fields = columns.flatMap(({column}) => (column === 'id' ? [] : [`'${column}', present."${column}"::text`]))
  return `INSERT INTO ${schema}.hot_change_log (block_height, index, change)
    SELECT ${height}, ${first} - 1 + row_number() OVER (ORDER BY staged.id),
      CASE WHEN present.id IS NULL THEN jsonb_build_object('kind', 'insert', 'table', '${table}', 'id', staged.id)
      ELSE jsonb_build_object('kind', 'update', 'table', '${table}', 'id', staged.id, 'fields', jsonb_build_object(${fields.join(', ')})) END
    FROM pg_temp."staged_${table}" AS staged LEFT JOIN "${table}" AS present ON present.id = staged.id`
}
