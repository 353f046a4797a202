import {createServer, type Server, type ServerResponse} from 'node:http'
import type {Registry} from 'prom-client'
import type {Readiness} from './readiness'

export type HealthServer = Readonly<{port: number; close: () => Promise<void>}>

type Options = Readonly<{
  host: string
  port: number
  registry: Pick<Registry, 'metrics' | 'contentType'>
  readiness: () => Readiness | Promise<Readiness>
}>

/**
 * `/health`: alive. `/ready`: 200, or 503 with the reason. `/metrics`: Prometheus text.
 * @throws PortTaken
 */
export async function startHealthServer({host, port, registry, readiness}: Options): Promise<HealthServer> {
  const server = createServer((request, response) => {
    void answer(request.url ?? '/', response, registry, readiness).catch(() => sendJson(response, 500, {error: 'health check failed'}))
  })
  await listen(server, host, port)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}

async function answer(
  url: string,
  response: ServerResponse,
  registry: Options['registry'],
  readiness: Options['readiness'],
): Promise<void> {
  const path = url.split('?')[0]
  if (path === '/health') return sendJson(response, 200, {status: 'alive'})
  if (path === '/ready') {
    const state = await readiness()
    return sendJson(response, state.ready ? 200 : 503, state)
  }
  if (path === '/metrics') {
    const state = await readiness()
    response.writeHead(200, {'content-type': registry.contentType}).end(`${await registry.metrics()}\n${readyMetrics(state)}`)
    return
  }
  return sendJson(response, 404, {error: 'not found', paths: ['/health', '/ready', '/metrics']})
}

/** What /ready says, for who watches figures. */
const readyMetrics = ({ready, cause}: Readiness): string =>
  [
    '# HELP indexer_ready 1 when /ready answers 200\n# TYPE indexer_ready gauge',
    `indexer_ready ${ready ? 1 : 0}`,
    ...(cause === undefined
      ? []
      : [`# HELP indexer_not_ready Why not\n# TYPE indexer_not_ready gauge\nindexer_not_ready{cause="${cause}"} 1`]),
    '',
  ].join('\n')

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, {'content-type': 'application/json'}).end(`${JSON.stringify(body)}\n`)
}

export class PortTaken extends Error {
  override readonly name = 'PortTaken'
  readonly code = 'E_PORT_TAKEN'
}

/** Listens, or says in words what hinders. @throws PortTaken */
export const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(`port ${port} on ${host} is taken by another process`, {cause: error}) : error),
    )
    server.listen(port, host, () => resolve())
  })
