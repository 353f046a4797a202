/** A Retry-After header (RFC 9110 10.2.3), seconds or a date, in milliseconds from `now`, at most `mostMs`; undefined: it says nothing. */
export function parseRetryAfter(header: string | undefined, now: number, mostMs: number): number | undefined {
  if (header === undefined) return undefined
  const ms = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now
  return ms >= 0 ? Math.min(ms, mostMs) : undefined
}
