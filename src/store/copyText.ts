import {type Column, type Rows, TABLES, type TableName} from '../domain/rows'
import {timeText} from './timeText'

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
}
const ALL_SPECIAL = /[\\\t\n\r\b\f\v]/g
/** All but printable ASCII without the backslash. */
const NEEDS_CARE = /[^\x20-\x5b\x5d-\x7e]/
const CHUNK_BYTES = 64 * 1024

/** Of the row that is being written. */
type Written = {isAscii: boolean}
type Format = (value: unknown) => string

/** Rows that follow each other have much in common: chain, block, transaction, contract. */
function createTextFormat(written: Written): Format {
  let last = ''
  return (value) => {
    const text = value as string
    if (text === last) return text
    if (NEEDS_CARE.test(text)) {
      written.isAscii = false
      return text.replace(ALL_SPECIAL, (character) => ESCAPES[character] as string)
    }
    last = text
    return text
  }
}

/** Rows of one block carry one time. */
function createTimeFormat(): Format {
  let last = Number.NaN
  let text = ''
  return (value) => {
    const time = (value as Date).getTime()
    if (time === last) return text
    last = time
    text = timeText(value as Date)
    return text
  }
}

function createNumericFormat(): Format {
  let last: unknown
  let text = ''
  return (value) => {
    if (value === last) return text
    last = value
    text = String(value)
    return text
  }
}

const formatOf = (type: Column['type'], written: Written): Format => {
  if (type === 'text') return createTextFormat(written)
  if (type === 'timestamptz') return createTimeFormat()
  if (type === 'numeric') return createNumericFormat()
  return type === 'bool' ? (value) => (value ? 't' : 'f') : String
}

export type CopyText = Readonly<{
  append: (row: Rows[TableName]) => void
  /** CopyData messages so far, but for an unfinished one. Can be read again and again. */
  chunks: () => readonly Buffer[]
}>

/**
 * Rows in PostgreSQL's COPY text format (https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2), kept outside of the heap:
 * rows that are turned into text at once die young, and a batch of any size costs the garbage collector nothing. Each chunk is a whole
 * message of the protocol, so that it can be sent without a copy.
 */
export function createCopyText(table: TableName): CopyText {
  const written: Written = {isAscii: true}
  const fields = TABLES[table].columns.map(({field, type}) => ({field, format: formatOf(type, written)}))
  const done: Buffer[] = []
  let message = Buffer.alloc(0)
  let end = HEADER_BYTES
  const append = (row: Rows[TableName]) => {
    const values = row as Readonly<Record<string, unknown>>
    written.isAscii = true
    let text = ''
    let separator = ''
    for (const {field, format} of fields) {
      const value = values[field]
      text += value === null || value === undefined ? `${separator}\\N` : separator + format(value)
      separator = '\t'
    }
    text += '\n'
    const length = written.isAscii ? text.length : Buffer.byteLength(text)
    if (end + length > message.length) {
      close()
      message = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, HEADER_BYTES + length))
    }
    end += message.write(text, end, written.isAscii ? 'latin1' : 'utf8')
  }
  const close = () => {
    if (end > HEADER_BYTES) done.push(finishCopyData(message, end))
    message = Buffer.alloc(0)
    end = HEADER_BYTES
  }
  return {append, chunks: () => (close(), done)}
}

const COPY_DATA = 'd'.charCodeAt(0)
const HEADER_BYTES = 5

/** A type byte, the length of what follows it, the data (https://www.postgresql.org/docs/current/protocol-message-formats.html). */
function finishCopyData(message: Buffer, end: number): Buffer {
  message[0] = COPY_DATA
  message.writeInt32BE(end - 1, 1)
  return message.subarray(0, end)
}
