import {setTimeout as sleep} from 'node:timers/promises'
import {FetchProblem} from './documentOutcome'

/** A shorter pause is waited for. */
const WORTH_WAITING_MS = 3_000
/** However long a host asks for: whoever answers for it may be another one by then. */
const LONGEST_MS = 60 * 60_000
const MOST_HOSTS = 10_000

/** Hosts that asked to be left alone (Retry-After, with 429 or 503): nothing that they serve is asked for before that time. */
export function createHostPauses(now: () => number = Date.now) {
  const until = new Map<string, number>()
  return {
    note: (host: string, pauseMs: number): void => {
      if (until.size >= MOST_HOSTS) until.clear()
      until.set(host, Math.max(until.get(host) ?? 0, now() + Math.min(pauseMs, LONGEST_MS)))
    },
    /** @throws FetchProblem `rate_limited` when it is not worth waiting for, or the signal's reason */
    pass: async (host: string, signal: AbortSignal): Promise<void> => {
      const left = (until.get(host) ?? 0) - now()
      if (left > WORTH_WAITING_MS)
        throw new FetchProblem('rate_limited', `${host} asked to be left alone for another ${Math.ceil(left / 1_000)} s`, {
          retryAfterMs: left,
        })
      if (left > 0)
        await sleep(left, undefined, {signal}).catch(() => {
          throw signal.reason
        })
      else until.delete(host)
    },
  }
}
