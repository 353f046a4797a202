import type {IncomingMessage, Server} from 'node:http'
import type {Duplex} from 'node:stream'
import type {ExecutionArgs} from 'graphql'
import {GraphQLError, getOperationAST, OperationTypeNode} from 'graphql'
import {useServer} from 'graphql-ws/use/ws'
import {WebSocketServer} from 'ws'
import {type AddressOf, clientOf} from '../admission/clientAddress'
import type {Admission, Admitted} from '../admission/createAdmission'
import type {createApi} from '../createApi'
import {apiError, UNEXPECTED} from '../errors'
import {LIMITS} from '../limits'
import type {WireParams} from '../wireParams'
import {createSubscriberCount, type SubscriptionLimits} from './subscriberCount'

export type WebSockets = Readonly<{close: () => Promise<void>}>

type Options = Readonly<{
  server: Server
  api: ReturnType<typeof createApi>
  admission: Admission | undefined
  addressOf: AddressOf
  limits: SubscriptionLimits
}>

/** Operations under way of one socket. */
const MOST_OPERATIONS = 100
/** Who connects and says nothing is let go. */
const INIT_MS = 5_000

/** GraphQL over WebSocket (the protocol graphql-transport-ws) on the port of the API. Each operation is admitted as a request is. */
export function attachWebSockets({server, api, admission, addressOf, limits}: Options): WebSockets {
  const sockets = new WebSocketServer({noServer: true, maxPayload: LIMITS.bodyBytes, perMessageDeflate: false})
  const count = createSubscriberCount(limits)
  // What is thrown would end the socket, and with it all that its other operations are told.
  const told = (error: unknown): readonly GraphQLError[] => {
    if (error instanceof GraphQLError) return [error]
    api.logger.error(error)
    return [UNEXPECTED]
  }
  const served = useServer<Readonly<Record<string, unknown>>>(
    {
      // The reason of a close is no place for what went wrong inside.
      isProd: true,
      connectionInitWaitTimeout: INIT_MS,
      execute: async (args) => {
        const {enveloped, leave} = args as unknown as Enveloped
        try {
          return await enveloped.execute(args)
        } catch (error) {
          return {errors: told(error)}
        } finally {
          leave()
        }
      },
      subscribe: async (args) => {
        try {
          return await (args as unknown as Enveloped).enveloped.subscribe(args)
        } catch (error) {
          return {errors: told(error)}
        }
      },
      onSubscribe: async (context, _id, payload) => {
        try {
          if (Object.keys(context.subscriptions).length > MOST_OPERATIONS)
            throw apiError('LIMIT_EXCEEDED', `more than ${MOST_OPERATIONS} operations at once on a socket`, {limit: MOST_OPERATIONS})
          const request = withKey(context.extra.request, context.connectionParams)
          return await prepare(api, request, await admit(admission, request), payload as WireParams)
        } catch (error) {
          return told(error)
        }
      },
    },
    sockets,
  )
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    if ((request.url ?? '').split('?')[0] !== '/graphql') return refuse(socket, '404 Not Found')
    const leave = enter(count, addressOf(request))
    if (!leave) return refuse(socket, '429 Too Many Requests')
    socket.once('close', leave)
    sockets.handleUpgrade(request, socket, head, (open) => sockets.emit('connection', open, request))
  })
  return {close: async () => served.dispose()}
}

type Enveloped = ExecutionArgs & Readonly<{enveloped: ReturnType<ReturnType<typeof createApi>['getEnveloped']>; leave: () => void}>

const refuse = (socket: Duplex, status: string): void => void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)

/** Null: too many. */
function enter(count: ReturnType<typeof createSubscriberCount>, address: string): (() => void) | null {
  try {
    return count.enter(clientOf(address))
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

async function admit(admission: Admission | undefined, request: Pick<IncomingMessage, 'headers' | 'socket'>): Promise<Admitted> {
  if (!admission) return {client: {key: null, address: request.socket.remoteAddress ?? ''}, leave: () => {}}
  return admission(request)
}

async function prepare(
  api: ReturnType<typeof createApi>,
  req: Pick<IncomingMessage, 'headers' | 'socket'>,
  {client, leave}: Admitted,
  payload: WireParams,
): Promise<Enveloped | readonly GraphQLError[]> {
  let isUnderWay = false
  try {
    const params = api.checkParams(payload)
    const enveloped = api.getEnveloped({req, client, params} as never)
    const document = enveloped.parse(params.query ?? '')
    const errors = enveloped.validate(enveloped.schema, document) as readonly GraphQLError[]
    if (errors.length > 0) return errors
    const operationName = params.operationName ?? null
    const args: ExecutionArgs = {
      schema: enveloped.schema,
      document,
      operationName,
      variableValues: params.variables ?? null,
      contextValue: await enveloped.contextFactory(),
    }
    // A subscription is counted by the feed; here it is charged as a request, and is not under way for as long as it lasts.
    const kind = getOperationAST(document, operationName)?.operation
    isUnderWay = kind !== undefined && kind !== OperationTypeNode.SUBSCRIPTION
    return {...args, enveloped, leave}
  } finally {
    if (!isUnderWay) leave()
  }
}
