import {TABLES, type TableName} from '../domain/rows'

/** A table of events that the feed tells of: its rows are journaled under its name. */
export type FactTable = Readonly<{name: TableName; table: string; assets: readonly string[]; collections: readonly string[]}>

const COLLECTION_COLUMNS = ['collection_id', 'parent_collection_id', 'child_collection_id']
const ASSET_COLUMNS = ['asset_id', 'parent_asset_id', 'child_asset_id']
/** A log that could not be read is no event. */
const NO_EVENTS: readonly TableName[] = ['DecodeFailure']

/** Every table whose rows have the place of a log, so that a new one is in the feed without being named here. */
export const FACT_TABLES: readonly FactTable[] = (Object.keys(TABLES) as TableName[]).flatMap((name) => {
  const {table, columns} = TABLES[name]
  const has = (column: string) => columns.some((c) => c.column === column)
  if (NO_EVENTS.includes(name) || !has('log_index') || !has('block_number')) return []
  return [{name, table, assets: ASSET_COLUMNS.filter(has), collections: COLLECTION_COLUMNS.filter(has)}]
})

/** A sale may be of assets of several collections: they are in a table of their own. */
const ITEMS: Readonly<Partial<Record<TableName, string>>> = {Sale: 'sale_item i WHERE i.sale_id = t.id'}

const namesOf = (name: TableName, column: string, columns: readonly string[]): string =>
  ITEMS[name] ? `ARRAY(SELECT DISTINCT i.${column} FROM ${ITEMS[name]} ORDER BY 1)` : arrayOf(columns)

const arrayOf = (columns: readonly string[]): string =>
  columns.length === 0 ? `'{}'::text[]` : `array_remove(ARRAY[${columns.map((column) => `t."${column}"`).join(', ')}]::text[], NULL)`

/** SQL: at least the first `limit` facts of all tables from $1 (inclusive) to $2 (exclusive) in chain order; facts of one key stay together. */
export function factsSql(limit: number): string {
  const branches = FACT_TABLES.map(
    ({name, table, assets, collections}) =>
      `(SELECT t.id, '${name}' AS kind, t.block_number, ${namesOf(name, 'collection_id', collections)} AS collections, ${namesOf(name, 'asset_id', assets)} AS assets
        FROM "${table}" t
        WHERE t.id >= $1 AND t.id < $2 AND NOT EXISTS (SELECT FROM feed_hot h WHERE h.event_id = t.id AND h.kind = '${name}')
        ORDER BY t.id LIMIT ${limit})`,
  )
  return `SELECT * FROM (${branches.join(' UNION ALL ')}) u ORDER BY id FETCH FIRST ${limit} ROWS WITH TIES`
}

/** SQL: whether the fact of the journal's row `h` is not there. */
export const factIsGoneSql = (h: string): string =>
  `CASE ${h}.kind ${FACT_TABLES.map(({name, table}) => `WHEN '${name}' THEN NOT EXISTS (SELECT FROM "${table}" t WHERE t.id = ${h}.event_id)`).join(' ')} ELSE true END`
