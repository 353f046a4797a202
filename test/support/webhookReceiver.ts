import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

export type Received = Readonly<{headers: Readonly<Record<string, string>>; body: string}>
export type Answer = (request: Received, response: ServerResponse) => void

/** An endpoint of somebody. `answer` may be changed at any time; who does not answer stalls. */
export async function startReceiver() {
  const received: Received[] = []
  let answer: Answer = (_, response) => void response.writeHead(204).end()
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = {headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString()}
      received.push(one)
      answer(one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    received,
    positions: () =>
      received.flatMap(({body}) => JSON.parse(body).data.changes?.map(({position}: {position: string}) => Number(position)) ?? []),
    answerWith: (next: Answer) => {
      answer = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
export type Receiver = Awaited<ReturnType<typeof startReceiver>>
