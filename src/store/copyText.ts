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

type Format = (value: unknown) => string

const escapeText = (text: string): string =>
  SPECIAL.test(text) ? text.replace(ALL_SPECIAL, (character) => ESCAPES[character] as string) : text

/** Rows of one block carry one time. */
function createTimeFormat(): Format {
  let last = Number.NaN
  let text = ''
  return (value) => {
    const time = (value as Date).getTime()
    if (time === last) return text
    last = time
    text = (value as Date).toISOString()
    return text
  }
}

const formatOf = (type: Column['type']): Format => {
  if (type === 'text') return (value) => escapeText(String(value))
  if (type === 'timestamptz') return createTimeFormat()
  return type === 'bool' ? (value) => (value ? 't' : 'f') : String
}

export type CopyText = Readonly<{
  append: (row: Rows[TableName]) => void
  /** Bytes so far, but for an unfinished chunk. Can be read again and again. */
  chunks: () => readonly Buffer[]
}>

/**
 * Rows in PostgreSQL's COPY text format (https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2), kept outside of the heap:
 * rows that are turned into text at once die young, and a batch of any size costs the garbage collector nothing.
 */
export function createCopyText(table: TableName): CopyText {
  const fields = TABLES[table].columns.map(({field, type}) => ({field, format: formatOf(type)}))
  const done: Buffer[] = []
  let text = ''
  const append = (row: Rows[TableName]) => {
    const values = row as Readonly<Record<string, unknown>>
    let separator = ''
    for (const {field, format} of fields) {
      const value = values[field]
      text += value === null || value === undefined ? `${separator}\\N` : separator + format(value)
      separator = '\t'
    }
    text += '\n'
    if (text.length >= CHUNK_CHARACTERS) close()
  }
  const close = () => {
    if (text) done.push(Buffer.from(text))
    text = ''
  }
  return {append, chunks: () => (close(), done)}
}
