import {TABLES, type TableName} from '../../domain/rows'
import type {Snapshot} from '../snapshot'
import {type Stored, selectColumns} from '../stored'

/** Of one event there are at most a handful as an effect; as a cause it is cut here. */
const MAX_LINKS = 1_000

type Link = Stored<'EventLink'>

/** Links by the end that is known, in chain order. */
export async function loadLinks(
  db: Snapshot,
  end: 'effect_id' | 'cause_id',
  ids: readonly string[],
): Promise<readonly (readonly [string, readonly Link[]])[]> {
  const rows = await db.query<Link>(
    `SELECT l.* FROM unnest($1::text[]) k(id) CROSS JOIN LATERAL (
       SELECT ${selectColumns('EventLink', 't')} FROM event_link t WHERE t."${end}" = k.id ORDER BY t.id LIMIT ${MAX_LINKS}) l`,
    [ids],
    true,
  )
  const byEnd = new Map<string, Link[]>()
  for (const row of rows) {
    const id = end === 'effect_id' ? row.effectId : row.causeId
    byEnd.set(id, [...(byEnd.get(id) ?? []), row])
  }
  return [...byEnd]
}

type Linked = Readonly<{table: TableName; row: Readonly<Record<string, unknown>>}>

/** Facts of several tables, one query a table. Keys are `<table> <event key>`. */
export async function loadLinked(db: Snapshot, keys: readonly string[]): Promise<readonly (readonly [string, Linked])[]> {
  const byTable = new Map<TableName, string[]>()
  for (const key of keys) {
    const [table, id] = key.split(' ') as [TableName, string]
    byTable.set(table, [...(byTable.get(table) ?? []), id])
  }
  const found = await Promise.all(
    [...byTable].map(async ([table, ids]) => {
      const rows = await db.query<Readonly<{id: string}> & Readonly<Record<string, unknown>>>(
        `SELECT ${selectColumns(table, 't')} FROM "${TABLES[table].table}" t WHERE t.id = ANY($1)`,
        [ids],
        true,
      )
      return rows.map((row): readonly [string, Linked] => [`${table} ${row.id}`, {table, row}])
    }),
  )
  return found.flat()
}
