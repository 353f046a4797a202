import {createServer, request as forward, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

export type Fault = 'none' | 'hang' | '429' | '500' | 'garbage' | 'truncate' | 'refuse'

/** A JSON-RPC node's bad days: passes requests on to `target`, or does what `fault` says. */
export async function startFaultyProxy(target: string) {
  let fault: Fault = 'none'
  let faulted = 0
  const asked: string[] = []
  const server = createServer((incoming, response) => {
    let body = ''
    incoming.on('data', (chunk: Buffer) => (body += chunk))
    incoming.on('end', () => asked.push(body))
    if (fault === 'none') return void pass(target, incoming, response)
    faulted += 1
    incoming.resume()
    switch (fault) {
      case 'hang':
        return
      case 'refuse':
        return void incoming.socket.destroy()
      case '429':
        return void response.writeHead(429, {'retry-after': '1'}).end('Too Many Requests')
      case '500':
        return void response.writeHead(500).end('<html>Internal Server Error</html>')
      case 'garbage':
        return void response.writeHead(200, {'content-type': 'application/json'}).end('{"jsonrpc":"2.0","id":1,"result":["\u0000<not json')
      case 'truncate':
        return void response.writeHead(200, {'content-type': 'application/json'}).end('{"jsonrpc":"2.0","id"')
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (next: Fault) => {
      fault = next
      if (next === 'none') server.closeAllConnections()
    },
    /** How many requests met a fault: a fault that nobody met tests nothing. */
    faulted: () => faulted,
    /** The bodies of all requests so far. */
    asked: (): readonly string[] => asked,
    stop: () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}

function pass(target: string, incoming: IncomingMessage, response: ServerResponse) {
  const onward = forward(target, {method: incoming.method, headers: {...incoming.headers, host: new URL(target).host}}, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(response)
  })
  onward.on('error', () => response.destroy())
  incoming.pipe(onward)
}
