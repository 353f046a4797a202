import type {IncomingMessage, Server} from 'node:http'
import type {Duplex} from 'node:stream'
import type {ExecutionArgs} from 'graphql'
import {GraphQLError} from 'graphql'
import {useServer} from 'graphql-ws/use/ws'
import {WebSocketServer} from 'ws'
import {clientOf} from '../admission/clientAddress'
import type {Admission} from '../admission/createAdmission'
import type {createApi} from '../createApi'
import {apiError} from '../errors'
import {LIMITS} from '../limits'
import type {WireParams} from '../wireParams'
import {createSubscriberCount, type SubscriptionLimits} from './subscriberCount'

export type WebSockets = Readonly<{close: () => Promise<void>}>

type Options = Readonly<{server: Server; api: ReturnType<typeof createApi>; admission: Admission | undefined; limits: SubscriptionLimits}>

/** Operations under way of one socket. */
const MOST_OPERATIONS = 100
/** Who connects and says nothing is let go. */
const INIT_MS = 5_000

/** GraphQL over WebSocket (the protocol graphql-transport-ws) on the port of the API. Each operation is admitted as a request is. */
export function attachWebSockets({server, api, admission, limits}: Options): WebSockets {
  const sockets = new WebSocketServer({noServer: true, maxPayload: LIMITS.bodyBytes, perMessageDeflate: false})
  const count = createSubscriberCount(limits)
  const served = useServer<Readonly<Record<string, unknown>>>(
    {
      connectionInitWaitTimeout: INIT_MS,
      execute: (args) => (args as unknown as Enveloped).enveloped.execute(args),
      subscribe: (args) => (args as unknown as Enveloped).enveloped.subscribe(args),
      onSubscribe: async (context, _id, payload) => {
        try {
          if (Object.keys(context.subscriptions).length > MOST_OPERATIONS)
            throw apiError('LIMIT_EXCEEDED', `more than ${MOST_OPERATIONS} operations at once on a socket`, {limit: MOST_OPERATIONS})
          const request = withKey(context.extra.request, context.connectionParams)
          return await prepare(api, request, await admit(admission, request), payload as WireParams)
        } catch (error) {
          if (error instanceof GraphQLError) return [error]
          throw error
        }
      },
    },
    sockets,
  )
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const leave = enter(count, request)
    if (!leave || new URL(request.url ?? '/', 'ws://localhost').pathname !== '/graphql')
      return void socket.end(
        `HTTP/1.1 ${leave ? '404 Not Found' : '429 Too Many Requests'}\r\nConnection: close\r\n\r\n`,
        leave ?? undefined,
      )
    socket.once('close', leave)
    sockets.handleUpgrade(request, socket, head, (open) => sockets.emit('connection', open, request))
  })
  return {close: async () => served.dispose()}
}

type Enveloped = ExecutionArgs & Readonly<{enveloped: ReturnType<ReturnType<typeof createApi>['getEnveloped']>}>

/** Null: too many. Behind a proxy all sockets have its address; keys and subscriptions are counted apart. */
function enter(count: ReturnType<typeof createSubscriberCount>, request: IncomingMessage): (() => void) | null {
  try {
    return count.enter(clientOf(request.socket.remoteAddress ?? ''))
  } catch {
    return null
  }
}

/** Browsers cannot set headers of a socket: the key may stand in the payload of connection_init, as `apiKey`. */
function withKey(
  request: IncomingMessage,
  params: Readonly<Record<string, unknown>> | undefined,
): Pick<IncomingMessage, 'headers' | 'socket'> {
  const key = params?.['apiKey']
  return {socket: request.socket, headers: typeof key === 'string' ? {...request.headers, 'x-api-key': key} : request.headers}
}

/** A subscription is counted by the feed; here it is charged as a request, and is not under way for as long as it lasts. */
async function admit(admission: Admission | undefined, request: Pick<IncomingMessage, 'headers' | 'socket'>) {
  if (!admission) return {key: null, address: request.socket.remoteAddress ?? ''}
  const {client, leave} = await admission(request)
  leave()
  return client
}

async function prepare(
  api: ReturnType<typeof createApi>,
  req: Pick<IncomingMessage, 'headers' | 'socket'>,
  client: Awaited<ReturnType<typeof admit>>,
  payload: WireParams,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const params = api.checkParams(payload)
  const enveloped = api.getEnveloped({req, client, params} as never)
  const document = enveloped.parse(params.query ?? '')
  const errors = enveloped.validate(enveloped.schema, document) as readonly GraphQLError[]
  if (errors.length > 0) return errors
  const args: ExecutionArgs = {
    schema: enveloped.schema,
    document,
    operationName: params.operationName ?? null,
    variableValues: params.variables ?? null,
    contextValue: await enveloped.contextFactory(),
  }
  return {...args, enveloped} as ExecutionArgs
}
