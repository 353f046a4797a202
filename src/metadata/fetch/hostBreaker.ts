import {type FailureKind, FetchProblem} from './documentOutcome'

type Trouble = {inARow: number; until: number}

/** What says that nobody is there, rather than something about the document. */
const ABSENT: ReadonlySet<FailureKind> = new Set(['dns', 'connect', 'timeout', 'refused_address'])
const PATIENCE = 5
const PAUSE_MS = 15_000
const MOST_HOSTS = 10_000

/**
 * A host that was not there five times in a row is left alone for a while: thousands of documents may name it, and each would wait for it in
 * vain. One question after each pause finds out whether it is back.
 */
export function createHostBreaker(now: () => number = Date.now) {
  const hosts = new Map<string, Trouble>()
  return {
    /** @throws FetchProblem */
    requirePresence: (host: string): void => {
      const trouble = hosts.get(host)
      if (!trouble || trouble.inARow < PATIENCE) return
      if (trouble.until > now())
        throw new FetchProblem('connect', `${host} was not there ${trouble.inARow} times in a row, and is left alone`)
      trouble.until = now() + PAUSE_MS
    },
    /** `kind`: null when it answered. */
    record: (host: string, kind: FailureKind | null): void => {
      if (kind === 'aborted') return
      if (!kind || !ABSENT.has(kind)) return void hosts.delete(host)
      const inARow = (hosts.get(host)?.inARow ?? 0) + 1
      if (hosts.size >= MOST_HOSTS) hosts.clear()
      hosts.set(host, {inARow, until: now() + PAUSE_MS})
    },
  }
}
