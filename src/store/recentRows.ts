import type {RowKey} from '../domain/projection'
import {type Column, type Rows, TABLES, type TableName} from '../domain/rows'
import type {LoadedRows, Store} from '../pipeline/store'
import {fileRow} from './finalSlice'
import {hashKey} from './keyFilter'

/** Some 130,000 assets. */
const BYTES = 32 * 2 ** 20
const SLOTS = 2 ** 19
const LENGTH_BYTES = 4
const SEPARATOR = '\n'
const NULL = '\t'
const START_OF_ID = '\r'
/** Anything but printable ASCII. */
const UNFIT = /[^\x20-\x7e]/

export type RecentRows = Readonly<{
  /** The row as it was set last; undefined: not kept. */
  get: <T extends TableName>(table: T, id: string) => Rows[T] | undefined
  set: (table: TableName, row: Rows[TableName]) => void
}>

/**
 * Rows that were written last, as text in a ring of fixed size: as objects they would cost four times as much, and the garbage collector
 * would go through them again and again. What does not fit is forgotten: a row may be gone at any time, but never is an old one given
 * for a new one.
 */
export function createRecentRows(bytes = BYTES, slots = SLOTS): RecentRows {
  const ring = Buffer.allocUnsafeSlow(bytes)
  /** Where the row that a key's slot was last given to begins, in all bytes ever written; 0: nowhere. */
  const places = new Float64Array(slots)
  let end = 1
  const slotOf = (table: TableName, id: string) => (hashKey(table, id) >>> 0) % slots
  return {
    get: (table, id) => {
      const place = places[slotOf(table, id)] as number
      if (place === 0 || place < end - bytes) return undefined
      const at = place % bytes
      const start = at + LENGTH_BYTES
      const values = ring.toString('latin1', start, start + ring.readUInt32LE(at)).split(SEPARATOR)
      return values[0] === table && values[1] === id ? (parseRow(values, id, TABLES[table].columns) as Rows[typeof table]) : undefined
    },
    set: (table, row) => {
      const slot = slotOf(table, row.id)
      const text = formatRow(table, row, TABLES[table].columns)
      const length = LENGTH_BYTES + (text?.length ?? 0)
      if (text === null || length > bytes) {
        places[slot] = 0
        return
      }
      // A row is never cut in two: what is left at the end stays empty.
      if ((end % bytes) + length > bytes) end += bytes - (end % bytes)
      const at = end % bytes
      ring.writeUInt32LE(text.length, at)
      ring.write(text, at + LENGTH_BYTES, 'latin1')
      places[slot] = end
      end += length
    },
  }
}

/** Stored rows: those of late from memory, the others as `read` has them. */
export async function readWith(recent: RecentRows, read: Store['load'], keys: readonly RowKey[]): Promise<LoadedRows> {
  const found: {[T in TableName]?: Map<string, Rows[TableName]>} = {}
  const rest: RowKey[] = []
  for (const key of keys) {
    const row = recent.get(key.table, key.id)
    if (row) fileRow(found, key, row)
    else rest.push(key)
  }
  const loaded = rest.length > 0 ? await read(rest) : {}
  for (const key of rest) {
    const row = loaded[key.table]?.get(key.id)
    if (row) fileRow(found, key, row)
  }
  // Rows were filed under their own table.
  return found as LoadedRows
}

/** Null: it holds text that would have to be escaped. */
function formatRow(table: TableName, row: Rows[TableName], columns: readonly Column[]): string | null {
  const {id} = row
  if (UNFIT.test(id)) return null
  let text = `${table}${SEPARATOR}${id}`
  for (const {field, type} of columns) {
    if (field === 'id') continue
    const value = (row as Readonly<Record<string, unknown>>)[field]
    text += SEPARATOR
    if (value === null || value === undefined) text += NULL
    else if (type === 'text') {
      const word = value as string
      if (word !== '' && id.startsWith(word)) text += START_OF_ID + word.length
      else if (UNFIT.test(word)) return null
      else text += word
    } else text += type === 'timestamptz' ? (value as Date).getTime() : type === 'bool' ? (value ? 't' : 'f') : value
  }
  return text
}

function parseRow(values: readonly string[], id: string, columns: readonly Column[]): Rows[TableName] {
  const row: Record<string, unknown> = {}
  let next = 2
  for (const {field, type} of columns) row[field] = field === 'id' ? id : parseValue(values[next++] as string, type, id)
  return row as Rows[TableName]
}

function parseValue(text: string, type: Column['type'], id: string): unknown {
  if (text === NULL) return null
  if (type === 'numeric') return BigInt(text)
  if (type === 'int4') return Number(text)
  if (type === 'timestamptz') return new Date(Number(text))
  if (type === 'bool') return text === 't'
  return text.startsWith(START_OF_ID) ? id.slice(0, Number(text.slice(1))) : text
}
