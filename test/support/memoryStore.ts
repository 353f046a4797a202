import type {Rows, TableName} from '../../src/domain/rows'
import type {Changes, CreatedContracts, LoadedRows, Store} from '../../src/pipeline/store'
import {createKeptContracts} from '../../src/store/createdContracts'

export type Tables = {readonly [T in TableName]?: readonly Rows[T][]}
export type MemoryStore = Store & Readonly<{tables: () => Tables; created: CreatedContracts}>

/** A Store without a database: frozen rows by id, a fact inserted twice is an error as it is in PostgreSQL. */
export function memoryStore(): MemoryStore {
  const stored = new Map<TableName, Map<string, Rows[TableName]>>()
  const rowsOf = (table: TableName) => {
    const rows = stored.get(table) ?? new Map<string, Rows[TableName]>()
    stored.set(table, rows)
    return rows
  }
  return {
    load: async (keys) => {
      const found = new Map<TableName, Map<string, Rows[TableName]>>()
      for (const {table, id} of keys) {
        const row = rowsOf(table).get(id)
        if (row) found.set(table, (found.get(table) ?? new Map()).set(id, row))
      }
      return Object.fromEntries(found) as LoadedRows
    },
    flush: async (changes: Changes) => {
      for (const table of Object.keys(changes) as TableName[]) {
        const {inserts, puts} = changes[table] ?? {inserts: [], puts: new Map()}
        for (const row of inserts) {
          if (rowsOf(table).has(row.id)) throw new Error(`duplicate key ${table} ${row.id}`)
          rowsOf(table).set(row.id, Object.freeze(row))
        }
        for (const [id, row] of puts) rowsOf(table).set(id, Object.freeze(row))
      }
    },
    created: createKeptContracts(),
    tables: () => {
      const names = [...stored.keys()].filter((table) => rowsOf(table).size > 0).sort()
      return Object.fromEntries(names.map((table) => [table, [...rowsOf(table).values()].sort((a, b) => (a.id < b.id ? -1 : 1))])) as Tables
    },
  }
}
