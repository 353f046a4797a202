import type {UriFailure} from '../call/uriCalls'
import type {FailureKind} from '../fetch/documentOutcome'

/** `unstorable`: the database refuses what was read; a fault of ours. */
export type ReadFailure = Readonly<{
  kind: UriFailure | FailureKind | 'unstorable'
  reason: string
  retryable: boolean
  retryAfterMs: number | null
}>

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** First pause by kind; each further one is four times as long, up to a day. What is not here is `USUAL`. */
const FIRST: Readonly<Partial<Record<ReadFailure['kind'], number>>> = {
  rate_limited: MINUTE,
  not_found: MINUTE,
  dns: MINUTE,
  unanswered: MINUTE,
  no_gateway: HOUR,
  reverted: HOUR,
  no_code: HOUR,
  no_uri: HOUR,
  malformed: HOUR,
  too_large: HOUR,
  unstorable: DAY,
}
const USUAL = 10 * SECOND
const GROWTH = 4
/** From then on only an event, a request or the schedule brings it back. */
const MOST_FAILURES = 10

/** Milliseconds until the next try after `failures` in a row, the last of them included; null: none by itself. `chance`: from 0 to 1, so that what failed together does not come back together. */
export function retryDelay({kind, retryable, retryAfterMs}: ReadFailure, failures: number, chance: number): number | null {
  if (!retryable || failures >= MOST_FAILURES) return null
  const pause = Math.min((FIRST[kind] ?? USUAL) * GROWTH ** (failures - 1), DAY)
  return Math.max(Math.round(pause * (0.75 + chance / 2)), retryAfterMs ?? 0)
}
