import type {IncomingMessage} from 'node:http'
import type {Pool} from 'pg'
import {type ApiClient, createKeyFinder, identifyClient} from '../clients'
import {apiError} from '../errors'
import {clientOf, createAddressOf} from './clientAddress'
import {createRateLimit} from './rateLimit'

export type AdmissionLimits = Readonly<{
  /** Of one address without a key, and of one key; null: no limit. */
  requestsPerMinute: number | null
  keyRequestsPerMinute: number | null
  /** Under way at once, of one address or key; null: no limit. */
  concurrentRequests: number | null
  /** Addresses and ranges whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
}>

/** `leave`: the request is under way no more; the second time does nothing. */
export type Admitted = Readonly<{client: ApiClient; leave: () => void}>
export type Admission = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => Promise<Admitted>

type Options = Readonly<{pool: Pool; limits: AdmissionLimits}>

/** Who asks, and whether they may now: by key, else by address; before anything of the request is read. @throws a coded error */
export function createAdmission({pool, limits}: Options): Admission {
  const find = createKeyFinder(pool)
  const addressOf = createAddressOf(limits.trustedProxies)
  const rate = createRateLimit()
  const underWay = new Map<string, number>()

  const charge = (who: string, limit: number | null): void => {
    const wait = limit === null ? 0 : rate.take(who, limit, Date.now())
    if (wait > 0) throw tooMany(`${limit} requests a minute are allowed; ask again in ${wait} ms`, {limit, retryAfterMs: wait})
  }
  const enter = (who: string): (() => void) => {
    const limit = limits.concurrentRequests
    const count = underWay.get(who) ?? 0
    if (limit !== null && count >= limit)
      throw tooMany(`${count} requests of yours are under way; at most ${limit}`, {limit, asked: count + 1, retryAfterMs: 100})
    underWay.set(who, count + 1)
    return once(() => {
      const left = (underWay.get(who) ?? 1) - 1
      if (left > 0) underWay.set(who, left)
      else underWay.delete(who)
    })
  }

  return async (request) => {
    const address = addressOf(request)
    const from = clientOf(address)
    const headers = {get: (name: string) => [request.headers[name] ?? []].flat()[0] ?? null}
    // What is no key costs its address, or guessing keys would cost nothing.
    const client = await identifyClient(find, headers, address).catch((error: unknown) => {
      if (from !== null) charge(from, limits.requestsPerMinute)
      throw error
    })
    const who = client.key ? `key ${client.key.id}` : from
    if (who === null) return {client, leave: () => {}}
    charge(who, client.key ? limits.keyRequestsPerMinute : limits.requestsPerMinute)
    return {client, leave: enter(who)}
  }
}

type Figures = Readonly<{limit: number | null; asked?: number; retryAfterMs: number}>
const tooMany = (message: string, figures: Figures) =>
  apiError('RATE_LIMITED', message, {
    ...figures,
    http: {status: 429, headers: {'retry-after': String(Math.ceil(figures.retryAfterMs / 1000))}},
  })

const once = (work: () => void): (() => void) => {
  let done = false
  return () => {
    if (!done) work()
    done = true
  }
}
