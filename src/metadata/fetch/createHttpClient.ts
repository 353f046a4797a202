import type {LookupFunction} from 'node:net'
import {Agent, type Dispatcher, request} from 'undici'
import {requirePublicHost} from '../../outbound/addressGuard'
import {createGuardedConnector} from '../../outbound/guardedConnector'
import {findRefusal} from '../../outbound/refusedAddress'
import {parseRetryAfter} from '../../outbound/retryAfter'
import {FetchProblem} from './documentOutcome'
import {createHostBreaker} from './hostBreaker'
import {createHostPauses} from './hostPauses'
import {createHostSlots} from './hostSlots'
import {readBody} from './readBody'

export type HttpClientOptions = Readonly<{
  maxBytes: number
  attemptTimeoutMs: number
  maxRedirects: number
  perHost: number
  /** The same for trusted origins. */
  perGateway: number
  allowedPorts: readonly number[]
  allowPrivateAddresses: boolean
  /** Origins that the operator named: asked wherever they are. */
  trustedOrigins: readonly string[]
  lookup?: LookupFunction
}>
export type HttpAnswer = Readonly<{body: Buffer; mediaType: string | null; finalUrl: string; status: number}>
/** `isUrgent`: before those who wait in line already. */
type Waiting = Readonly<{signal: AbortSignal; isUrgent?: boolean}>
export type HttpClient = ReturnType<typeof createHttpClient>

const DAY_MS = 86_400_000
const USER_AGENT = 'provenance-indexer (metadata)'
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Plain GETs for strangers' URLs: see docs/decisions/fetching-documents.md for what is refused where. */
export function createHttpClient(options: HttpClientOptions) {
  const trusted = new Set(options.trustedOrigins)
  const limits = {
    headersTimeout: options.attemptTimeoutMs,
    bodyTimeout: options.attemptTimeoutMs,
    connections: options.perHost,
    keepAliveTimeout: 4_000,
  }
  const open = new Agent({
    ...limits,
    connections: Math.max(options.perHost, options.perGateway),
    connect: {timeout: options.attemptTimeoutMs},
  })
  const guarded = new Agent({...limits, connect: createGuardedConnector({timeoutMs: options.attemptTimeoutMs, lookup: options.lookup})})
  const slots = createHostSlots(options.perHost)
  const gatewaySlots = createHostSlots(options.perGateway)
  const breaker = createHostBreaker()
  const pauses = createHostPauses()

  const fetchOnce = async (url: URL, accept: string, {signal, isUrgent}: Waiting): Promise<HttpAnswer | URL> => {
    const isTrusted = trusted.has(url.origin)
    const isOpen = options.allowPrivateAddresses || isTrusted
    if (!isOpen) requireAllowed(url, options.allowedPorts)
    const release = await (isTrusted ? gatewaySlots : slots).acquire(url.host, signal, isUrgent)
    try {
      await pauses.pass(url.host, signal)
      const headers = {accept, 'accept-encoding': 'gzip, br', 'user-agent': USER_AGENT}
      const answer = await request(url, {dispatcher: isOpen ? open : guarded, signal, headers})
      return await readAnswer(url, answer, options.maxBytes)
    } catch (error) {
      if (error instanceof FetchProblem && error.status !== null && error.retryAfterMs !== null) pauses.note(url.host, error.retryAfterMs)
      throw error
    } finally {
      release()
    }
  }

  return {
    /** @throws FetchProblem, always: whatever else goes wrong below is made one */
    fetch: async (url: URL, {accept = '*/*', signal, isUrgent = false}: Readonly<{accept?: string}> & Waiting): Promise<HttpAnswer> => {
      const timeout = AbortSignal.timeout(options.attemptTimeoutMs)
      const waiting = {signal: AbortSignal.any([signal, timeout]), isUrgent}
      const mayBreak = !trusted.has(url.origin)
      if (mayBreak) breaker.requirePresence(url.host)
      try {
        const answer = await follow(url, options.maxRedirects, (at) => fetchOnce(at, accept, waiting))
        if (mayBreak) breaker.record(url.host, null)
        return answer
      } catch (error) {
        const problem = toProblem(error, url, signal, timeout)
        if (mayBreak) breaker.record(url.host, problem.kind)
        throw problem
      }
    },
    close: async () => {
      await Promise.all([open.destroy(), guarded.destroy()])
    },
  }
}

async function follow(url: URL, maxRedirects: number, fetchOnce: (at: URL) => Promise<HttpAnswer | URL>): Promise<HttpAnswer> {
  let at = url
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const answer = await fetchOnce(at)
    if (!(answer instanceof URL)) return answer
    at = answer
  }
  throw new FetchProblem('redirect', `more than ${maxRedirects} redirects`, {retryable: false})
}

function requireAllowed(url: URL, allowedPorts: readonly number[]): void {
  if (url.username || url.password) throw new FetchProblem('credentials', 'a URL with a user name or password is not fetched')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  if (!allowedPorts.includes(port)) throw new FetchProblem('refused_port', `port ${port} is not fetched from`)
  requirePublicHost(url.hostname)
}

async function readAnswer(url: URL, answer: Dispatcher.ResponseData, maxBytes: number): Promise<HttpAnswer | URL> {
  const {statusCode: status, headers, body} = answer
  const drop = () => {
    body.on('error', () => undefined)
    body.destroy()
  }
  if (REDIRECTS.has(status)) {
    drop()
    return redirectTarget(url, one(headers.location))
  }
  if (status !== 200) {
    drop()
    throw statusProblem(status, one(headers['retry-after']))
  }
  const length = Number(one(headers['content-length']) ?? 0)
  if (length > maxBytes) {
    drop()
    throw new FetchProblem('too_large', `the server announces ${length} bytes; at most ${maxBytes}`, {status})
  }
  const bytes = await readBody(body, one(headers['content-encoding']), maxBytes)
  return {body: bytes, mediaType: one(headers['content-type'])?.slice(0, 200).toLowerCase() ?? null, finalUrl: url.href, status}
}

function redirectTarget(from: URL, location: string | undefined): URL {
  if (!location || !URL.canParse(location, from)) throw new FetchProblem('redirect', 'a redirect that leads nowhere', {retryable: false})
  const to = new URL(location, from)
  if (to.protocol !== 'http:' && to.protocol !== 'https:')
    throw new FetchProblem('redirect', `a redirect to ${to.protocol.slice(0, 40)} is not followed`, {retryable: false})
  if (to.username || to.password) throw new FetchProblem('credentials', 'a redirect to a URL with a user name or password')
  return to
}

const one = (header: string | readonly string[] | undefined): string | undefined => (typeof header === 'string' ? header : header?.[0])

function statusProblem(status: number, retryAfter: string | undefined): FetchProblem {
  const retryAfterMs = status === 429 || status === 503 ? parseRetryAfter(retryAfter, Date.now(), DAY_MS) : undefined
  if (status === 404) return new FetchProblem('not_found', 'HTTP 404', {status})
  if (status === 410) return new FetchProblem('not_found', 'HTTP 410', {status, retryable: false})
  if (status === 429) return new FetchProblem('rate_limited', 'HTTP 429', {status, retryAfterMs})
  const retryable = status >= 500 || status === 408 || status === 425 || status === 401 || status === 403
  return new FetchProblem('http_status', `HTTP ${status}`, {status, retryAfterMs, retryable})
}

function toProblem(error: unknown, url: URL, signal: AbortSignal, timeout: AbortSignal): FetchProblem {
  const found = findProblem(error)
  if (found) return found
  const refusal = findRefusal(error)
  if (refusal) return new FetchProblem(refusal.kind, refusal.message, {cause: error})
  if (signal.aborted)
    return signal.reason instanceof FetchProblem ? signal.reason : new FetchProblem('aborted', 'no longer asked for', {cause: error})
  const code = String((error as {code?: unknown} | null)?.code ?? '')
  if (timeout.aborted || /TIMEOUT|ETIMEDOUT/.test(code))
    return new FetchProblem('timeout', `${url.host} did not answer in time`, {cause: error})
  if (/^(ENOTFOUND|EAI_|ENODATA)/.test(code)) return new FetchProblem('dns', `${url.hostname} has no address (${code})`, {cause: error})
  if (/RES_CONTENT_LENGTH|UND_ERR_SOCKET|ECONNRESET|^UND_ERR_ABORTED|HPE_INVALID_EOF/.test(code))
    return new FetchProblem('truncated', `${url.host} broke off its answer (${code})`, {cause: error})
  return new FetchProblem('connect', `${url.host} cannot be asked (${code || (error instanceof Error ? error.name : 'unknown')})`, {
    cause: error,
  })
}

function findProblem(error: unknown): FetchProblem | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) if (at instanceof FetchProblem) return at
  if (error instanceof AggregateError) return error.errors.map(findProblem).find((problem) => problem !== null) ?? null
  return null
}
