import type {EntityManager} from 'typeorm'
import {type Column, TABLES} from '../domain/rows'
import {StoreChanged} from './slice'

/**
 * Takes back every change of the hot blocks above a height, and its notes with it, so that nothing is left of them for Subsquid's own undo,
 * which sends a statement for each row: a fork of 64 busy blocks took it thousands of round trips. What a row was before the fork stands in
 * the first of its changes, so one statement a table deletes the rows that were new then and one restores the others. In the transaction
 * that goes on with the other branch (INV-4).
 */
export async function undoHotBlocks(em: EntityManager, schema: string, above: number): Promise<void> {
  const log = `"${schema}".hot_change_log`
  const kinds = (await em.query(
    `SELECT DISTINCT change->>'table' AS "table", change->>'kind' AS kind FROM ${log} WHERE block_height > $1 AND index > 0`,
    [above],
  )) as readonly Readonly<{table: string; kind: string}>[]
  // Rows are never deleted, nor any but ours written: if they are, it is Subsquid's to know how that is undone.
  if (kinds.length === 0 || !kinds.every(({table, kind}) => COLUMNS.has(table) && (kind === 'insert' || kind === 'update'))) return
  for (const table of new Set(kinds.map((row) => row.table))) {
    const first = `
      SELECT DISTINCT ON (change->>'id') change->>'id' AS id, change->>'kind' AS kind, change->'fields' AS fields
      FROM ${log} WHERE block_height > $1 AND index > 0 AND change->>'table' = $2
      ORDER BY change->>'id', block_height, index`
    await em.query(`DELETE FROM "${table}" AS target USING (${first}) AS first WHERE first.kind = 'insert' AND target.id = first.id`, [
      above,
      table,
    ])
    await em.query(
      `UPDATE "${table}" AS target SET ${assignments(table)}
       FROM (${first}) AS first JOIN "${table}" AS present ON present.id = first.id
         CROSS JOIN LATERAL jsonb_populate_record(present, first.fields) AS restored
       WHERE first.kind = 'update' AND target.id = first.id`,
      [above, table],
    )
  }
  await em.query(`DELETE FROM ${log} WHERE block_height > $1 AND index > 0`, [above])
}

const COLUMNS: ReadonlyMap<string, readonly Column[]> = new Map(Object.values(TABLES).map(({table, columns}) => [table, columns]))

const assignments = (table: string): string =>
  (COLUMNS.get(table) ?? []).flatMap(({column}) => (column === 'id' ? [] : [`"${column}" = restored."${column}"`])).join(', ')

type Transaction = (em: EntityManager) => Promise<void>
type Submit = (transaction: Transaction) => Promise<void>

/** Subsquid's database begins its transactions in a method of its own. `before` runs first in each of them. @throws StoreChanged */
export function beforeTransactions(database: object, before: Transaction): void {
  const {submit} = database as {submit?: Submit}
  if (typeof submit !== 'function')
    throw new StoreChanged('@subsquid/typeorm-store begins its transactions elsewhere: src/store/undoHotBlocks.ts must be read again')
  Object.defineProperty(database, 'submit', {
    value: (transaction: Transaction) =>
      submit.call(database, async (em: EntityManager) => {
        await before(em)
        await transaction(em)
      }),
  })
}
