import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {resolve} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {createDocumentFetcher, type DocumentFetcherOptions} from '../../src/metadata/fetch/createDocumentFetcher'
import {type Conduct, type DocumentGateway, startDocumentGateway} from '../support/documentGateway'

const FIXTURES = resolve(__dirname, '../fixtures/documents/ipfs')
const car = (name: string): Buffer => readFileSync(`${FIXTURES}/${name}.car`)
const DIRECTORY = 'bafybeihchr7vmgjaasntayyatmp5sv6xza57iy2h4xj7g46bpjij6yhrmy'
const MISSING = 'QmYhmPjhFjYFyaoiuNzYv8WGavpSRDwdHWe5B4M5du5Rtk'
const HELLO = 'bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function startGateways(...conducts: readonly Conduct[]): Promise<readonly DocumentGateway[]> {
  return Promise.all(
    conducts.map(async (conduct) => {
      const gateway = await startDocumentGateway()
      closing.push(gateway.stop)
      gateway.behave(conduct)
      const hello = Buffer.from('hello world\n')
      gateway.serve(DIRECTORY, {car: car('dir-with-files'), plain: hello, mediaType: 'text/plain'})
      gateway.serve(MISSING, {car: car('missing-block'), plain: Buffer.alloc(3072)})
      gateway.serve(HELLO, {raw: hello, plain: hello, mediaType: 'text/plain'})
      return gateway
    }),
  )
}

function fetcherOf(gateways: readonly DocumentGateway[], options: Partial<DocumentFetcherOptions> = {}) {
  const fetcher = createDocumentFetcher({
    ipfsGateways: gateways.map(({url}) => url),
    arweaveGateways: [],
    allowPrivateAddresses: false,
    attemptTimeoutMs: 1_000,
    hedgeMs: 100,
    ...options,
  })
  closing.push(fetcher.close)
  return fetcher
}

const textOf = (outcome: Readonly<{ok: boolean; bytes?: Uint8Array}>): string | null =>
  outcome.bytes ? Buffer.from(outcome.bytes).toString() : null

describe('a document on IPFS', () => {
  test.each([
    ['a file in a directory', `ipfs://${DIRECTORY}/hello.txt`, 'hello world\n'],
    ['the doubled scheme', `ipfs://ipfs/${DIRECTORY}/hello.txt`, 'hello world\n'],
    ['a path gateway', `https://unreachable.invalid/ipfs/${DIRECTORY}/ascii.txt?filename=x`, 'hello application/vnd.ipld.car\n'],
    ['a subdomain gateway', `https://${DIRECTORY}.ipfs.unreachable.invalid/ascii.txt`, 'hello application/vnd.ipld.car\n'],
    ['a raw block', `ipfs://${HELLO}`, 'hello world\n'],
    ['a bare CID', HELLO, 'hello world\n'],
  ])('%s is verified block by block', async (_, uri, text) => {
    const gateways = await startGateways('honest')
    const outcome = await fetcherOf(gateways).fetch(uri)
    expect(outcome).toMatchObject({ok: true, verdict: 'verified', gateway: gateways[0]?.url, reason: 'every block matches its CID'})
    expect(textOf(outcome)).toBe(text)
  })

  test('a file of several blocks comes whole', async () => {
    const outcome = await fetcherOf(await startGateways('honest')).fetch(`ipfs://${DIRECTORY}/multiblock.txt`)
    expect(textOf(outcome)).toMatch(/^Lorem ipsum.*amet[.]\s*$/s)
    expect(textOf(outcome)).toHaveLength(1026)
  })

  test('names with percent signs and letters of other languages are found', async () => {
    const [gateway] = await startGateways('honest')
    const root = 'bafybeig675grnxcmshiuzdaz2xalm6ef4thxxds6o6ypakpghm5kghpc34'
    gateway?.serve(root, {car: car('percent-encoded-name')})
    const uri = `ipfs://${root}/${encodeURIComponent('Portugal%2C+España=Peninsula Ibérica.txt')}`
    const outcome = await fetcherOf(gateway ? [gateway] : []).fetch(uri)
    expect([outcome.ok, textOf(outcome)]).toEqual([true, 'hello from a percent encoded filename\n'])
  })

  test('an identity CID is read without asking anybody', async () => {
    const digest = Buffer.from('{"name":"in the CID"}')
    const {CID} = await import('multiformats/cid')
    const {create} = await import('multiformats/hashes/digest')
    const cid = CID.createV1(0x55, create(0, digest)).toString()
    expect(await fetcherOf([]).fetch(`ipfs://${cid}`)).toMatchObject({
      ok: true,
      verdict: 'verified',
      gateway: null,
      attempts: [],
      mediaType: 'application/json',
    })
  })
})

describe('[INV-8] gateways that fail', () => {
  test.each([
    ['lies', 'dishonest_gateway'],
    ['stalls', 'aborted'],
    ['breaks-off', 'truncated'],
    ['cuts', 'truncated'],
    ['unavailable', 'http_status'],
  ] as const)('one that %s is named, and another answers', async (conduct, kind) => {
    const [bad, good] = await startGateways(conduct, 'honest')
    if (!bad || !good) throw new Error('no gateways')
    const outcome = await fetcherOf([bad, good], {hedgeMs: kind === 'aborted' ? 100 : 10_000, attemptTimeoutMs: 10_000}).fetch(
      `ipfs://${DIRECTORY}/hello.txt`,
    )
    expect(outcome).toMatchObject({ok: true, verdict: 'verified', gateway: good.url})
    expect(bad.asked).toHaveLength(1)
    const told = outcome.attempts.filter(({gateway}) => gateway === bad.url).map((attempt) => attempt.kind)
    expect(told).toEqual([kind])
  })

  test.each([
    ['lies', 'dishonest_gateway'],
    ['stalls', 'timeout'],
    ['breaks-off', 'truncated'],
    ['cuts', 'truncated'],
    ['unavailable', 'http_status'],
  ] as const)('when the only one %s, there is a reason and no document', async (conduct, kind) => {
    const outcome = await fetcherOf(await startGateways(conduct)).fetch(`ipfs://${DIRECTORY}/hello.txt`)
    expect(outcome).toMatchObject({ok: false, kind, retryable: true})
    expect(outcome.attempts).toMatchObject([{kind}])
  })

  test('one that stalls is waited for once, and then asked last', async () => {
    const [silent, good] = await startGateways('stalls', 'honest')
    if (!silent || !good) throw new Error('no gateways')
    const fetcher = fetcherOf([silent, good], {attemptTimeoutMs: 10_000})
    for (let i = 0; i < 4; i++) expect(await fetcher.fetch(`ipfs://${DIRECTORY}/hello.txt`)).toMatchObject({ok: true, gateway: good.url})
    expect([silent.asked.length, good.asked.length]).toEqual([1, 4])
  })

  test('one that lies only sometimes never gets a lie through, and is asked last', async () => {
    const [liar, good] = await startGateways('sometimes-lies', 'honest')
    if (!liar || !good) throw new Error('no gateways')
    const fetcher = fetcherOf([liar, good])
    for (let i = 0; i < 6; i++) {
      const outcome = await fetcher.fetch(`ipfs://${DIRECTORY}/hello.txt`)
      expect([outcome.ok, textOf(outcome)]).toEqual([true, 'hello world\n'])
    }
    expect([liar.asked.length, good.asked.length]).toEqual([1, 6])
  })

  test('a lie about a raw block is caught, also by a gateway that serves no blocks', async () => {
    const outcome = await fetcherOf(await startGateways('lies-plainly')).fetch(`ipfs://${HELLO}`)
    expect(outcome).toMatchObject({ok: false, kind: 'dishonest_gateway'})
  })

  test('without blocks the verdict is unverifiable, for a path, and verified for a raw block', async () => {
    const fetcher = fetcherOf(await startGateways('no-blocks'))
    expect(await fetcher.fetch(`ipfs://${DIRECTORY}/hello.txt`)).toMatchObject({
      ok: true,
      verdict: 'unverifiable',
      reason: 'no gateway served the blocks that would prove it',
    })
    expect(await fetcher.fetch(`ipfs://${HELLO}`)).toMatchObject({ok: true, verdict: 'verified'})
  })

  test('a CAR that lacks a block is truncated; a directory, a name that is not in it and a symbolic link are no file, for good', async () => {
    const [gateway] = await startGateways('honest')
    if (!gateway) throw new Error('no gateway')
    const links = 'QmWvY6FaqFMS89YAQ9NAPjVP4WZKA1qbHbicc9HeSKQTgt'
    gateway.serve(links, {car: car('symlink')})
    const fetcher = fetcherOf([gateway])
    const kinds = await Promise.all(
      [MISSING, DIRECTORY, `${DIRECTORY}/nothing.json`].map(async (place) => {
        const outcome = await fetcher.fetch(`ipfs://${place}`)
        return outcome.ok ? 'document' : [outcome.kind, outcome.retryable]
      }),
    )
    expect(kinds).toEqual([
      ['truncated', true],
      ['not_a_file', false],
      ['not_found', false],
    ])
  })

  test('a small graph that unfolds without end costs bounded work', async () => {
    const [gateway] = await startGateways('honest')
    if (!gateway) throw new Error('no gateway')
    const {root, bytes} = await buildUnfolding(9, 12)
    gateway.serve(root, {car: bytes})
    const outcome = await fetcherOf([gateway], {attemptTimeoutMs: 20_000}).fetch(`ipfs://${root}`)
    expect(outcome.ok ? 'document' : outcome.kind).toMatch(/not_a_file|too_large/)
  })
})

/** Each node links `width` times to the next; the leaf is empty: nothing comes out, and width^depth reads. */
async function buildUnfolding(depth: number, width: number): Promise<Readonly<{root: string; bytes: Buffer}>> {
  const [{CID}, {create}, pb, {CarWriter}] = await Promise.all([
    import('multiformats/cid'),
    import('multiformats/hashes/digest'),
    import('@ipld/dag-pb'),
    import('@ipld/car/writer'),
  ])
  const hash = (bytes: Uint8Array) => CID.createV1(pb.code, create(18, createHash('sha256').update(bytes).digest()))
  // `as never` below: two copies of multiformats are installed, one class each.
  // UnixFS: type file, file size, block sizes of the children: one byte each where there is none.
  const unixfs = (size: number, children: number) =>
    Buffer.from([8, 2, 24, ...varint(size), ...Array.from({length: children}, () => [32, ...varint(size / children)]).flat()])
  let block = pb.encode(pb.prepare({Data: unixfs(0, 0), Links: []}))
  const blocks = [block]
  for (let level = 1; level <= depth; level++) {
    const child = hash(block)
    block = pb.encode(
      pb.prepare({
        Data: unixfs(width ** level, width),
        Links: Array.from({length: width}, () => ({Hash: child as never, Name: '', Tsize: 0})),
      }),
    )
    blocks.push(block)
  }
  const root = hash(block)
  const {writer, out} = CarWriter.create([root as never])
  const collected = (async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of out) chunks.push(chunk)
    return Buffer.concat(chunks)
  })()
  for (const bytes of blocks) await writer.put({cid: hash(bytes) as never, bytes})
  await writer.close()
  return {root: root.toString(), bytes: await collected}
}

function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...varint(Math.floor(value / 0x80))]
}
