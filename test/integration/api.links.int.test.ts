import {Interface, keccak256, toUtf8Bytes, ZeroAddress, ZeroHash} from 'ethers'
import {Pool} from 'pg'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import assetProvenance from '../../abi/asset-provenance.json'
import erc721 from '../../abi/erc721.json'
import erc4906 from '../../abi/erc4906.json'
import erc7007 from '../../abi/erc7007.json'
import {buildPipeline} from '../../src/chainPipeline'
import {parseConfig} from '../../src/config/loadConfig'
import {selectChain} from '../../src/config/selectChain'
import {handleBlocks, type SubsquidBlock} from '../../src/pipeline/handler'
import {askOf, handlerOver} from '../support/apiUnderTest'
import {CHAIN, fillDatabase, GENESIS} from '../support/filledDatabase'
import {address, hash} from '../support/givenEvents'
import {memoryStore} from '../support/memoryStore'
import {STAKED} from '../support/ownShapes'
import {startPostgres, type TestPostgres} from '../support/postgres'

const [ART, ANN, BEN] = [address(0xa7), address(0xa11), address(0xbe1)]
const PROMPT = toUtf8Bytes('a lighthouse in fog')
const DATA_SET = hash(0xda7a)
const TRAINED = 'Trained(uint256 indexed model, bytes32 dataSet)'

type Given = Readonly<{address: string; topics: readonly string[]; data: string}>
const log = (abi: unknown, name: string, values: readonly unknown[]): Given => {
  const codec = new Interface(abi as never)
  return {address: ART, ...codec.encodeEventLog(codec.getEvent(name) as never, values)}
}
const proof = (token: number) =>
  log(assetProvenance, 'GenerationProofVerified', [
    ...[ART, token, ANN, hash(0x9f), hash(0x3d)],
    ...[keccak256(PROMPT), hash(0x07), 0, 0, 'ipfs://proof'],
  ])
const paid = (token: number, licence: number) =>
  log(assetProvenance, 'RoyaltyPaid', [ART, token, ANN, BEN, ZeroAddress, 100, 1_000, 1, licence, ZeroHash])
const granted = (token: number, licence: number) =>
  log(assetProvenance, 'LicenseGranted', [
    ...[ART, token, BEN, licence, ANN],
    [0, ZeroAddress, 0, 0, ZeroAddress, 100, 0, false, false, ZeroHash, ''],
  ])
const staked = (token: number) => log([`event ${STAKED}`], 'Staked', [ART, token, 5])

/** Each list one transaction. Token 1 has all of a proof's company; token 2 a payment without a proof; token 3 another's proof beside it. */
const TRANSACTIONS: readonly (readonly Given[])[] = [
  [1, 2, 3].map((token) => log(erc721, 'Transfer', [ZeroAddress, ANN, token])),
  [log(erc7007, 'AigcData', [1, PROMPT, toUtf8Bytes('image'), '0x']), log(erc4906, 'MetadataUpdate', [1])],
  [proof(1), paid(1, 11), granted(1, 11), staked(1)],
  [paid(2, 12)],
  [proof(1), paid(3, 13), log(erc4906, 'MetadataUpdate', [3])],
  [log([`event ${TRAINED}`], 'Trained', [2, DATA_SET]), log(assetProvenance, 'DerivativeRegistered', [ART, 2, ART, 3, 0, 500, 3])],
]

const blocks = TRANSACTIONS.map(
  (logs, height) =>
    ({
      header: {height, hash: hash(0xb10c + height), parentHash: hash(0xb10b + height), timestamp: (GENESIS + 12 * height) * 1000},
      logs: logs.map((one, logIndex) => ({...one, logIndex, transactionHash: hash(0x7c00 + height), transaction: {from: BEN}})),
    }) as unknown as SubsquidBlock,
)

let postgres: TestPostgres
let pool: Pool
let api: ReturnType<typeof handlerOver>

beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createMigrated('links')
  const config = parseConfig(
    JSON.stringify({
      chains: [{id: CHAIN, rpc: ['http://node'], contracts: [{address: ART}]}],
      events: [
        {contract: ART, event: STAKED, as: 'stake.allocated', fields: {collection: 'collection', tokenId: 'tokenId', amount: 'amount'}},
        {
          contract: ART,
          event: TRAINED,
          as: 'derivative.registered',
          fields: {childTokenId: 'model', parentContent: 'dataSet', relation: 3},
        },
      ],
    }),
    {env: {}},
  )
  const store = memoryStore()
  await handleBlocks(blocks, buildPipeline(selectChain(config, undefined), config), store, store.created)
  await fillDatabase(url, store.tables(), blocks.length - 1, blocks.length - 1)
  pool = new Pool({connectionString: url, max: 4})
  api = handlerOver(pool)
})
afterAll(async () => {
  await pool.end()
  await postgres.stop()
})

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
const timeline = async (token: number, kind: string, fields: string): Promise<any> => {
  const id = `eip155:${CHAIN}/erc721:${ART}/${token}`
  const {data, errors} = await askOf(api, `{ asset(id: "${id}") { provenance(kinds: [${kind}]) { nodes { ${fields} } } } }`)
  expect(errors).toBeUndefined()
  return (data as unknown as {asset: {provenance: {nodes: unknown}}}).asset.provenance.nodes
}
const CAUSES = 'causes { relation event { __typename logIndex } } triggeredBy { kind logIndex blockNumber }'
const byProof = {kind: 'VERIFIED', logIndex: 0, blockNumber: 2}
const fromProof = {relation: 'TRIGGERED_BY', event: {__typename: 'GenerationEvent', logIndex: 0}}

describe('what came with a verified proof, in one transaction', () => {
  test('a payment', async () => {
    expect(await timeline(1, 'ROYALTY', CAUSES)).toEqual([{causes: [fromProof], triggeredBy: byProof}])
  })
  test('a stake', async () => {
    expect(await timeline(1, 'STAKE', CAUSES)).toEqual([{causes: [fromProof], triggeredBy: byProof}])
  })
  test('a grant, which also has its payment', async () => {
    const [grant] = await timeline(1, 'LICENSE', CAUSES)
    expect(grant.triggeredBy).toEqual(byProof)
    expect(grant.causes).toHaveLength(2)
    expect(grant.causes).toEqual(
      expect.arrayContaining([fromProof, {relation: 'PAID_BY', event: {__typename: 'RoyaltyPayment', logIndex: 1}}]),
    )
  })
  test('seen from the proof: all three', async () => {
    const proofs = await timeline(1, 'GENERATION', 'blockNumber effects { relation event { __typename } }')
    const {effects} = proofs.find(({blockNumber}: {blockNumber: number}) => blockNumber === 2)
    expect(effects.map(({relation, event}: never) => `${relation} ${(event as {__typename: string}).__typename}`).sort()).toEqual([
      'TRIGGERED_BY LicenseEvent',
      'TRIGGERED_BY RoyaltyPayment',
      'TRIGGERED_BY StakeAllocation',
    ])
  })
  test('not a payment that came alone, nor one for another token beside the proof', async () => {
    for (const token of [2, 3]) expect(await timeline(token, 'ROYALTY', CAUSES)).toEqual([{causes: [], triggeredBy: null}])
  })
})

test('a metadata change is explained by the generation of its transaction, and only of its token', async () => {
  const explained = {relation: 'EXPLAINED_BY', event: {__typename: 'GenerationEvent', logIndex: 0}}
  expect(await timeline(1, 'METADATA', CAUSES)).toEqual([{causes: [explained], triggeredBy: null}])
  expect(await timeline(3, 'METADATA', CAUSES)).toEqual([{causes: [], triggeredBy: null}])
})

test('a model that was trained on a data set shows it, by hash and relation, and what was made of the model by its token', async () => {
  const edge = '... on Derivative { parent { tokenId } parentContent child { tokenId } relation }'
  expect(await timeline(2, 'DERIVATIVE', edge)).toEqual([
    {parent: null, parentContent: DATA_SET, child: {tokenId: '2'}, relation: 'TRAINING'},
    {parent: {tokenId: '2'}, parentContent: null, child: {tokenId: '3'}, relation: 'TRAINING'},
  ])
  const {data} = await askOf(
    api,
    `{ lineage(asset: "eip155:${CHAIN}/erc721:${ART}/3") { edges { parent { tokenId } parentContent child { tokenId } relation } } }`,
  )
  expect((data as unknown as {lineage: {edges: unknown}}).lineage.edges).toEqual([
    {parent: null, parentContent: DATA_SET, child: {tokenId: '2'}, relation: 'TRAINING'},
    {parent: {tokenId: '2'}, parentContent: null, child: {tokenId: '3'}, relation: 'TRAINING'},
  ])
})
