import {InvalidInput} from './invalid'

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2}))?$/

/**
 * A moment in ISO 8601: with a zone, as a time without one would mean another moment on another server, or a date: its first moment, UTC.
 * @throws InvalidInput
 */
export function parseDateTime(text: string): Date {
  const match = DATE_TIME.exec(text)
  const date = new Date(match?.[0] ?? Number.NaN)
  // Date turns 31 February into 3 March.
  const daysInMonth = new Date(Date.UTC(Number(match?.[1]), Number(match?.[2]), 0)).getUTCDate()
  if (!Number.isNaN(date.getTime()) && Number(match?.[3]) <= daysInMonth) return date
  throw new InvalidInput('DateTime must be ISO 8601 with a zone, e.g. 2026-01-31T12:00:00Z, or a date, e.g. 2026-01-31')
}
