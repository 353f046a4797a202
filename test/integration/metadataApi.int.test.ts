import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {askOf, assetId, handlerOver} from '../support/apiUnderTest'
import {type Answer, type Asked, abiText, type ContractNode, startContractNode, tokenIdOf} from '../support/contractNode'
import {startDocumentGateway} from '../support/documentGateway'
import {CHAIN} from '../support/filledDatabase'
import {collectionKey, createMetadataChain, type MetadataChain, tokenKey} from '../support/metadataChain'
import {startMetadataWorker, until} from '../support/metadataWorker'
import {startPostgres, type TestPostgres} from '../support/postgres'

let postgres: TestPostgres
let pool: Pool
let chain: MetadataChain
let node: ContractNode
let worker: ReturnType<typeof startMetadataWorker>
let api: ReturnType<typeof handlerOver>
let contract: (asked: Asked) => Answer
const json = (value: unknown) => abiText(`data:application/json,${JSON.stringify(value)}`)

beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createMigrated('api')
  pool = new Pool({connectionString: url, max: 6})
  api = handlerOver(pool)
  chain = await createMetadataChain(pool)
  contract = (asked) =>
    tokenIdOf(asked) === 3n
      ? 'revert'
      : json({name: `Work ${tokenIdOf(asked)}`, model: 'aurora', attributes: [{trait_type: 'Hue', value: 7}]})
  node = await startContractNode((asked) => contract(asked))
  await chain.mineBlock(1)
  await chain.addCollection(4)
  worker = startMetadataWorker({url, nodeUrl: node.url, worker: {backgroundPerSecond: 0}})
})
afterAll(async () => {
  await worker.stop()
  await node.stop()
  await pool.end()
  await postgres.stop()
})

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
async function ask(query: string): Promise<any> {
  const {data, errors} = await askOf(api, query)
  expect(errors).toBeUndefined()
  return data
}
const asset = async (tokenId: number, fields: string) => (await ask(`{ asset(id: "${assetId(tokenKey(tokenId))}") { ${fields} } }`)).asset

test('who looks at metadata that nobody has read has it read', async () => {
  expect(await asset(1, 'metadata { name } metadataHealth { state queued }')).toEqual({
    metadata: null,
    metadataHealth: {state: 'UNREAD', queued: false},
  })
  const seen = await until(
    () =>
      asset(
        1,
        'metadata { name image model verdict staleSince attributes { trait value pointer } sources { field pointer } document sinceMint { status } } metadataHealth { state failures }',
      ),
    ({metadata}) => metadata !== null,
  )
  expect(seen).toEqual({
    metadata: {
      name: 'Work 1',
      image: null,
      model: 'aurora',
      verdict: 'VERIFIED',
      staleSince: null,
      attributes: [{trait: 'Hue', value: 7, pointer: '/attributes/0/value'}],
      sources: [
        {field: 'name', pointer: '/name'},
        {field: 'model', pointer: '/model'},
      ],
      document: {name: 'Work 1', model: 'aurora', attributes: [{trait_type: 'Hue', value: 7}]},
      sinceMint: {status: 'UNCHANGED'},
    },
    metadataHealth: {state: 'FRESH', failures: 0},
  })
})

test('is it still what was minted? Not after the contract answers something else; the versions say what changed', async () => {
  await until(
    () => asset(2, 'metadata { name }'),
    ({metadata}) => metadata !== null,
  )
  contract = () => json({name: 'Another', model: 'aurora'})
  await chain.change(2, {from: 0, to: null})
  await chain.mineBlock(2)
  const stale = await asset(2, 'metadata { name staleSince } metadataHealth { state }')
  expect(stale.metadata.staleSince).not.toBeNull()
  expect(stale.metadataHealth.state).toBe('STALE')
  const {metadata, metadataHistory} = await until(
    () =>
      asset(
        2,
        'metadata { name staleSince sinceMint { status reason mintUri minted { name blockNumber } } } metadataHistory(first: 1) { totalCount pageInfo { hasNextPage endCursor } nodes { name verdict blockNumber metadataUpdateId } }',
      ),
    ({metadata}) => metadata.name === 'Another',
  )
  expect(metadata).toMatchObject({staleSince: null, sinceMint: {status: 'CHANGED', minted: {name: 'Work 2', blockNumber: 1}}})
  expect(metadataHistory).toMatchObject({
    totalCount: 2,
    pageInfo: {hasNextPage: true},
    nodes: [{name: 'Another', verdict: 'VERIFIED', blockNumber: 2}],
  })
  expect(metadataHistory.nodes[0].metadataUpdateId).toContain('0000000002')
  const second = await asset(
    2,
    `metadataHistory(first: 1, after: "${metadataHistory.pageInfo.endCursor}") { pageInfo { hasNextPage } nodes { name metadataUpdateId asMinted } }`,
  )
  expect(second.metadataHistory).toEqual({
    pageInfo: {hasNextPage: false},
    nodes: [{name: 'Work 2', metadataUpdateId: null, asMinted: true}],
  })
})

test('why is it missing? The reason, and the next try', async () => {
  contract = () => 'revert'
  const {metadata, metadataHealth} = await until(
    () => asset(3, 'metadata { name } metadataHealth { state failure failureReason failures nextTryAt triedAt }'),
    ({metadataHealth: {state}}) => state === 'FAILING',
  )
  expect(metadata).toBeNull()
  expect(metadataHealth).toMatchObject({
    failure: 'reverted',
    failureReason: 'the contract reverts when it is asked for the URI',
    failures: 1,
  })
  expect(Date.parse(metadataHealth.nextTryAt)).toBeGreaterThan(Date.now() + 60_000)
})

test('every attempt is told: whom it was, what they answered and why it failed', async () => {
  const web = await startDocumentGateway((_, response) => (response.writeHead(503).end(), true))
  contract = () => abiText(`${web.url}/4.json`)
  const {metadataHealth} = await until(
    () => asset(4, 'metadata { name } metadataHealth { state failure attempts { gateway status failure reason } }'),
    ({metadataHealth: {state}}) => state === 'FAILING',
  ).finally(web.stop)
  expect(metadataHealth).toEqual({
    state: 'FAILING',
    failure: 'http_status',
    attempts: [{gateway: web.url, status: 503, failure: 'http_status', reason: 'HTTP 503'}],
  })
})

test('{id} of ERC-1155 is filled in inside the document too', async () => {
  const address = `0x${'11'.repeat(20)}`
  await chain.addCollection(1, {address, standard: 'erc1155' as never})
  const web = await startDocumentGateway((_, response) => (response.end('{"name":"A potion","image":"https://a.example/{id}.png"}'), true))
  contract = () => abiText(`${web.url}/{id}.json`)
  const hex = '1'.padStart(64, '0')
  const ask1155 = async () => (await ask(`{ asset(id: "eip155:${CHAIN}/erc1155:${address}/1") { metadata { uri image verdict } } }`)).asset
  const {metadata} = await until(ask1155, (found) => found.metadata !== null).finally(web.stop)
  expect(metadata).toEqual({uri: `${web.url}/${hex}.json`, image: `https://a.example/${hex}.png`, verdict: 'MUTABLE'})
})

test('how much of a collection is there, whatever else somebody had read', async () => {
  contract = (asked) => (tokenIdOf(asked) === 999n ? 'revert' : json({name: 'Nobody saw it minted'}))
  const strangers = [998, 999].map((tokenId) => `"${assetId(tokenKey(tokenId))}"`)
  const {refreshMetadata} = await ask(`mutation { refreshMetadata(assets: [${strangers}]) { id } }`)
  const {metadataRefresh} = await until(
    () => ask(`{ metadataRefresh(id: "${refreshMetadata.id}") { completedAt read failed } }`),
    (found) => found.metadataRefresh.completedAt !== null,
  )
  expect(metadataRefresh).toMatchObject({read: 1, failed: 1})
  const {collection} = await ask(
    `{ collection(id: "eip155:${CHAIN}/erc721:${collectionKey().split('-')[1]}") { metadata { name } metadataCoverage { assets read failing verified mutable } } }`,
  )
  expect(collection).toEqual({metadata: null, metadataCoverage: {assets: '4', read: 2, failing: 2, verified: 2, mutable: 0}})
})
