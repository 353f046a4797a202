import {FetchProblem} from './documentOutcome'

/** At most `perHost` questions to one host at a time; further ones wait in line, the urgent ones at its head, until their signal ends them. */
export function createHostSlots(perHost: number, maxWaiting = 1_000) {
  const hosts = new Map<string, {busy: number; waiting: (() => void)[]}>()

  const release = (host: string) => {
    const slots = hosts.get(host)
    if (!slots) return
    const next = slots.waiting.shift()
    if (next) return next()
    slots.busy -= 1
    if (slots.busy === 0) hosts.delete(host)
  }

  /** Answers what gives the slot back. @throws FetchProblem, or the signal's reason */
  const acquire = async (host: string, signal: AbortSignal, isUrgent = false): Promise<() => void> => {
    signal.throwIfAborted()
    const slots = hosts.get(host) ?? {busy: 0, waiting: []}
    hosts.set(host, slots)
    if (slots.busy < perHost) slots.busy += 1
    else if (slots.waiting.length >= maxWaiting) throw new FetchProblem('timeout', `${maxWaiting} requests wait for ${host} already`)
    else await waitInLine(slots.waiting, signal, isUrgent)
    return () => release(host)
  }

  return {acquire, hosts: () => hosts.size}
}

const waitInLine = (line: (() => void)[], signal: AbortSignal, isUrgent: boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const onAbort = () => {
      line.splice(line.indexOf(enter), 1)
      reject(signal.reason)
    }
    const enter = () => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }
    if (isUrgent) line.unshift(enter)
    else line.push(enter)
    signal.addEventListener('abort', onAbort, {once: true})
  })
