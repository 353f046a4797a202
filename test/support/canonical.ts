import {Client} from 'pg'
import {TABLES} from '../../src/domain/rows'

export type CanonicalTables = Readonly<Record<string, readonly string[]>>

/** Every canonical table (docs/invariants.md) as text, rows in key order: two runs agree when this is equal [INV-1]. */
export async function dumpCanonicalTables(url: string): Promise<CanonicalTables> {
  const client = new Client({connectionString: url})
  await client.connect()
  try {
    const dump: Record<string, readonly string[]> = {}
    for (const {table, columns} of Object.values(TABLES)) {
      const list = columns.map(({column}) => `"${column}"`).join(', ')
      const {rows} = await client.query<{line: string}>(
        `SELECT row_to_json(r)::text AS line FROM (SELECT ${list} FROM "${table}" ORDER BY id COLLATE "C") r`,
      )
      dump[table] = rows.map((row) => row.line)
    }
    return dump
  } finally {
    await client.end()
  }
}
