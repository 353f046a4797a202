import {Pool} from 'pg'
import {pino} from 'pino'
import {type ApiOptions, createApi} from '../../src/api/createApi'
import {startApiServer} from '../../src/api/httpServer'

export type FeedApi = Awaited<ReturnType<typeof startFeedApi>>

type Options = Pick<ApiOptions, 'webhooks'> &
  Readonly<{port?: number; subscriptions?: number | null; subscriptionsPerClient?: number | null}>

/** An API process over HTTP, SSE and WebSocket, in this one. */
export async function startFeedApi(url: string, {port = 0, ...limits}: Options = {}) {
  const pool = new Pool({connectionString: url, max: 6})
  pool.on('error', () => {})
  const logger = pino({level: process.env['TEST_LOG'] ?? 'silent'})
  const api = createApi({pool, chainIds: [1, 2], cors: [], introspection: true, logger, ...limits})
  const server = await startApiServer({api, pool, host: '127.0.0.1', port})
  return {
    pool,
    feed: api.feed,
    port: server.port,
    url: `http://127.0.0.1:${server.port}/graphql`,
    wsUrl: `ws://127.0.0.1:${server.port}/graphql`,
    close: async () => {
      await server.close()
      await pool.end()
    },
  }
}

export const CHANGE_FIELDS = 'cursor position kind eventId blockHash retracted retracts retractedBy wasFinal'
export type ToldChange = Readonly<{
  cursor: string
  position: string
  kind: string
  eventId: string
  blockHash: string | null
  retracted: boolean
  retracts: string | null
  retractedBy: string | null
  wasFinal: boolean
}>

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
export async function post(url: string, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({query, variables}),
  })
  return response.json()
}
