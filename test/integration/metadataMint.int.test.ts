import {createHash} from 'node:crypto'
import {Pool} from 'pg'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {parseSubject, requestReading} from '../../src/metadata/queue/askFor'
import {askOf, assetId, handlerOver} from '../support/apiUnderTest'
import {type Asked, abiText, startContractNode, tokenIdOf} from '../support/contractNode'
import {type DocumentGateway, startDocumentGateway} from '../support/documentGateway'
import {createMetadataChain, tokenKey} from '../support/metadataChain'
import {startMetadataWorker, until} from '../support/metadataWorker'
import {startPostgres} from '../support/postgres'

/** Minted in block 1, and in block 2, which the node has forgotten. */
const OLDER = `0x${'d0'.repeat(20)}`
const closing: (() => Promise<unknown>)[] = []
let pool: Pool
let gateway: DocumentGateway
let api: ReturnType<typeof handlerOver>
const cids = {minted: '', gone: ''}
const documents = {minted: Buffer.from('{"name":"As minted"}'), gone: Buffer.from('{"name":"Long gone"}')}

async function cidOf(bytes: Uint8Array): Promise<string> {
  const [{CID}, {create}] = await Promise.all([import('multiformats/cid'), import('multiformats/hashes/digest')])
  return CID.createV1(0x55, create(18, createHash('sha256').update(bytes).digest())).toString()
}

/** A chain whose contract gave other URIs at the mint than it gives now. */
beforeAll(async () => {
  const postgres = await startPostgres()
  closing.push(postgres.stop)
  const url = await postgres.createMigrated('mint')
  pool = new Pool({connectionString: url, max: 4})
  closing.push(() => pool.end())
  api = handlerOver(pool)
  const chain = await createMetadataChain(pool)
  const [mint, forgotten] = [await chain.mineBlock(1), await chain.mineBlock(2)]
  await chain.mineBlock(3)
  await chain.addCollection(2)
  await chain.addCollection(1, {address: OLDER, block: 2})
  gateway = await startDocumentGateway()
  closing.push(gateway.stop)
  for (const [name, bytes] of Object.entries(documents)) cids[name as keyof typeof cids] = await cidOf(bytes)
  gateway.serve(cids.minted, {raw: documents.minted, plain: documents.minted})
  const contract = (asked: Asked) => {
    if (asked.data.length <= 10) return 'revert'
    if (asked.block === forgotten.hash) return 'forgotten'
    if (asked.block !== mint.hash) return abiText('data:application/json,{"name":"Revealed"}')
    return abiText(`ipfs://${tokenIdOf(asked) === 1n ? cids.minted : cids.gone}`)
  }
  const node = await startContractNode(contract)
  closing.push(node.stop)
  closing.push(startMetadataWorker({url, nodeUrl: node.url, fetcher: {ipfsGateways: [gateway.url]}}).stop)
})
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

type Seen = Readonly<{
  metadata: Readonly<{sinceMint: Readonly<{status: string}>}> | null
  metadataHistory: Readonly<{nodes: readonly Readonly<{name: string}>[]}>
}>
const FIELDS = `metadata { name sinceMint { status reason mintUri minted { name verdict blockNumber } } }
  metadataHistory { totalCount nodes { name asMinted } }`
const seen = (key: string, isThere: (asset: Seen) => boolean) =>
  until(async () => (await askOf(api, `{ asset(id: "${assetId(key)}") { ${FIELDS} } }`)).data?.['asset'] as unknown as Seen, isThere)

test('what was minted is read at the block of the mint, also by who comes after the reveal: the token is told to be another one', async () => {
  expect(await seen(tokenKey(1), ({metadataHistory}) => metadataHistory.nodes.length === 2)).toEqual({
    metadata: {
      name: 'Revealed',
      sinceMint: {
        status: 'CHANGED',
        reason: 'the document that was minted is another one',
        mintUri: `ipfs://${cids.minted}`,
        minted: {name: 'As minted', verdict: 'VERIFIED', blockNumber: 1},
      },
    },
    metadataHistory: {
      totalCount: 2,
      nodes: [
        {name: 'Revealed', asMinted: false},
        {name: 'As minted', asMinted: true},
      ],
    },
  })
})

test('a mint whose document nobody serves keeps no answer back, and is looked for with each further reading', async () => {
  const before = await seen(tokenKey(2), ({metadata}) => metadata !== null)
  expect(before).toMatchObject({
    metadata: {name: 'Revealed', sinceMint: {status: 'UNKNOWN', mintUri: `ipfs://${cids.gone}`, minted: null}},
    metadataHistory: {totalCount: 1},
  })
  gateway.serve(cids.gone, {raw: documents.gone, plain: documents.gone})
  await requestReading(pool, [parseSubject(tokenKey(2))])
  const after = await seen(tokenKey(2), ({metadata}) => metadata?.sinceMint.status === 'CHANGED')
  expect(after).toMatchObject({
    metadata: {name: 'Revealed', sinceMint: {minted: {name: 'Long gone', blockNumber: 1}}},
    metadataHistory: {nodes: [{name: 'Revealed'}, {name: 'Long gone'}]},
  })
})

test('where no node remembers the block of the mint, that is the answer', async () => {
  const {metadata} = await seen(tokenKey(1, OLDER), (asset) => asset.metadata !== null)
  expect(metadata).toEqual({
    name: 'Revealed',
    sinceMint: {
      status: 'UNKNOWN',
      reason: 'the node does not answer for the block of the mint: that takes an archive node',
      ...{mintUri: null, minted: null},
    },
  })
})
