import {PassThrough, pipeline, type Readable, type Transform} from 'node:stream'
import {createBrotliDecompress, createGunzip, createInflate} from 'node:zlib'
import {FetchProblem} from './documentOutcome'

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}
const MAX_ENCODINGS = 2

/**
 * The body, decompressed, as long as both what comes over the wire and what it unfolds to stay below `maxBytes`. Nothing more than a chunk is
 * held above that.
 * @throws FetchProblem `too_large`, `encoding` or `truncated`
 */
export async function readBody(body: Readable, contentEncoding: string | undefined, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  const stream = decompress(body, contentEncoding, maxBytes)
  try {
    for await (const chunk of stream) {
      bytes += (chunk as Buffer).length
      if (bytes > maxBytes) throw tooLarge(maxBytes)
      chunks.push(chunk as Buffer)
    }
  } catch (error) {
    body.on('error', () => undefined)
    body.destroy()
    throw asProblem(error)
  }
  return Buffer.concat(chunks)
}

function decompress(body: Readable, contentEncoding: string | undefined, maxBytes: number): Readable {
  const names = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  const encodings = names.filter((name) => name !== '' && name !== 'identity').reverse()
  if (encodings.length === 0) return body
  if (encodings.length > MAX_ENCODINGS) throw new FetchProblem('encoding', `${encodings.length} content encodings one over another`)
  const stages = encodings.map((name) => {
    const create = DECODERS[name]
    if (!create) throw new FetchProblem('encoding', `the content encoding ${name.slice(0, 40)} is not known`)
    return create()
  })
  const out = new PassThrough()
  // Errors arrive at the reader of the last stage.
  pipeline([body, capBytes(maxBytes), ...stages, out], () => undefined)
  return out
}

function capBytes(maxBytes: number): Transform {
  let bytes = 0
  return new PassThrough({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) return done(tooLarge(maxBytes))
      done(null, chunk)
    },
  })
}

const tooLarge = (maxBytes: number) => new FetchProblem('too_large', `longer than ${maxBytes} bytes`)

function asProblem(error: unknown): unknown {
  const code = (error as {code?: unknown}).code
  if (typeof code !== 'string') return error
  if (code === 'Z_BUF_ERROR') return new FetchProblem('truncated', 'the compressed body ends too early', {cause: error})
  if (/^(Z_|ERR_.*BROTLI|ERR__ERROR_)/.test(code))
    return new FetchProblem('encoding', `the body cannot be decompressed (${code})`, {cause: error})
  return error
}
