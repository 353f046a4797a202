import {readFileSync} from 'node:fs'
import type {ServerResponse} from 'node:http'
import type {LookupFunction} from 'node:net'
import {join} from 'node:path'
import {brotliCompressSync, gzipSync} from 'node:zlib'
import {afterEach, describe, expect, test} from 'vitest'
import {createDocumentFetcher, type DocumentFetcherOptions} from '../../src/metadata/fetch/createDocumentFetcher'
import type {FetchFailure} from '../../src/metadata/fetch/documentOutcome'
import {startDocumentGateway} from '../support/documentGateway'

const ARWEAVE_ID = '-G92LjB-wFj-FCGx040NgniW_Ypy_Cbh3Jq1HUD6l7A'
const DOCUMENT = '{"name":"A work"}'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function startServer(route?: (path: string, response: ServerResponse) => boolean) {
  const server = await startDocumentGateway(route)
  closing.push(server.stop)
  return server
}

function createFetcher(options: Partial<DocumentFetcherOptions> = {}) {
  const fetcher = createDocumentFetcher({
    ipfsGateways: [],
    arweaveGateways: [],
    allowPrivateAddresses: true,
    attemptTimeoutMs: 2_000,
    ...options,
  })
  closing.push(fetcher.close)
  return fetcher
}

describe('servers', () => {
  test('an http document is mutable, redirects are followed by hand, and no cookie is kept', async () => {
    const server = await startServer((path, response) => {
      if (path === '/old') response.writeHead(301, {location: '/new', 'set-cookie': 'a=1'}).end()
      else response.writeHead(200, {'content-type': 'text/plain; charset=utf-8'}).end(response.req.headers.cookie ? 'a cookie' : DOCUMENT)
      return true
    })
    expect(await createFetcher().fetch(`${server.url}/old`)).toMatchObject({
      ok: true,
      bytes: Buffer.from(DOCUMENT),
      finalUrl: `${server.url}/new`,
      mediaType: 'application/json',
      declaredMediaType: 'text/plain; charset=utf-8',
      gateway: server.url,
      verdict: 'mutable',
      attempts: [{gateway: server.url, status: 200, kind: null}],
    })
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('%s is unpacked, and a bomb in it is not', async (encoding, compress) => {
    const server = await startServer((path, response) => {
      response.writeHead(200, {'content-encoding': encoding}).end(compress(path === '/bomb' ? Buffer.alloc(50_000_000) : DOCUMENT))
      return true
    })
    const fetcher = createFetcher({maxBytes: 1_000_000, attemptTimeoutMs: 20_000})
    expect(await fetcher.fetch(`${server.url}/1`)).toMatchObject({ok: true, bytes: Buffer.from(DOCUMENT)})
    expect(await fetcher.fetch(`${server.url}/bomb`)).toMatchObject({ok: false, kind: 'too_large', retryable: false})
  })

  test.each([
    ['an endless body', (response: ServerResponse) => void endless(response), 'too_large', false],
    [
      'a length that is too great',
      (response: ServerResponse) => void response.writeHead(200, {'content-length': 1e12}).flushHeaders(),
      'too_large',
      false,
    ],
    ['a body that stops', (response: ServerResponse) => void response.writeHead(200).write('{'), 'timeout', true],
    [
      'a body that is cut',
      (response: ServerResponse) => void response.writeHead(200, {'content-length': 99}).write('{', () => response.destroy()),
      'truncated',
      true,
    ],
    ['no answer', () => undefined, 'timeout', true],
    ['a broken connection', (response: ServerResponse) => void response.destroy(), 'truncated', true],
    ['redirects in a circle', (response: ServerResponse) => void response.writeHead(302, {location: '/'}).end(), 'redirect', false],
    ['a redirect to nowhere', (response: ServerResponse) => void response.writeHead(302).end(), 'redirect', false],
    [
      'an encoding that is a lie',
      (response: ServerResponse) => void response.writeHead(200, {'content-encoding': 'gzip'}).end('{}'),
      'encoding',
      true,
    ],
    [
      'half of a gzip',
      (response: ServerResponse) => void response.writeHead(200, {'content-encoding': 'gzip'}).end(gzipSync(DOCUMENT).subarray(0, 20)),
      'truncated',
      true,
    ],
    [
      'an unknown encoding',
      (response: ServerResponse) => void response.writeHead(200, {'content-encoding': 'rot13'}).end('{}'),
      'encoding',
      true,
    ],
    ['404', (response: ServerResponse) => void response.writeHead(404).end(), 'not_found', true],
    ['410', (response: ServerResponse) => void response.writeHead(410).end(), 'not_found', false],
    ['500', (response: ServerResponse) => void response.writeHead(500).end(), 'http_status', true],
    ['nothing', (response: ServerResponse) => void response.end(), 'empty', true],
  ])('%s ends as a reason', async (_, answer, kind, retryable) => {
    const server = await startServer((__, response) => (answer(response), true))
    const outcome = await createFetcher({maxBytes: 100_000, attemptTimeoutMs: 400}).fetch(`${server.url}/`)
    expect(outcome).toMatchObject({ok: false, kind, retryable})
  })

  test.each([
    ['429 and seconds', 429, () => '30'],
    ['503 and a date', 503, () => new Date(Date.now() + 30_999).toUTCString()],
  ])('a host that says by %s when to come back is left alone until then, whatever is asked of it', async (_, status, retryAfter) => {
    const server = await startServer((__, response) => (response.writeHead(status, {'retry-after': retryAfter()}).end(), true))
    const fetcher = createFetcher()
    const first = await fetcher.fetch(`${server.url}/1`)
    expect(first).toMatchObject({kind: status === 429 ? 'rate_limited' : 'http_status', retryable: true})
    const second = await fetcher.fetch(`${server.url}/2`)
    expect(second).toMatchObject({kind: 'rate_limited', retryable: true, reason: expect.stringContaining('asked to be left alone')})
    for (const outcome of [first, second]) expect((outcome as FetchFailure).retryAfterMs).toBeGreaterThan(25_000)
    expect(server.asked).toEqual(['/1'])
  })

  test('one host gets a bounded number of requests at a time', async () => {
    let busy = 0
    let most = 0
    const server = await startServer((_, response) => {
      most = Math.max(most, ++busy)
      setTimeout(() => {
        busy -= 1
        response.end(DOCUMENT)
      }, 10)
      return true
    })
    const fetcher = createFetcher({perHost: 3})
    const outcomes = await Promise.all(Array.from({length: 20}, (_, i) => fetcher.fetch(`${server.url}/${i}`)))
    expect([outcomes.every(({ok}) => ok), most]).toEqual([true, 3])
  })

  test('a caller who gives up, and closing, end what is under way', async () => {
    const server = await startServer(() => true)
    const fetcher = createFetcher()
    const giveUp = new AbortController()
    const first = fetcher.fetch(`${server.url}/1`, {signal: giveUp.signal})
    const second = fetcher.fetch(`${server.url}/2`)
    giveUp.abort()
    expect(await first).toMatchObject({ok: false, kind: 'aborted', retryable: true})
    await fetcher.close()
    expect(await second).toMatchObject({ok: false, kind: 'aborted', reason: 'the fetcher is closed'})
    expect(await fetcher.fetch(`${server.url}/3`)).toMatchObject({ok: false, kind: 'aborted'})
  })

  test('a refused connection and an unknown name can be tried again', async () => {
    const server = await startDocumentGateway()
    await server.stop()
    expect(await createFetcher().fetch(server.url)).toMatchObject({kind: 'connect', retryable: true})
    const lookup: LookupFunction = (_, __, callback) => callback(Object.assign(new Error('no'), {code: 'ENOTFOUND'}), '', 0)
    expect(await createFetcher({allowPrivateAddresses: false, lookup}).fetch('https://nowhere.example/')).toMatchObject({
      kind: 'dns',
      retryable: true,
    })
  })
})

describe('Arweave and commitments', () => {
  test('an Arweave document comes from any of its gateways', async () => {
    const [away, good] = await Promise.all([startServer(), startServer()])
    away.behave('unavailable')
    good.serve(ARWEAVE_ID, {plain: Buffer.from(DOCUMENT)})
    const fetcher = createFetcher({arweaveGateways: [away.url, good.url], allowPrivateAddresses: false})
    for (const uri of [`ar://${ARWEAVE_ID}`, `https://arweave.net/${ARWEAVE_ID}`])
      expect(await fetcher.fetch(uri)).toMatchObject({ok: true, gateway: good.url, verdict: 'unverifiable', finalUrl: `ar://${ARWEAVE_ID}`})
  })

  test('an Arweave document is proven by the transaction that its id names; a gateway that serves another is named', async () => {
    const {document, transactions} = JSON.parse(readFileSync(join(__dirname, '../fixtures/documents/arweave.json'), 'utf8'))
    const {id} = transactions[0]
    const [liar, good] = await Promise.all([startServer(), startServer()])
    for (const server of [liar, good]) server.serve(`tx/${id}`, {plain: Buffer.from(JSON.stringify(transactions[0]))})
    liar.serve(id, {plain: Buffer.from(document.replace('On Arweave', 'Off it'))})
    good.serve(id, {plain: Buffer.from(document)})
    const outcome = await createFetcher({arweaveGateways: [liar.url, good.url], hedgeMs: 10_000}).fetch(`ar://${id}`)
    expect(outcome).toMatchObject({
      ...{ok: true, gateway: good.url, verdict: 'verified', bytes: Buffer.from(document)},
      attempts: [
        {gateway: liar.url, kind: 'dishonest_gateway'},
        {gateway: good.url, kind: null},
      ],
    })
  })

  test('without a gateway there is none to ask', async () => {
    expect(await createFetcher().fetch(`ar://${ARWEAVE_ID}`)).toMatchObject({ok: false, kind: 'no_gateway'})
  })

  test('a hash on chain decides about a mutable document', async () => {
    const server = await startServer((_, response) => (response.end(DOCUMENT), true))
    const commitment = {algorithm: 'sha256', digest: '0x7b9bc2a1e1d4b9f2b0a3f0d3c1e7ab3d5ee0e5b7c0a37e9fae2f4a2d2c2a1b00'} as const
    const fetcher = createFetcher()
    const other = await fetcher.fetch(server.url, {commitment})
    expect(other).toMatchObject({ok: true, verdict: 'mismatched'})
    const digest = /is (0x[0-9a-f]{64}),/.exec(other.reason)?.[1] as `0x${string}`
    expect(await fetcher.fetch(server.url, {commitment: {algorithm: 'sha256', digest}})).toMatchObject({verdict: 'verified'})
  })
})

function endless(response: ServerResponse): void {
  const more = () => response.destroyed || response.write(Buffer.alloc(65_536, 32), () => setImmediate(more))
  more()
}
