import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {type WebSocket, WebSocketServer} from 'ws'
import {toQuantity} from './blockRange'
import type {HeadBlock} from './headBlock'
import type {HeadRpc, RpcAnswer} from './headRpc'

export type HeadServer = Readonly<{url: string; announce: (head: HeadBlock, announcedAs: number) => void; close: () => Promise<void>}>

export type HeadServerOptions = Readonly<{
  secret: string
  answer: HeadRpc
  /** The head as it was last announced, for a subscriber that comes after. */
  latest: () => Readonly<{head: HeadBlock; announcedAs: number}> | null
}>

type Request = Readonly<{id?: unknown; method?: unknown; params?: unknown}>

const MAX_REQUEST_BYTES = 16 * 2 ** 20
/** evm-processor's client takes a subscription as its own only after it has read the answer. */
const FIRST_HEAD_DELAY_MS = 50

type Announced = Readonly<{head: HeadBlock; announcedAs: number}>
type Inner = {readonly options: HeadServerOptions; readonly subscribers: Map<string, WebSocket>; nextId: number}

function notify({subscribers}: Inner, id: string, {head, announcedAs}: Announced): void {
  const result = {number: toQuantity(announcedAs), hash: head.hash, parentHash: head.parentHash}
  subscribers.get(id)?.send(JSON.stringify({jsonrpc: '2.0', method: 'eth_subscription', params: {subscription: id, result}}))
}

function subscribe(server: Inner, socket: WebSocket): RpcAnswer {
  const id = toQuantity(server.nextId++)
  server.subscribers.set(id, socket)
  setTimeout(() => {
    const known = server.options.latest()
    if (known) notify(server, id, known)
  }, FIRST_HEAD_DELAY_MS)
  return {result: id}
}

async function answerOne(server: Inner, socket: WebSocket, {id = null, method, params}: Request, alone: boolean) {
  const list = Array.isArray(params) ? (params as readonly unknown[]) : []
  if (method === 'eth_subscribe' && list[0] === 'newHeads') return {jsonrpc: '2.0', id, ...subscribe(server, socket)}
  if (method === 'eth_unsubscribe') return {jsonrpc: '2.0', id, result: server.subscribers.delete(String(list[0]))}
  return {jsonrpc: '2.0', id, ...(await server.options.answer(String(method), list, alone))}
}

async function respond(server: Inner, socket: WebSocket, data: Buffer): Promise<void> {
  const request = JSON.parse(data.toString()) as Request | readonly Request[]
  const list = Array.isArray(request) ? (request as readonly Request[]) : [request as Request]
  const replies = await Promise.all(list.map((single) => answerOne(server, socket, single, list.length === 1)))
  socket.send(JSON.stringify(Array.isArray(request) ? replies : replies[0]))
}

function connect(server: Inner, socket: WebSocket): void {
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    for (const [id, owner] of server.subscribers) if (owner === socket) server.subscribers.delete(id)
  })
  // Only our own processor speaks here: what it cannot have meant ends its connection, and it comes again.
  socket.on('message', (data: Buffer) => void respond(server, socket, data).catch(() => socket.terminate()))
}

/** JSON-RPC over WebSocket on a loopback port, with `newHeads`. */
export async function startHeadServer(options: HeadServerOptions): Promise<HeadServer> {
  const server: Inner = {options, subscribers: new Map(), nextId: 1}
  const http = createServer((_, response) => response.writeHead(404).end())
  const sockets = new WebSocketServer({server: http, path: `/${options.secret}`, maxPayload: MAX_REQUEST_BYTES})
  sockets.on('connection', (socket) => connect(server, socket))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/${options.secret}`,
    announce: (head, announcedAs) => {
      for (const id of server.subscribers.keys()) notify(server, id, {head, announcedAs})
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate()
        sockets.close()
        http.closeAllConnections()
        http.close(() => resolve())
      }),
  }
}
