import {types} from 'pg'

export type ParseValue = (text: string) => unknown

const AS_IT_IS = types.getTypeParser(types.builtins.TEXT, 'text')

/**
 * How a value of PostgreSQL is read: as node-postgres does, but a whole second in UTC, which is what block times are, without a regular
 * expression. Null: the text is the value.
 */
export function parserOf(typeId: number): ParseValue | null {
  if (typeId === types.builtins.TIMESTAMPTZ) return parseTimestamp
  const parse = types.getTypeParser(typeId, 'text')
  return parse === AS_IT_IS ? null : (parse as ParseValue)
}

const parseOther = types.getTypeParser(types.builtins.TIMESTAMPTZ, 'text') as (text: string) => Date

const LENGTH = '2026-01-31 12:00:00+00'.length
const PLACES = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18] as const

export function parseTimestamp(text: string): Date {
  if (text.length !== LENGTH || !text.endsWith('+00')) return parseOther(text)
  const digit = (place: number): number => text.charCodeAt(place) - 48
  const two = (place: number): number => digit(place) * 10 + digit(place + 1)
  if (PLACES.some((place) => digit(place) < 0 || digit(place) > 9)) return parseOther(text)
  const year = two(0) * 100 + two(2)
  // Date.UTC takes years before 100 for those of the twentieth century.
  return year < 100 ? parseOther(text) : new Date(Date.UTC(year, two(5) - 1, two(8), two(11), two(14), two(17)))
}
