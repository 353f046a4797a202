import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import {GraphQLError} from 'graphql'
import type {Pool} from 'pg'
import {Gauge, Histogram, Registry} from 'prom-client'
import {listen} from '../process/healthServer'
import {notReady, READY, type Readiness} from '../process/readiness'
import {type AddressOf, createAddressOf} from './admission/clientAddress'
import type {Admission, Admitted} from './admission/createAdmission'
import {exposeFeedMetrics} from './changes/feedMetrics'
import type {SubscriptionLimits} from './changes/subscriberCount'
import {attachWebSockets} from './changes/webSocketServer'
import type {createApi} from './createApi'
import {refusalOf, UNEXPECTED} from './errors'
import type {ExportHandler} from './export/exportHandler'
import {answerPost, isPlainPost} from './graphqlPost'
import {LIMITS} from './limits'

export type ApiServer = Readonly<{port: number; close: () => Promise<void>}>

type Options = Readonly<{
  api: ReturnType<typeof createApi>
  admission?: Admission
  /** Where a socket comes from; left out: whom it is connected to. */
  addressOf?: AddressOf
  exportHandler?: ExportHandler
  pool: Pool
  limits?: SubscriptionLimits
  host: string
  port: number
}>

/** /graphql (HTTP, SSE and WebSocket), /export, /health, /ready and /metrics. @throws PortTaken */
export async function startApiServer(options: Options): Promise<ApiServer> {
  const {api, admission, exportHandler, pool, limits = NO_LIMITS, addressOf = createAddressOf([]), host, port} = options
  const registry = new Registry()
  const seconds = new Histogram({
    name: 'api_request_seconds',
    help: 'Time of a request by status',
    labelNames: ['status'],
    registers: [registry],
  })
  new Gauge({
    name: 'api_database_connections',
    help: 'Database connections in use',
    registers: [registry],
    collect: gaugeOf(() => pool.totalCount - pool.idleCount),
  })
  new Gauge({
    name: 'api_database_waiting',
    help: 'Answers that wait for a database connection',
    registers: [registry],
    collect: gaugeOf(() => pool.waitingCount),
  })

  exposeFeedMetrics(api.feed, registry)

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0]
    if (path === '/health') return sendJson(response, 200, {status: 'alive'})
    if (path === '/ready') return sendReadiness(response, await readiness(pool))
    if (path === '/metrics') return void response.writeHead(200, {'content-type': registry.contentType}).end(await registry.metrics())
    if (path === '/') return void response.writeHead(302, {location: '/graphql'}).end()
    if (exportHandler && path?.startsWith('/export/')) return exportHandler(request, response)
    // What is behind this makes a URL of it.
    if (!URL.canParse(`http://${request.headers.host ?? 'localhost'}`)) return refuseHost(response)
    const length = Number(request.headers['content-length'] ?? 0)
    if (length > LIMITS.bodyBytes) return refuseBody(request, response, length)
    const stop = seconds.startTimer()
    response.once('close', () => stop({status: String(response.statusCode)}))
    // Before anything waits: what comes meanwhile would be lost.
    const body = isPlainPost(request) ? readBody(request, response) : (limitBody(request, response), null)
    const admitted = await admit(admission, request, response)
    if (admitted === 'refused') return
    const text = await body
    if (response.headersSent || response.destroyed) return
    if (text !== null && (await answerPost(api, {request, response, body: text, client: admitted?.client ?? null}))) return
    // What was read is given on; nothing at all is no JSON either.
    await api(text === null ? request : Object.assign(request, {body: text || ' '}), response, admitted ?? {})
  }
  const server = createServer({requestTimeout: 30_000, headersTimeout: 10_000}, (request, response) => {
    void handle(request, response).catch(() => {
      if (!response.headersSent) sendJson(response, 500, {errors: [UNEXPECTED]})
    })
  })
  const sockets = attachWebSockets({server, api, admission, addressOf, limits})
  await listen(server, host, port)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: async () => {
      // Their ends are answers like others: told before connections are closed.
      await api.feed.close()
      await Promise.all([sockets.close(), closeGently(server)])
    },
  }
}

const NO_LIMITS: SubscriptionLimits = {subscriptions: null, subscriptionsPerClient: null}

/** Null where nothing limits whom; a refusal has been answered. */
async function admit(
  admission: Admission | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Admitted | 'refused' | null> {
  if (!admission) return null
  try {
    const admitted = await admission(request)
    response.once('close', admitted.leave)
    // Who went away while his key was looked up closes it no second time.
    if (response.destroyed) admitted.leave()
    return admitted
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    const refusal = refusalOf(error)
    response.setHeaders(refusal.headers)
    sendJson(response, refusal.status ?? 503, {errors: [refusal.error]})
    request.resume()
    return 'refused'
  }
}

/** All of a request's body; empty when it was refused, or broke off. */
const readBody = (request: IncomingMessage, response: ServerResponse): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = []
    limitBody(request, response)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request
      .resume()
      .once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
      .once('close', () => resolve(''))
  })

const gaugeOf = (read: () => number) =>
  function (this: Gauge) {
    this.set(read())
  }

async function readiness(pool: Pool): Promise<Readiness> {
  try {
    await pool.query('SELECT 1 FROM asset LIMIT 1')
    return READY
  } catch (error) {
    const missing = (error as {code?: string}).code === '42P01'
    return notReady(
      missing ? 'the database has no tables yet: run the migrations' : `the database does not answer: ${(error as Error).message}`,
    )
  }
}

const sendReadiness = (response: ServerResponse, state: Readiness): void => sendJson(response, state.ready ? 200 : 503, state)

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, {'content-type': 'application/json'}).end(`${JSON.stringify(body)}\n`)
}

const refuseHost = (response: ServerResponse): void =>
  sendJson(response, 400, {errors: [{message: 'the header Host is no host', extensions: {code: 'BAD_USER_INPUT'}}]})

/** `bytes`: as it says, or as many as came. */
function refuseBody(request: IncomingMessage, response: ServerResponse, bytes: number): void {
  const message = `the request has ${bytes} bytes or more; at most ${LIMITS.bodyBytes}`
  response.setHeader('connection', 'close')
  sendJson(response, 413, {errors: [{message, extensions: {code: 'LIMIT_EXCEEDED', limit: LIMITS.bodyBytes, asked: bytes}}]})
  request.destroy()
}

/** A body that does not say how long it is, or lies, is cut off where the limit is. */
function limitBody(request: IncomingMessage, response: ServerResponse): void {
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > LIMITS.bodyBytes && !response.headersSent) refuseBody(request, response, bytes)
  })
  // Counting must not start the flow before the handler listens.
  request.pause()
}

/** Answers under way are finished; idle connections end. */
const closeGently = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 5_000).unref()
  })
