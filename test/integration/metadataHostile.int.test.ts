import {Pool} from 'pg'
import {beforeEach, expect, test} from 'vitest'
import {abiText, startContractNode, tokenIdOf} from '../support/contractNode'
import {startDocumentGateway} from '../support/documentGateway'
import {carOfFile} from '../support/ipfsFile'
import {createMetadataChain, type MetadataChain, tokenKey} from '../support/metadataChain'
import {startMetadataWorker, until} from '../support/metadataWorker'
import {useMigratedDatabases} from '../support/migratedDatabases'

const HELLO = 'bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4'
let pool: Pool
const databases = useMigratedDatabases()
let chain: MetadataChain

beforeEach(async () => {
  pool = new Pool({connectionString: databases.url, max: 4})
  chain = await createMetadataChain(pool)
  await chain.mineBlock(1)
  return () => pool.end()
})

type Ended = Readonly<{
  failure_kind: string | null
  verdict: string | null
  failure: string | null
  notes: string[] | null
  attempts: {gateway: string; kind: string | null}[]
  view: object | null
}>

/** Reads the tokens whose URIs these are, and answers what is stored of each. */
async function readAll(uris: readonly string[], fetcher = {}): Promise<readonly Ended[]> {
  await chain.addCollection(uris.length)
  const node = await startContractNode((asked) => (asked.data.length > 10 ? abiText(uris[Number(tokenIdOf(asked)) - 1] ?? '') : 'revert'))
  const worker = startMetadataWorker({
    url: databases.url,
    nodeUrl: node.url,
    fetcher: {attemptTimeoutMs: 10_000, totalTimeoutMs: 20_000, ...fetcher},
  })
  try {
    const tried = 'SELECT count(*)::int AS n FROM metadata_subject WHERE token_id IS NOT NULL AND tried_at IS NOT NULL'
    await until(
      async () => (await pool.query(tried)).rows[0].n,
      (n) => n === uris.length,
    )
  } finally {
    await worker.stop()
    await node.stop()
  }
  const {rows} = await pool.query<Ended & {id: string}>(
    `SELECT s.id, s.failure_kind, s.verdict, s.attempts, d.failure, d.notes, d.view FROM metadata_subject s
     LEFT JOIN metadata_version v ON v.id = s.version_id LEFT JOIN metadata_document d ON d.hash = v.document_hash`,
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  return uris.map((_, i) => found.get(tokenKey(i + 1)) as Ended)
}

test('[INV-8] bombs, NUL, lone surrogates, floods of attributes, scripts and false charsets each end as a stored reason', async () => {
  const bodies: Readonly<Record<string, Buffer>> = {
    bomb: Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    nul: Buffer.from('{"name":"a\\u0000b","description":"\\ud83d"}'),
    flood: Buffer.from(`{"attributes":[${Array(300_000).fill('{"trait_type":"t","value":"0123456789012345678901234567890"}').join()}]}`),
    script: Buffer.from(JSON.stringify({image: `data:image/svg+xml,${encodeURIComponent('<svg><script>alert(1)</script></svg>')}`})),
    latin: Buffer.from('{"name":"caf\u00e9"}', 'latin1'),
    page: Buffer.from('<!doctype html><p>soon'),
    nothing: Buffer.alloc(0),
  }
  const web = await startDocumentGateway((path, response) => {
    response.writeHead(200, {'content-type': 'application/json; charset=utf-8'}).end(bodies[path.slice(1)])
    return true
  })
  const names = Object.keys(bodies)
  const ended = await readAll(names.map((name) => `${web.url}/${name}`)).finally(web.stop)
  const of = (name: string) => ended[names.indexOf(name)] as Ended
  expect([of('bomb').failure, of('page').failure]).toEqual(['too_deep', 'not_json'])
  expect(of('nul').notes).toEqual(['lone_surrogate_replaced', 'nul_replaced'])
  expect(of('nul').view).toMatchObject({name: {value: 'a\uFFFDb'}, description: {value: '\uFFFD'}})
  expect([of('flood').failure_kind, of('nothing').failure_kind]).toEqual(['too_large', 'empty'])
  expect(of('script').view).toMatchObject({problems: [{pointer: '/image', reason: 'svg_script'}]})
  expect(of('latin').notes).toEqual(['invalid_utf8_replaced'])
})

test('a gateway that lies is named, and the other one’s document is the one that is kept; where there is no other, none is', async () => {
  const gateways = await Promise.all([startDocumentGateway(), startDocumentGateway()])
  const hello = Buffer.from('hello world\n')
  const lone = await carOfFile(Buffer.from('{"name":"A lie"}'))
  for (const gateway of gateways) gateway.serve(HELLO, {raw: hello, plain: hello})
  gateways[0].serve(lone.cid, lone)
  gateways[0].behave('lies')
  const uris = [`ipfs://${HELLO}`, `ipfs://${lone.cid}`]
  const [kept, lied] = await readAll(uris, {ipfsGateways: gateways.map((gateway) => gateway.url), hedgeMs: 10_000})
  await Promise.all(gateways.map((gateway) => gateway.stop()))
  expect([kept?.verdict, lied?.verdict, lied?.failure_kind]).toEqual(['verified', null, 'dishonest_gateway'])
  const named = [kept, lied].flatMap((ended) => ended?.attempts ?? []).filter(({kind}) => kind === 'dishonest_gateway')
  expect(new Set(named.map(({gateway}) => gateway))).toEqual(new Set([gateways[0].url]))
})
