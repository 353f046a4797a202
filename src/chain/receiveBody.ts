import type {IncomingMessage} from 'node:http'
import {createBrotliDecompress, createGunzip, createInflate} from 'node:zlib'
import {RpcFailure} from './rpcFailure'

/** An answer past this is no answer to what we ask for. */
const MAX_BYTES = 512 * 1024 * 1024
const MIN_BYTES = 2 ** 18
/** A node only says how long its answer is. */
const MAX_FIRST_BYTES = 4 * 2 ** 20
/** Memory kept for the next answers. */
const MAX_IDLE_BYTES = 8 * 2 ** 20

/** Memory that answers are read into one after another: as fresh memory for each they cost more than their parsing. */
export type Bodies = Readonly<{
  /** The whole body, until it is given back. @throws RpcFailure when it is cut off */
  receive: (response: IncomingMessage) => Promise<Buffer>
  giveBack: (body: Buffer) => void
}>

export function createBodies(): Bodies {
  const idle: Buffer[] = []
  const take = (bytes: number): Buffer => {
    const at = idle.findIndex(({length}) => length >= bytes)
    return (at < 0 ? undefined : idle.splice(at, 1)[0]) ?? Buffer.allocUnsafeSlow(Math.max(MIN_BYTES, 2 ** Math.ceil(Math.log2(bytes))))
  }
  const put = (memory: Buffer) => {
    if (idle.reduce((sum, {length}) => sum + length, memory.length) <= MAX_IDLE_BYTES) idle.push(memory)
  }
  return {
    receive: (response) =>
      new Promise((resolve, reject) => {
        let memory = take(Math.min(Number(response.headers['content-length'] ?? 0) || 0, MAX_FIRST_BYTES))
        let bytes = 0
        const fail = () => reject(new RpcFailure('malformed', 'the answer was cut off'))
        const source = decompress(response)
        source.on('data', (chunk: Buffer) => {
          if (bytes + chunk.length > MAX_BYTES) return void response.destroy(new Error('too large'))
          if (bytes + chunk.length > memory.length) {
            const larger = take(bytes + chunk.length)
            memory.copy(larger, 0, 0, bytes)
            put(memory)
            memory = larger
          }
          bytes += chunk.copy(memory, bytes)
        })
        source.on('end', () => (response.complete ? resolve(memory.subarray(0, bytes)) : fail()))
        source.on('error', fail)
        response.on('error', fail)
        response.on('aborted', fail)
      }),
    giveBack: ({buffer}) => put(Buffer.from(buffer as ArrayBuffer)),
  }
}

function decompress(response: IncomingMessage): NodeJS.ReadableStream {
  switch (response.headers['content-encoding']) {
    case 'gzip':
      return response.pipe(createGunzip())
    case 'br':
      return response.pipe(createBrotliDecompress())
    case 'deflate':
      return response.pipe(createInflate())
    default:
      return response
  }
}
