import type {IncomingMessage, ServerResponse} from 'node:http'
import type {ExecutionResult} from 'graphql'
import {isAsyncIterable, processRegularResult} from 'graphql-yoga'
import type {ApiClient} from './clients'
import type {createApi} from './createApi'
import type {WireParams} from './wireParams'

type Api = ReturnType<typeof createApi>
export type Post = Readonly<{request: IncomingMessage; response: ServerResponse; body: string; client: ApiClient | null}>

/** Parameters as JSON, and nothing that only yoga knows how to answer: origins, encodings. */
export const isPlainPost = ({method, headers}: IncomingMessage): boolean =>
  method === 'POST' &&
  /^application\/json(;|$)/.test(headers['content-type'] ?? '') &&
  headers['content-encoding'] === undefined &&
  headers.origin === undefined

/**
 * The way of nearly every request: the same plugins, without the Request and Response objects that cost yoga more than the answer. False for what
 * is not that simple after all: yoga has to answer it.
 */
export async function answerPost(api: Api, {request, response, body, client}: Post): Promise<boolean> {
  const [type, params] = [acceptedType(request.headers.accept), parseParams(body)]
  // A subscription has no one answer. The word elsewhere costs no more than the longer way.
  if (!type || !params || String(params['query'] ?? '').includes('subscription')) return false
  const known = answerKnown(api, params, client)
  if (known) return send(api, response, await known, type).then(() => true)
  const seen = {method: 'POST', url: request.url, headers: {get: (name: string) => [request.headers[name] ?? []].flat()[0] ?? null}}
  const context = {req: request, res: response, ...(client ? {client} : {})}
  const result = await resultOf(api, params, {request: seen as unknown as Request, context})
  if (result === null || isAsyncIterable(result) || Array.isArray(result) || response.destroyed) return response.destroyed
  await send(api, response, result as ExecutionResult, type)
  return true
}

const WIRE_PARAMS = new Set(['query', 'operationName', 'variables', 'extensions', 'documentId'])
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Null for what only the long way answers, or refuses in its words. */
function answerKnown(api: Api, params: Record<string, unknown>, client: ApiClient | null): Promise<ExecutionResult> | null {
  const {operationName, variables, extensions} = params
  const isPlain =
    Object.keys(params).every((name) => WIRE_PARAMS.has(name)) &&
    (operationName == null || typeof operationName === 'string') &&
    (variables == null || isObject(variables)) &&
    (extensions == null || isObject(extensions))
  if (!client || !isPlain) return null
  try {
    return api.answerKnown(params as WireParams, client)
  } catch {
    return null
  }
}

type Asked = Readonly<{request: Request; context: object}>

/** Null where the parameters are refused, before anything was done; what fails later is an answer with errors. */
async function resultOf(api: Api, params: Record<string, unknown>, {request, context}: Asked) {
  try {
    return await api.getResultForParams({params, request}, context as never)
  } catch {
    return null
  }
}

/** What yoga would choose: the first of the list that answers come in. */
function acceptedType(accept = '*/*'): string | null {
  if (accept.includes('charset')) return null
  for (const part of accept.toLowerCase().split(',')) {
    const type = part.split(';')[0]?.trim()
    if (type === 'application/graphql-response+json') return type
    if (type === 'application/json' || type === 'application/*' || type === '*/*') return 'application/json'
  }
  return null
}

function parseParams(body: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Errors decide about the status: yoga's rules. */
async function send(api: Api, response: ServerResponse, result: ExecutionResult, type: string): Promise<void> {
  if (!result.errors && !result.extensions?.['http'])
    return end(response, 200, {'content-type': `${type}; charset=utf-8`}, JSON.stringify(result))
  const answer = processRegularResult(result, api.fetchAPI, type as never)
  end(response, answer.status, Object.fromEntries(answer.headers), await answer.text())
}

const end = (response: ServerResponse, status: number, headers: Readonly<Record<string, string>>, text: string): void =>
  void response.writeHead(status, {...headers, 'content-length': Buffer.byteLength(text)}).end(text)
