import type {LookupFunction} from 'node:net'
import {Agent, request} from 'undici'
import {createGuardedConnector} from '../../outbound/guardedConnector'
import {findRefusal} from '../../outbound/refusedAddress'

/** What became of an attempt. `status` null: no answer. */
export type PostOutcome = Readonly<{ok: boolean; status: number | null; reason: string | null}>

export type Poster = Readonly<{
  /** Never throws. `isOpen`: the operator named the address, wherever it is. */
  post: (url: string, body: string, headers: Readonly<Record<string, string>>, isOpen: boolean) => Promise<PostOutcome>
  close: () => Promise<void>
}>

type Options = Readonly<{timeoutMs?: number; allowPrivateAddresses?: boolean; lookup?: LookupFunction}>

/** Of an answer nothing is kept but its status; a receiver that sends more is cut off. */
const MOST_ANSWER_BYTES = 64 * 1024

/** Redirects are not followed: what was registered is what is called. Addresses are judged when connecting, as those of strangers' documents are. */
export function createPoster({timeoutMs = 15_000, allowPrivateAddresses = false, lookup}: Options = {}): Poster {
  const limits = {headersTimeout: timeoutMs, bodyTimeout: timeoutMs, keepAliveTimeout: 4_000, maxResponseSize: MOST_ANSWER_BYTES}
  const open = new Agent({...limits, connect: {timeout: timeoutMs}})
  const guarded = new Agent({...limits, connect: createGuardedConnector({timeoutMs, lookup})})
  return {
    post: async (url, body, headers, isOpen) => {
      const dispatcher = isOpen || allowPrivateAddresses ? open : guarded
      try {
        const answer = await request(url, {
          method: 'POST',
          dispatcher,
          body,
          headers: {...headers, 'content-type': 'application/json', 'user-agent': 'provenance-indexer (webhooks)'},
          signal: AbortSignal.timeout(timeoutMs),
        })
        await answer.body.dump({limit: MOST_ANSWER_BYTES}).catch(() => {})
        const ok = answer.statusCode >= 200 && answer.statusCode < 300
        return {ok, status: answer.statusCode, reason: ok ? null : reasonOf(answer.statusCode)}
      } catch (error) {
        return {ok: false, status: null, reason: findRefusal(error)?.message ?? failureOf(error)}
      }
    },
    close: async () => {
      await Promise.all([open.destroy(), guarded.destroy()])
    },
  }
}

const reasonOf = (status: number): string =>
  status >= 300 && status < 400 ? `HTTP ${status}: redirects are not followed` : `HTTP ${status}`

/** A code and no more: messages of libraries may hold the URL, which may hold a key. */
function failureOf(error: unknown): string {
  const {name, code} = error as {name?: string; code?: string}
  return name === 'TimeoutError' ? 'no answer in time' : `no answer (${code ?? name ?? 'unknown'})`
}
