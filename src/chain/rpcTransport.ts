import {isAscii} from 'node:buffer'
import {Agent as HttpAgent, type IncomingMessage, request as requestHttp} from 'node:http'
import {Agent as HttpsAgent, request as requestHttps} from 'node:https'
import {type Keep, NOT_PLAIN, pickJson} from './pickJson'
import {type Bodies, createBodies} from './receiveBody'
import {parseHttpFailure, parseRpcError, type RpcErrorBody} from './rpcErrors'
import {RpcFailure} from './rpcFailure'

/** `keep`: what is read of the result; without it, all. */
export type RpcCall = Readonly<{method: string; params: readonly unknown[]; keep?: Keep}>
export type RpcReply = Readonly<{ok: true; result: unknown}> | Readonly<{ok: false; failure: RpcFailure; error: RpcErrorBody | null}>

export type RpcTransport = Readonly<{
  /** One HTTP request for all calls; replies in the order of the calls. @throws RpcFailure when there is no reply for each of them. */
  send: (calls: readonly RpcCall[], timeoutMs: number) => Promise<readonly RpcReply[]>
  close: () => void
}>

const LOOPBACK = /^(localhost|127\.|\[::1\])/

/** `url`: http(s); a ws(s) URL is asked over http(s) at the same place, as every node we know serves both. */
export function createRpcTransport(url: string): RpcTransport {
  const target = new URL(url.replace(/^ws/, 'http'))
  const secure = target.protocol === 'https:'
  const agent = new (secure ? HttpsAgent : HttpAgent)({keepAlive: true, maxSockets: 64, noDelay: true})
  const headers: Record<string, string> = {'content-type': 'application/json', accept: 'application/json'}
  // Compression pays over a network only.
  if (!LOOPBACK.test(target.hostname)) headers['accept-encoding'] = 'gzip, deflate, br'
  if (target.username)
    headers['authorization'] =
      `Basic ${Buffer.from(`${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`).toString('base64')}`
  target.username = ''
  target.password = ''

  const bodies = createBodies()
  const post = (body: string, timeoutMs: number) =>
    new Promise<Buffer>((resolve, reject) => {
      const request = (secure ? requestHttps : requestHttp)(
        target,
        {method: 'POST', agent, headers: {...headers, 'content-length': Buffer.byteLength(body)}},
        (response) =>
          readResponse(response, bodies)
            .then(resolve, reject)
            .finally(() => clearTimeout(timer)),
      )
      const timer = setTimeout(
        () => request.destroy(new RpcFailure('unavailable', `no answer in ${timeoutMs} ms`, {isTimeout: true})),
        timeoutMs,
      )
      request.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer)
        reject(
          error instanceof RpcFailure ? error : new RpcFailure('unavailable', `connection failed${error.code ? `: ${error.code}` : ''}`),
        )
      })
      request.end(body)
    })

  let nextId = 1
  return {
    send: async (calls, timeoutMs) => {
      const firstId = nextId
      nextId += calls.length
      const requests = calls.map(({method, params}, i) => ({jsonrpc: '2.0', id: firstId + i, method, params}))
      const body = await post(JSON.stringify(requests.length === 1 ? requests[0] : requests), timeoutMs)
      const keep = calls[0]?.keep
      const replies = parseReplies(body, firstId, calls.length, calls.every((call) => call.keep === keep) ? keep : undefined)
      bodies.giveBack(body)
      return replies
    },
    close: () => agent.destroy(),
  }
}

async function readResponse(response: IncomingMessage, bodies: Bodies): Promise<Buffer> {
  const status = response.statusCode ?? 0
  const body = await bodies.receive(response)
  if (status >= 200 && status < 300) return body
  // Some providers put a JSON-RPC error under a 4xx or 5xx: its words say more than the status.
  const words = status === 429 ? null : errorOf(parseJson(body, false))
  if (words) throw parseRpcError(words)
  throw parseHttpFailure(status, response.headers['retry-after'], Date.now())
}

function parseJson(body: Buffer, strict = true): unknown {
  try {
    return JSON.parse(isAscii(body) ? body.toString('latin1') : body.toString()) as unknown
  } catch {
    if (!strict) return null
    const start = body.subarray(0, 40).toString().replace(/\s+/g, ' ')
    throw new RpcFailure('malformed', /^ ?</.test(start) ? 'the answer is a web page, not JSON' : 'the answer is not JSON, or cut off')
  }
}

function errorOf(reply: unknown): RpcErrorBody | null {
  const error = (Array.isArray(reply) ? (reply[0] as unknown) : reply) as {
    error?: {code?: unknown; message?: unknown; data?: unknown}
  } | null
  if (typeof error?.error !== 'object' || error.error === null) return null
  const {code, message, data} = error.error
  return {code: typeof code === 'number' ? code : null, message: typeof message === 'string' ? message : 'error without a message', data}
}

/** What an error says is read whole, so that no word of it is missed. */
function pickReplies(body: Buffer, keep: Keep): unknown {
  const picked = pickJson(body, keep)
  const isFailure = (Array.isArray(picked) ? picked : [picked]).some((reply) => errorOf(reply) !== null)
  return picked === NOT_PLAIN || isFailure ? parseJson(body) : picked
}

/** @throws RpcFailure */
export function parseReplies(body: Buffer, firstId: number, count: number, keep?: Keep): readonly RpcReply[] {
  const parsed = keep ? pickReplies(body, keep) : parseJson(body)
  const list: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed]
  const replies = new Array<RpcReply | undefined>(count).fill(undefined)
  for (const reply of list) {
    const slot = typeof reply === 'object' && reply !== null ? Number((reply as {id?: unknown}).id) - firstId : Number.NaN
    const words = errorOf(reply)
    // One error for the whole batch carries no id, or the first one's.
    if (words && list.length < count) throw parseRpcError(words)
    if (!(slot >= 0 && slot < count) || replies[slot]) {
      if (words) throw parseRpcError(words)
      throw new RpcFailure('malformed', 'the answer has the id of another request')
    }
    replies[slot] = words ? {ok: false, failure: parseRpcError(words), error: words} : readResult(reply as {result?: unknown})
  }
  if (replies.includes(undefined)) throw new RpcFailure('malformed', `${count} calls, ${list.length} answers`)
  return replies as readonly RpcReply[]
}

function readResult(reply: Readonly<{result?: unknown}>): RpcReply {
  if (reply.result === undefined)
    return {ok: false, failure: new RpcFailure('malformed', 'the answer has neither result nor error'), error: null}
  return {ok: true, result: reply.result}
}
