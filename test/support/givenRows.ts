import type {Pool} from 'pg'
import {eventKey} from '../../src/domain/ids'
import {type Rows, TABLES, type TableName} from '../../src/domain/rows'
import {CHAIN, GENESIS} from './filledDatabase'

/** Fields that tests name; the rest get the plainest value of their type. Chain and time are those of the filled database. */
export type Given<T extends TableName> = Partial<Rows[T]> & {readonly id: string}

const PLAIN: Readonly<Record<string, unknown>> = {numeric: '0', int4: 0, bool: false, timestamptz: new Date(GENESIS * 1000), text: ''}
const USUAL: Readonly<Record<string, unknown>> = {incarnation: 1, chainId: String(CHAIN), authority: 'self', standard: 'given'}

export async function insertRow<T extends TableName>(pool: Pool, name: T, given: Given<T>): Promise<void> {
  const {table, columns} = TABLES[name]
  const {rows} = await pool.query<{column_name: string}>(
    "SELECT column_name FROM information_schema.columns WHERE table_name = $1 AND is_nullable = 'YES'",
    [table],
  )
  const nullable = new Set(rows.map(({column_name}) => column_name))
  const values = columns.map(({field, column, type}) => {
    if (field in given) return (given as Readonly<Record<string, unknown>>)[field]
    return field in USUAL ? USUAL[field] : nullable.has(column) ? null : PLAIN[type]
  })
  const list = columns.map(({column}) => `"${column}"`).join(', ')
  await pool.query(`INSERT INTO "${table}" (${list}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, values)
}

/** An event key in a block after those of the filled database. */
export const laterKey = (n: number): string => eventKey(CHAIN, 1_000 + n, 0, 0)
