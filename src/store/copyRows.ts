import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import type {ClientBase} from 'pg'
import {from as copyFrom} from 'pg-copy-streams'
import {type Column, type Rows, TABLES, type TableName} from '../domain/rows'

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
}
const SPECIAL = /[\\\t\n\r\b\f\v]/
const ALL_SPECIAL = /[\\\t\n\r\b\f\v]/g
const CHUNK_CHARACTERS = 64 * 1024

/** PostgreSQL's COPY text format: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2 */
function formatValue(value: unknown, type: Column['type']): string {
  if (value === null || value === undefined) return '\\N'
  if (type === 'timestamptz') return (value as Date).toISOString()
  if (type === 'bool') return value ? 't' : 'f'
  const text = String(value)
  return type === 'text' && SPECIAL.test(text) ? text.replace(ALL_SPECIAL, (character) => ESCAPES[character] as string) : text
}

function* formatRows(rows: readonly Rows[TableName][], columns: readonly Column[]): Generator<string> {
  let chunk = ''
  for (const row of rows) {
    const fields = row as Readonly<Record<string, unknown>>
    let separator = ''
    for (const {field, type} of columns) {
      chunk += separator + formatValue(fields[field], type)
      separator = '\t'
    }
    chunk += '\n'
    if (chunk.length < CHUNK_CHARACTERS) continue
    yield chunk
    chunk = ''
  }
  if (chunk) yield chunk
}

/** Appends rows with COPY in the client's transaction. Untracked by Subsquid: for final slices only. */
export async function copyRows(client: ClientBase, name: TableName, rows: readonly Rows[TableName][]): Promise<void> {
  const {table, columns} = TABLES[name]
  const sql = `COPY "${table}" (${columns.map(({column}) => `"${column}"`).join(', ')}) FROM STDIN`
  await pipeline(Readable.from(formatRows(rows, columns), {objectMode: true}), client.query(copyFrom(sql)))
}
