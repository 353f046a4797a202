import type {ChainId} from '../domain/caip'
import {firstKeyOfBlock} from '../domain/ids'
import type {RowKey} from '../domain/projection'
import {type Column, type Rows, TABLES, type TableName} from '../domain/rows'
import type {LoadedRows} from '../pipeline/store'

/** A statement on a connection of the caller's choice. */
export type Query = (sql: string, parameters: unknown[]) => Promise<unknown>

/** Rows of the keys asked for, one query a table, all at once. numeric travels as text: it has more digits than a JS number. */
export async function loadRows(query: Query, keys: readonly RowKey[]): Promise<LoadedRows> {
  const ids = new Map<TableName, string[]>()
  for (const {table, id} of keys) {
    const list = ids.get(table)
    if (list) list.push(id)
    else ids.set(table, [id])
  }
  const loaded: Partial<Record<TableName, ReadonlyMap<string, Rows[TableName]>>> = {}
  await Promise.all(
    [...ids].map(async ([table, wanted]) => {
      loaded[table] = await loadTable(query, table, wanted)
    }),
  )
  return loaded as LoadedRows
}

async function loadTable(query: Query, name: TableName, ids: readonly string[]): Promise<ReadonlyMap<string, Rows[TableName]>> {
  const {table, columns} = TABLES[name]
  const rows = (await query(`SELECT ${columnList(columns)} FROM "${table}" WHERE id = ANY($1)`, [ids])) as Record<string, unknown>[]
  return new Map(rows.map((row) => [row['id'] as string, parseRow(row, columns)]))
}

const columnList = (columns: readonly Column[]): string =>
  columns.map(({column, type}) => (type === 'numeric' ? `"${column}"::text` : `"${column}"`)).join(', ')

/** Tables whose rows say which log they came from, and the blocks themselves. */
export const HISTORY_TABLES: readonly TableName[] = (Object.keys(TABLES) as TableName[]).filter(
  (name) => name === 'Block' || TABLES[name].columns.some(({column}) => column === 'log_index'),
)

/** The rows of one history table of a chain between two blocks, both included, by id. */
export async function loadHistory(
  query: Query,
  name: TableName,
  chainId: ChainId,
  from: number,
  to: number,
): Promise<ReadonlyMap<string, Rows[TableName]>> {
  const {table, columns} = TABLES[name]
  const [where, values] =
    name === 'Block'
      ? ['chain_id = $1 AND number BETWEEN $2 AND $3', [chainId, from, to]]
      : ['id >= $1 AND id < $2', [firstKeyOfBlock(chainId, from), firstKeyOfBlock(chainId, to + 1)]]
  const rows = (await query(`SELECT ${columnList(columns)} FROM "${table}" WHERE ${where}`, [...values])) as Record<string, unknown>[]
  return new Map(rows.map((row) => [row['id'] as string, parseRow(row, columns)]))
}

/** Columns and fields come from the same list, so the row has its table's shape. */
function parseRow(row: Readonly<Record<string, unknown>>, columns: readonly Column[]): Rows[TableName] {
  const parsed: Record<string, unknown> = {}
  for (const {field, column, type} of columns) {
    const value = row[column]
    parsed[field] = type === 'numeric' && value !== null ? BigInt(value as string) : value
  }
  return parsed as Rows[TableName]
}
