import {FetchProblem} from './documentOutcome'

export type Race<T> = Readonly<{
  /** In the order in which they are asked. */
  gateways: readonly string[]
  ask: (gateway: string, signal: AbortSignal) => Promise<T>
  /** How long one is waited for before the next is asked as well. A failure starts the next at once. */
  hedgeMs: (gateway: string) => number
  signal: AbortSignal
  /** Who had not answered when another one did, and how long it had had. */
  onOutrun: (gateway: string, durationMs: number) => void
}>

/** Proven by blocks whose hashes hold: no other gateway can say otherwise. */
const isFinal = ({kind, retryable}: FetchProblem): boolean => kind === 'not_a_file' || (kind === 'not_found' && !retryable)

/** The first gateway that answers; the others are let go. @throws FetchProblem that sums up all of them */
export const raceGateways = <T>({gateways, ask, hedgeMs, signal, onOutrun}: Race<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const losers = new AbortController()
    const problems: FetchProblem[] = []
    const open = new Map<string, number>()
    let started = 0
    let timer: NodeJS.Timeout | undefined

    const settle = (end: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      started = gateways.length
      end()
      if (open.size > 0) losers.abort(new FetchProblem('aborted', 'another gateway was faster'))
    }
    const win = (value: T) => {
      for (const [gateway, at] of open) onOutrun(gateway, Math.round(performance.now() - at))
      settle(() => resolve(value))
    }
    const onAbort = () => settle(() => reject(signal.reason))
    const lose = (error: unknown) => {
      const problem = error instanceof FetchProblem ? error : new FetchProblem('connect', String(error), {cause: error})
      problems.push(problem)
      if (isFinal(problem)) return settle(() => reject(problem))
      if (problems.length === gateways.length) return settle(() => reject(sumUp(problems)))
      start()
    }
    const start = () => {
      clearTimeout(timer)
      const gateway = gateways[started]
      if (gateway === undefined) return
      started += 1
      timer = setTimeout(start, hedgeMs(gateway))
      open.set(gateway, performance.now())
      ask(gateway, losers.signal)
        .finally(() => open.delete(gateway))
        .then(win, lose)
    }
    if (gateways.length === 0) return reject(new FetchProblem('no_gateway', 'no gateway is configured for this kind of address'))
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', onAbort)
    start()
  })

/** A lie is told before anything else; then what most of them said. Worth another try when one of them is. */
function sumUp(problems: readonly FetchProblem[]): FetchProblem {
  const count = (problem: FetchProblem) => problems.filter(({kind}) => kind === problem.kind).length
  const rank = (problem: FetchProblem) => (problem.kind === 'dishonest_gateway' ? Number.MAX_SAFE_INTEGER : count(problem))
  const [first] = [...problems].sort((a, b) => rank(b) - rank(a))
  const waits = problems.flatMap(({retryAfterMs}) => retryAfterMs ?? [])
  return new FetchProblem(first?.kind ?? 'no_gateway', first?.message ?? 'nobody was asked', {
    retryable: problems.some(({retryable}) => retryable),
    retryAfterMs: waits.length > 0 ? Math.min(...waits) : undefined,
    cause: first,
  })
}
