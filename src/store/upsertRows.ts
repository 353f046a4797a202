import type {EntityManager} from 'typeorm'
import {type Column, type Rows, TABLES, type TableName} from '../domain/rows'

const ARRAYS: Readonly<Record<Column['type'], string>> = {
  text: 'text[]',
  int4: 'int4[]',
  numeric: 'numeric[]',
  bool: 'bool[]',
  timestamptz: 'timestamptz[]',
}

/** Rows at once; more would only make the parameters larger. */
const CHUNK = 20_000

/** Writes whole state rows, one statement for all of them. Untracked by Subsquid: for final slices only. */
export async function upsertRows(em: EntityManager, name: TableName, rows: readonly Rows[TableName][]): Promise<void> {
  const {table, columns} = TABLES[name]
  const names = columns.map(({column}) => `"${column}"`)
  const arrays = columns.map(({type}, i) => `$${i + 1}::${ARRAYS[type]}`)
  const updates = names.filter((column) => column !== '"id"').map((column) => `${column} = EXCLUDED.${column}`)
  const sql = `INSERT INTO "${table}" (${names.join(', ')}) SELECT * FROM unnest(${arrays.join(', ')}) ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`
  for (let i = 0; i < rows.length; i += CHUNK) {
    const chunk = rows.slice(i, i + CHUNK) as readonly Readonly<Record<string, unknown>>[]
    await em.query(
      sql,
      columns.map(({field, type}) => chunk.map((row) => parameterOf(row[field], type))),
    )
  }
}

/** pg writes bigint and Date in arrays by its own rules; text is unambiguous. */
function parameterOf(value: unknown, type: Column['type']): unknown {
  if (value === null || value === undefined) return null
  if (type === 'numeric') return String(value)
  return type === 'timestamptz' ? (value as Date).toISOString() : value
}
