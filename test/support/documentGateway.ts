import {createServer, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

/** What a gateway does: its duty, or one of the ways in which gateways fail. `sometimes-lies`: every second time. */
export type Conduct = 'honest' | 'lies' | 'sometimes-lies' | 'stalls' | 'breaks-off' | 'cuts' | 'no-blocks' | 'unavailable' | 'lies-plainly'

export type Served = Readonly<{car?: Uint8Array; raw?: Uint8Array; plain?: Uint8Array; mediaType?: string}>
export type DocumentGateway = Awaited<ReturnType<typeof startDocumentGateway>>

/** An IPFS and Arweave gateway on a port of its own; whatever else `route` answers is a web server. */
export async function startDocumentGateway(route: (path: string, response: ServerResponse) => boolean = () => false) {
  const content = new Map<string, Served>()
  const asked: string[] = []
  let conduct: Conduct = 'honest'
  let answers = 0

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://gateway')
    asked.push(`${request.url}`)
    answers += 1
    if (route(url.pathname, response)) return
    const place = decodeURIComponent(url.pathname.replace(/^[/](ipfs[/])?/, '').replace(/[/]$/, ''))
    const found = content.get(place) ?? content.get(place.split('/')[0] ?? '')
    if (conduct === 'stalls') return
    if (conduct === 'unavailable') return void response.writeHead(503).end()
    if (!found) return void response.writeHead(404).end()
    const format = conduct === 'no-blocks' || conduct === 'lies-plainly' ? null : url.searchParams.get('format')
    const [body, mediaType] =
      format === 'car'
        ? [found.car, 'application/vnd.ipld.car; version=1']
        : format === 'raw'
          ? [found.raw, 'application/vnd.ipld.raw']
          : [found.plain, found.mediaType ?? 'application/json']
    if (!body) return void response.writeHead(404).end()
    send(response, mediaType, body)
  })

  const send = (response: ServerResponse, mediaType: string, body: Uint8Array) => {
    const isLie = conduct === 'lies' || conduct === 'lies-plainly' || (conduct === 'sometimes-lies' && answers % 2 === 1)
    const bytes = isLie ? spoil(body) : Buffer.from(body)
    if (conduct === 'cuts') return void response.writeHead(200, {'content-type': mediaType}).end(bytes.subarray(0, bytes.length - 7))
    response.writeHead(200, {'content-type': mediaType, 'content-length': bytes.length})
    if (conduct !== 'breaks-off') return void response.end(bytes)
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy())
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    /** Paths asked for, in order. */
    asked,
    serve: (place: string, served: Served) => void content.set(place, served),
    behave: (next: Conduct) => {
      conduct = next
    },
    stop: () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}

/** Another last byte: of a CAR, that of its last block; the frame stays whole. */
function spoil(body: Uint8Array): Buffer {
  const lie = Buffer.from(body)
  lie.writeUInt8(lie.readUInt8(lie.length - 1) ^ 1, lie.length - 1)
  return lie
}
