import {apiError} from '../errors'
import type {OrderTerm} from './order'

/** A place in one order: the values of its columns, as text. Opaque to clients. */
export type Position = readonly string[]

const VERSION = 'v1'

const describe = (order: readonly OrderTerm[]): string => order.map(({field, descending}) => `${descending ? '-' : '+'}${field}`).join()

export const formatCursor = (order: readonly OrderTerm[], position: Position): string =>
  Buffer.from(JSON.stringify([VERSION, describe(order), ...position])).toString('base64url')

/** Text that a value of the cast could be; what it is not would fail in the database. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  int8: /^-?\d{1,18}$/,
  numeric: /^-?\d{1,100}$/,
  timestamptz: /^(-infinity|\d{4,6}-(0[1-9]|1[0-2])-[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,6})?\+00)$/,
  text: /^[^\0]{0,300}$/,
}

/** @throws a coded error for a cursor of another order, or one that no answer ever held */
export function parseCursor(order: readonly OrderTerm[], cursor: string): Position {
  const parts = cursor.length <= 2_000 ? decode(cursor) : null
  if (parts?.[0] !== VERSION) throw apiError('BAD_USER_INPUT', 'not a cursor of this API')
  const [, of, ...position] = parts
  if (of !== describe(order))
    throw apiError('BAD_USER_INPUT', 'the cursor belongs to another orderBy; page on with the order that it came from')
  if (position.length !== order.length || !position.every((value, i) => SHAPES[order[i]?.cast ?? 'text']?.test(value)))
    throw apiError('BAD_USER_INPUT', 'not a cursor of this API')
  return position
}

function decode(cursor: string): readonly string[] | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(parsed) && parsed.every((part) => typeof part === 'string') ? (parsed as string[]) : null
  } catch {
    return null
  }
}
