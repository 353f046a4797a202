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

/** JSON-RPC over WebSocket on a loopback port, with `newHeads`. */
export async function startHeadServer({secret, answer, latest}: HeadServerOptions): Promise<HeadServer> {
  const http = createServer((_, response) => response.writeHead(404).end())
  const sockets = new WebSocketServer({server: http, path: `/${secret}`, maxPayload: MAX_REQUEST_BYTES})
  const subscribers = new Map<string, WebSocket>()
  let nextId = 1

  const notify = (id: string, {head, announcedAs}: Readonly<{head: HeadBlock; announcedAs: number}>) =>
    subscribers.get(id)?.send(
      JSON.stringify({
        jsonrpc: '2.0',
        method: 'eth_subscription',
        params: {subscription: id, result: {number: toQuantity(announcedAs), hash: head.hash, parentHash: head.parentHash}},
      }),
    )

  const subscribe = (socket: WebSocket): RpcAnswer => {
    const id = toQuantity(nextId++)
    subscribers.set(id, socket)
    setTimeout(() => {
      const known = latest()
      if (known) notify(id, known)
    }, FIRST_HEAD_DELAY_MS)
    return {result: id}
  }

  const one = async (socket: WebSocket, {id = null, method, params}: Request, alone: boolean) => {
    const list = Array.isArray(params) ? (params as readonly unknown[]) : []
    const reply =
      method === 'eth_subscribe' && list[0] === 'newHeads'
        ? subscribe(socket)
        : method === 'eth_unsubscribe'
          ? {result: subscribers.delete(String(list[0]))}
          : await answer(String(method), list, alone)
    return {jsonrpc: '2.0', id, ...reply}
  }

  sockets.on('connection', (socket) => {
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      for (const [id, owner] of subscribers) if (owner === socket) subscribers.delete(id)
    })
    socket.on('message', (data: Buffer) => {
      const respond = async () => {
        const request = JSON.parse(data.toString()) as Request | readonly Request[]
        const replies = Array.isArray(request)
          ? await Promise.all((request as readonly Request[]).map((single) => one(socket, single, request.length === 1)))
          : await one(socket, request as Request, true)
        socket.send(JSON.stringify(replies))
      }
      // Only our own processor speaks here: what it cannot have meant ends its connection, and it comes again.
      respond().catch(() => socket.terminate())
    })
  })

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/${secret}`,
    announce: (head, announcedAs) => {
      for (const id of subscribers.keys()) notify(id, {head, announcedAs})
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
