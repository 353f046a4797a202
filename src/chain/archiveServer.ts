import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {Ask, PinnedQuestion} from '../domain/question'
import {type ArchiveQuery, parseArchiveQuery, UnsupportedQuery} from './archiveQuery'

export type ArchiveServer = Readonly<{url: string; close: () => Promise<void>}>

export type ArchiveServerOptions = Readonly<{
  secret: string
  /** Waits for the first known height. Null when closed. */
  height: () => Promise<number | null>
  /** Blocks as JSON texts; waits as long as it takes. Null when closed. */
  answer: (query: ArchiveQuery) => Promise<readonly Buffer[] | null>
  /** What the chain says beyond its logs. */
  ask: Ask
  onRefused: (reason: string) => void
}>

const MAX_QUERY_BYTES = 64 * 2 ** 20

/**
 * The SQD gateway protocol on a loopback port. A request that cannot be answered yet is held open, never refused: the archive client
 * of evm-processor pauses 5 to 60 seconds after an error.
 */
export async function startArchiveServer(options: ArchiveServerOptions): Promise<ArchiveServer> {
  const prefix = `/${options.secret}`
  let base = ''
  const server = createServer((request, response) => {
    response.on('error', () => {})
    route(request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy()
      if (error instanceof UnsupportedQuery) {
        options.onRefused(error.message)
        return void response.writeHead(400, {'content-type': 'text/plain'}).end(error.message)
      }
      response.destroy()
    })
  })
  server.requestTimeout = 0
  server.keepAliveTimeout = 60_000

  const route = async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? ''
    if (!path.startsWith(`${prefix}/`)) return void response.writeHead(404).end()
    const rest = path.slice(prefix.length)
    if (request.method === 'GET' && rest === '/height') return sendText(response, await options.height())
    if (request.method === 'GET' && /^\/\d+\/worker$/.test(rest)) return sendText(response, `${base}/query`)
    if (request.method === 'POST' && rest === '/ask') {
      const questions = JSON.parse(await readBody(request)) as readonly PinnedQuestion[]
      return void response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify(await options.ask(questions)))
    }
    if (request.method !== 'POST' || rest !== '/query') return void response.writeHead(404).end()
    const blocks = await options.answer(parseArchiveQuery(await readBody(request)))
    if (!blocks) return void response.destroy()
    const body = joinBlocks(blocks)
    response.writeHead(200, {'content-type': 'application/json', 'content-length': body.length}).end(body)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`
  return {
    url: base,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}

function sendText(response: ServerResponse, value: string | number | null): void {
  if (value === null) return void response.destroy()
  response.writeHead(200, {'content-type': 'text/plain'}).end(String(value))
}

// A line a block, so that a reader can take them apart without parsing all of them.
const [OPEN, COMMA, CLOSE] = ['[', ',\n', ']'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer]

/** In memory of its own, so that it can change hands. */
export function joinBlocks(blocks: readonly Buffer[]): Buffer {
  const parts = [OPEN, ...blocks.flatMap((block, i) => (i > 0 ? [COMMA, block] : [block])), CLOSE]
  const body = Buffer.allocUnsafeSlow(parts.reduce((sum, {length}) => sum + length, 0))
  let at = 0
  for (const part of parts) at += part.copy(body, at)
  return body
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length
    if (bytes > MAX_QUERY_BYTES) throw new UnsupportedQuery('the query is too large')
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString()
}
