import {createHash} from 'node:crypto'
import {readFileSync} from 'node:fs'
import type {LookupFunction} from 'node:net'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {Pool} from 'pg'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {abiText, startContractNode, tokenIdOf} from '../support/contractNode'
import {startDocumentGateway} from '../support/documentGateway'
import {carOfFile} from '../support/ipfsFile'
import {createMetadataChain, tokenKey} from '../support/metadataChain'
import {startMetadataWorker, until} from '../support/metadataWorker'
import {startPostgres, type TestPostgres} from '../support/postgres'

const read = (path: string): Buffer => readFileSync(join(__dirname, '../fixtures/documents', path))
const readJson = <T>(path: string): T => JSON.parse(read(path).toString()) as T

type Work = Readonly<{frame: number; uri: string; document: Readonly<{name: string; image: string; tags: readonly string[]}>}>
const WORKS = gunzipSync(read('lost-robbies.jsonl.gz'))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Work)
const SSRF = readJson<readonly string[]>('ssrf.json').filter((payload) => !payload.includes('//1.1.1.1'))
const NAUGHTY = readJson<readonly string[]>('naughty-strings.json')
const SUITE = Object.entries(readJson<Readonly<Record<string, string>>>('json-suite.json'))
const REAL = readJson<readonly string[]>('token-uris.json')
const DIRECTORY = 'bafybeihchr7vmgjaasntayyatmp5sv6xza57iy2h4xj7g46bpjij6yhrmy'
const MISSING = 'QmYhmPjhFjYFyaoiuNzYv8WGavpSRDwdHWe5B4M5du5Rtk'
const CARS = [`${DIRECTORY}/hello.txt`, `${DIRECTORY}/multiblock.txt`, DIRECTORY, `${DIRECTORY}/nothing.json`, MISSING]

/** An Arweave id that names nothing but its text. */
const idOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  ssrf: SSRF,
  naughty: NAUGHTY,
  naughtyNames: NAUGHTY.map((name) => `data:application/json,${encodeURIComponent(JSON.stringify({name}))}`),
  suite: SUITE.map(([name]) => `ar://${idOf(name)}`),
  cars: CARS.map((place) => `ipfs://${place}`),
  real: REAL,
  works: WORKS.map(({uri}) => uri),
}
const URIS = Object.values(GROUPS).flat()

type Ended = Readonly<{
  uri: string
  failure_kind: string | null
  failure_reason: string | null
  verdict: string | null
  failure: string | null
  notes: readonly string[] | null
  attempts: readonly Readonly<{gateway: string; kind: string | null}>[]
  view: Readonly<{name: {value: string} | null; image: {value: string} | null}> | null
}>
let postgres: TestPostgres
let pool: Pool
const ended: Record<string, readonly Ended[]> = {}
const reached: string[] = []

/** Every name leads to this machine: whoever follows it is caught by an address that nobody may reach. */
const home: LookupFunction = (_, __, callback) => callback(null, [{address: '127.0.0.1', family: 4}])

beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createMigrated('conformance')
  pool = new Pool({connectionString: url, max: 4})
  const chain = await createMetadataChain(pool)
  await chain.mineBlock(1)
  await chain.addCollection(URIS.length)
  const gateway = await startDocumentGateway((path) => {
    reached.push(path)
    return false
  })
  for (const [name, bytes] of SUITE) gateway.serve(idOf(name), {plain: Buffer.from(bytes, 'base64')})
  gateway.serve(DIRECTORY, {car: read('ipfs/dir-with-files.car')})
  gateway.serve(MISSING, {car: read('ipfs/missing-block.car')})
  for (const {uri, document} of WORKS) gateway.serve(cidOf(uri), await carOfFile(Buffer.from(JSON.stringify(document))))
  const node = await startContractNode((asked) => (asked.data.length > 10 ? abiText(uriOf(tokenIdOf(asked))) : 'revert'))
  const worker = startMetadataWorker({
    ...{url, nodeUrl: node.url, worker: {concurrency: 64, backgroundPerSecond: 5_000}},
    fetcher: {...gatewaysAt(gateway.url), allowPrivateAddresses: false, lookup: home, attemptTimeoutMs: 20_000, totalTimeoutMs: 40_000},
  })
  try {
    const tried = 'SELECT count(*)::int AS n FROM metadata_subject WHERE token_id IS NOT NULL AND tried_at IS NOT NULL'
    await until(
      async () => (await pool.query(tried)).rows[0].n,
      (n) => n === URIS.length,
      100_000,
    )
  } finally {
    await worker.stop()
    await node.stop()
    await gateway.stop()
  }
  await readEnds()
})
afterAll(async () => {
  await pool.end()
  await postgres.stop()
})

const uriOf = (tokenId: bigint): string => URIS[Number(tokenId) - 1] ?? ''
const cidOf = (uri: string): string => uri.split('/').at(-1) ?? ''
const gatewaysAt = (url: string) => ({ipfsGateways: [url], arweaveGateways: [url]})

/** What is stored of each, in the order of its group. */
async function readEnds(): Promise<void> {
  const {rows} = await pool.query<Ended & {id: string}>(
    `SELECT s.id, s.failure_kind, s.failure_reason, s.verdict, s.attempts, d.failure, d.notes, d.view FROM metadata_subject s
     LEFT JOIN metadata_version v ON v.id = s.version_id LEFT JOIN metadata_document d ON d.hash = v.document_hash`,
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  let tokenId = 0
  for (const [group, uris] of Object.entries(GROUPS))
    ended[group] = uris.map((uri) => ({...(found.get(tokenKey(++tokenId)) as Ended), uri}))
}
/** A host that was refused five times in a row is not tried again for a while. */
const isLeftAlone = ({failure_reason: reason}: Ended): boolean => /in a row, and is left alone$/.test(reason ?? '')
const of = (group: string): readonly Ended[] => ended[group] ?? []

test('[INV-8] every one of two thousand hostile and real URIs and documents ends as a version with a verdict, or as a stored reason', () => {
  const all = Object.values(ended).flat()
  expect(all).toHaveLength(URIS.length)
  expect(all.filter(({failure_kind: kind, failure_reason: reason, verdict}) => (kind === null ? verdict === null : !reason))).toEqual([])
})

test('[INV-8] no payload of server-side request forgery is followed: each is refused, by kind', () => {
  const refusals = ['refused_address', 'refused_port', 'credentials', 'invalid_uri', 'unsupported_scheme']
  expect(of('ssrf').filter((end) => !refusals.includes(end.failure_kind ?? '') && !isLeftAlone(end))).toEqual([])
  expect(of('ssrf').filter(({attempts}) => attempts.some(({kind}) => kind === null))).toEqual([])
  // The gateway listens where all names lead: nothing but what it was asked for as a gateway came there.
  expect(reached.filter((path) => !/^[/](ipfs[/]|(tx[/])?[A-Za-z0-9_-]{43}([/]|$))/.test(path))).toEqual([])
})

test('strings that programs stumble over are no URIs, and are names as they stand', () => {
  expect(of('naughty').filter(({failure_kind: kind, verdict}) => kind === null && verdict !== 'verified')).toEqual([])
  const names = of('naughtyNames').map(({view}) => view?.name?.value ?? '')
  const storable = NAUGHTY.map((text) => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD').trim())
  expect(names).toEqual(storable)
})

describe('the JSON suite', () => {
  const named = (prefix: string) => of('suite').filter((_, i) => SUITE[i]?.[0].startsWith(prefix))

  test('what every parser must take is a document', () => {
    expect(named('y_').length).toBeGreaterThan(90)
    expect(named('y_').filter(({verdict, failure}) => verdict !== 'unverifiable' || failure !== null)).toEqual([])
  })
  test('what every parser must refuse is a version that says why, but for the control characters that contracts write', () => {
    expect(named('n_').length).toBeGreaterThan(180)
    const taken = named('n_').filter(({failure, failure_kind: kind}) => failure === null && kind === null)
    expect(new Set(taken.flatMap(({notes}) => notes ?? ['nothing']))).toEqual(new Set(['control_characters', 'nul_replaced']))
  })
})

test('the CARs of the gateways’ conformance suite: files are verified; directories, names that are not there and missing blocks are reasons', () => {
  expect(of('cars').map(({failure_kind: kind, verdict}) => kind ?? verdict)).toEqual([
    'verified',
    'verified',
    'not_a_file',
    'not_found',
    'truncated',
  ])
})

test('real token URIs end as documents where they are on the chain, and as the reason why not elsewhere', () => {
  const counts: Record<string, number> = {}
  for (const {failure_kind: kind, verdict} of of('real')) counts[kind ?? verdict ?? ''] = (counts[kind ?? verdict ?? ''] ?? 0) + 1
  const {refused_address = 0, connect = 0, ...others} = counts
  expect(of('real').filter((end) => end.failure_kind === 'connect' && !isLeftAlone(end))).toEqual([])
  expect({unreachable: refused_address + connect, ...others}).toEqual({
    verified: 12,
    unreachable: 47,
    // Of IPFS and Arweave: the gateway of this test has none of them.
    not_found: 30,
    invalid_uri: 5,
    empty: 3,
  })
})

test('three hundred works of 2018 are still what was minted: each document has the CID that its mint committed to', () => {
  expect(of('works').map(({verdict, view}) => [verdict, view?.name?.value, view?.image?.value])).toEqual(
    WORKS.map(({document}) => ['verified', document.name, document.image]),
  )
})
