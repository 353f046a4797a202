import {readFileSync} from 'node:fs'
import type {ServerResponse} from 'node:http'
import type {LookupFunction} from 'node:net'
import {resolve} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {createDocumentFetcher, type DocumentFetcherOptions} from '../../src/metadata/fetch/createDocumentFetcher'
import {startDocumentGateway} from '../support/documentGateway'

const readJson = (name: string): readonly string[] =>
  JSON.parse(readFileSync(resolve(__dirname, `../fixtures/documents/${name}.json`), 'utf8'))
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

/** Every name leads to the given addresses. */
const leadsTo =
  (...addresses: readonly string[]): LookupFunction =>
  (_, __, callback) =>
    callback(
      null,
      addresses.map((address) => ({address, family: address.includes(':') ? 6 : 4})),
    )

describe('[INV-8] what a URI may not reach', () => {
  test('none of the known payloads gets a connection, whatever its names lead to', async () => {
    const fetcher = createFetcher({allowPrivateAddresses: false, lookup: leadsTo('127.0.0.1')})
    const payloads = readJson('ssrf').filter((payload) => !payload.includes('//1.1.1.1'))
    payloads.push('http://user@example.com/', 'https://user:password@example.com:443/')
    const outcomes = await Promise.all(payloads.map(async (payload) => [payload, await fetcher.fetch(payload)] as const))
    const refusals = ['refused_address', 'refused_port', 'credentials', 'invalid_uri', 'unsupported_scheme']
    expect(outcomes.filter(([, outcome]) => outcome.ok || outcome.retryable || !refusals.includes(outcome.kind))).toEqual([])
    expect(new Set(outcomes.map(([, outcome]) => (outcome.ok ? '' : outcome.kind)))).toEqual(new Set(refusals))
  })

  test.each([
    ['one private address among public ones', ['93.184.215.14', '10.0.0.1']],
    ['the metadata service of a cloud', ['169.254.169.254']],
    ['the same by IPv6', ['fd00:ec2::254']],
    ['carrier-grade NAT', ['100.100.100.200']],
    ['NAT64', ['64:ff9b::7f00:1']],
    ['6to4 around loopback', ['2002:7f00:1::']],
    ['mapped loopback', ['::ffff:127.0.0.1']],
  ])('a name that leads to %s', async (_, addresses) => {
    const fetcher = createFetcher({allowPrivateAddresses: false, lookup: leadsTo(...addresses)})
    expect(await fetcher.fetch('http://metadata.example/1.json')).toMatchObject({ok: false, kind: 'refused_address', retryable: false})
  })

  test('a name that leads outside when it is first looked up, and inside when it is next', async () => {
    let times = 0
    const lookup: LookupFunction = (_, __, callback) =>
      callback(null, [{address: times++ === 0 ? '93.184.215.14' : '127.0.0.1', family: 4}])
    const fetcher = createFetcher({allowPrivateAddresses: false, lookup, attemptTimeoutMs: 300})
    await fetcher.fetch('http://rebound.example:8080/1.json')
    expect(await fetcher.fetch('http://rebound.example:8080/1.json')).toMatchObject({ok: false, kind: 'refused_address'})
    expect(times).toBe(2)
  })

  test('a redirect leads no further than a URI would', async () => {
    const inside = await startServer((_, response) => (response.end(DOCUMENT), true))
    const targets: Readonly<Record<string, string>> = {
      [ARWEAVE_ID]: `${inside.url}/secret`,
      ['a'.repeat(43)]: 'http://169.254.169.254/latest/meta-data/',
      ['b'.repeat(43)]: 'http://localhost/secret',
      ['c'.repeat(43)]: 'file:///etc/passwd',
      ['d'.repeat(43)]: 'http://user:password@example.com/',
    }
    const gateway = await startServer((path, response) => (response.writeHead(302, {location: targets[path.slice(1)] ?? ''}).end(), true))
    const fetcher = createFetcher({allowPrivateAddresses: false, arweaveGateways: [gateway.url]})
    const outcomes = await Promise.all(Object.keys(targets).map((id) => fetcher.fetch(`ar://${id}`)))
    expect(outcomes.map((outcome) => (outcome.ok ? 'document' : outcome.kind))).toEqual([
      'refused_port',
      'refused_address',
      'refused_address',
      'redirect',
      'credentials',
    ])
    expect(inside.asked).toEqual([])
  })

  test('real addresses, and what is none, end in a document or a reason', async () => {
    const fetcher = createFetcher({allowPrivateAddresses: false, lookup: leadsTo('127.0.0.1')})
    const outcomes = await Promise.all(readJson('token-uris').map((uri) => fetcher.fetch(uri)))
    const counts: Record<string, number> = {}
    for (const outcome of outcomes)
      counts[outcome.ok ? outcome.mediaType : outcome.kind] = (counts[outcome.ok ? outcome.mediaType : outcome.kind] ?? 0) + 1
    expect(counts).toMatchInlineSnapshot(`
      {
        "application/json": 8,
        "empty": 3,
        "image/svg+xml": 4,
        "invalid_uri": 5,
        "no_gateway": 13,
        "refused_address": 64,
      }
    `)
  })

  test('every naughty string ends in a typed outcome', async () => {
    const fetcher = createFetcher({allowPrivateAddresses: false, lookup: leadsTo('127.0.0.1')})
    const strings = readJson('naughty-strings')
    const outcomes = await Promise.all(
      strings.flatMap((text) => [text, `data:,${text}`, `ipfs://${text}`]).map((uri) => fetcher.fetch(uri)),
    )
    expect(outcomes).toHaveLength(strings.length * 3)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === '')).toEqual([])
  })
})
