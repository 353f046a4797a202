import {AbiCoder, Interface, id, toUtf8Bytes, ZeroAddress, ZeroHash} from 'ethers'
import {Pool} from 'pg'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import assetProvenance from '../../abi/asset-provenance.json'
import eas from '../../abi/eas.json'
import erc721 from '../../abi/erc721.json'
import erc1967 from '../../abi/erc1967.json'
import erc4907 from '../../abi/erc4907.json'
import erc5192 from '../../abi/erc5192.json'
import erc5218 from '../../abi/erc5218.json'
import erc6551 from '../../abi/erc6551.json'
import erc7007 from '../../abi/erc7007.json'
import oao from '../../abi/ora-oao.json'
import story from '../../abi/story-protocol.json'
import {parseAddress, ZERO_HASH} from '../../src/domain/hex'
import {ERC6551_REGISTRY, tokenAccountAddress} from '../../src/domain/tokenAccount'
import {askOf, handlerOver} from '../support/apiUnderTest'
import {CHAIN, fillDatabase, GENESIS, rowsOfBlocks} from '../support/filledDatabase'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {type RawLog, REGISTRY} from '../support/randomLogs'

const address = (n: number) => parseAddress(`0x${n.toString(16).padStart(40, '0')}`)
const [PROXY, BEACON, CODE1, CODE2, NFT] = [address(0xa1), address(0xbe), address(0xc1), address(0xc2), address(0xa7)]
const [ANN, BEN, AUDITOR] = [address(0xa11), address(0xbe1), address(0xa0d)]
const log = (abi: unknown, emitter: string, name: string, values: readonly unknown[]): RawLog => {
  const codec = new Interface(abi as never)
  return {address: emitter, ...codec.encodeEventLog(codec.getEvent(name) as never, values)}
}
const moved = (collection: string, from: string, to: string, tokenId: number) => log(erc721, collection, 'Transfer', [from, to, tokenId])
const attested = (subject: string, uid: string) => log(eas, REGISTRY, 'Attested', [subject, AUDITOR, id(uid), id('audit')])
const assetId = (collection: string, token: number) => `eip155:${CHAIN}/erc721:${collection}/${token}`

const made = {registry: ERC6551_REGISTRY, implementation: CODE1, salt: ZERO_HASH, chainId: BigInt(CHAIN), collection: NFT, tokenId: 1n}
const ACCOUNT = tokenAccountAddress(made)
const CHILD = tokenAccountAddress({...made, tokenId: 2n})
const bound = (account: string, tokenId: number) =>
  log(erc6551, ERC6551_REGISTRY, 'ERC6551AccountCreated', [account, CODE1, ZeroHash, CHAIN, NFT, tokenId])
const PIL = AbiCoder.defaultAbiCoder().encode(
  ['tuple(bool,address,uint256,uint256,bool,bool,address,bytes,uint32,uint256,bool,bool,bool,bool,uint256,address,string)'],
  [[true, ZeroAddress, 0, 0, true, false, ZeroAddress, '0x', 5_000_000, 0, true, false, false, true, 0, ZeroAddress, 'ipfs://pil']],
)
const PROMPT = toUtf8Bytes('a lighthouse in fog, ink')

const BLOCKS: readonly (readonly RawLog[])[] = [
  [log(erc1967, BEACON, 'Upgraded', [CODE1]), attested(CODE1, 'first code')],
  [log(erc1967, PROXY, 'BeaconUpgraded', [BEACON]), moved(PROXY, ZeroAddress, ANN, 1), log(erc5192, PROXY, 'Locked', [1])],
  [log(erc1967, BEACON, 'Upgraded', [CODE2]), moved(PROXY, ZeroAddress, ANN, 2)],
  [attested(PROXY, 'the contract, by its second code'), moved(PROXY, ZeroAddress, ANN, 3)],
  [log(eas, REGISTRY, 'Revoked', [CODE1, AUDITOR, id('first code'), id('audit')])],
  // Tokens of the registry of IP assets: token 2 belongs to the account of token 1.
  [moved(NFT, ZeroAddress, ANN, 1), bound(ACCOUNT, 1), moved(NFT, ZeroAddress, ACCOUNT, 2), bound(CHILD, 2)],
  [
    log(story, REGISTRY, 'LicenseTermsRegistered', [1, REGISTRY, PIL]),
    log(story, REGISTRY, 'LicenseTermsAttached', [ANN, ACCOUNT, REGISTRY, 1]),
    log(story, REGISTRY, 'LicenseTokensMinted', [ANN, ACCOUNT, REGISTRY, 1, 2, BEN, 0]),
  ],
  [log(story, REGISTRY, 'DerivativeRegistered', [BEN, CHILD, [0], [ACCOUNT], [1], REGISTRY])],
  // A rental, and a tree of licences whose root follows the token.
  [log(erc4907, PROXY, 'UpdateUser', [1, BEN, GENESIS + 1_000])],
  [
    log(erc5218, PROXY, 'CreateLicense', [1, 2, 0, ANN, 'ipfs://root', ZeroAddress]),
    log(erc5218, PROXY, 'CreateLicense', [2, 2, 1, BEN, '', ANN]),
  ],
  [moved(PROXY, ANN, AUDITOR, 2)],
  [
    log(oao, REGISTRY, 'AICallbackRequest', [ANN, 7, 50, PROMPT, PROXY, 1, '0x']),
    log(erc7007, PROXY, 'AigcData', [3, PROMPT, toUtf8Bytes('image'), '0x']),
    log(oao, REGISTRY, 'AICallbackResult', [ANN, 7, ANN, toUtf8Bytes('draft')]),
    log(oao, REGISTRY, 'AICallbackResult', [ANN, 7, ANN, toUtf8Bytes('image')]),
  ],
  // A stranger says the same, and nobody asks him.
  [
    log(story, address(0xbad), 'LicenseTermsAttached', [ANN, ACCOUNT, REGISTRY, 1]),
    log(assetProvenance, ACCOUNT, 'DerivativeRegistered', [NFT, 1, NFT, 2, 0, 500, 0]),
  ],
]

let postgres: TestPostgres
let pool: Pool
let api: ReturnType<typeof handlerOver>

beforeAll(async () => {
  postgres = await startPostgres()
  const url = await postgres.createMigrated('standards')
  await fillDatabase(url, await rowsOfBlocks(BLOCKS), BLOCKS.length - 1, BLOCKS.length - 1)
  pool = new Pool({connectionString: url, max: 4})
  api = handlerOver(pool)
})
afterAll(async () => {
  await pool.end()
  await postgres.stop()
})

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
const answer = async (query: string): Promise<any> => {
  const {data, errors} = await askOf(api, query)
  expect(errors).toBeUndefined()
  return data
}
const asset = async (collection: string, token: number, fields: string) =>
  (await answer(`{ asset(id: "${assetId(collection, token)}") { ${fields} } }`)).asset
const check = async (token: number, account: string, at: number, collection: string = PROXY) =>
  (
    await answer(`{ licenseCheck(asset: "${assetId(collection, token)}", account: "${account}", at: "${new Date(at * 1000).toISOString()}") {
      permitted reason license { licenseId } } }`)
  ).licenseCheck

describe('was the logic audited when this was minted?', () => {
  const code = `codeAtMint { implementation { address } until audited(attesters: ["${AUDITOR}"]) attestations { nodes { uid } } }`
  test('yes by an audit of the code itself, though it was taken back later', async () => {
    expect(await asset(PROXY, 1, code)).toEqual({
      codeAtMint: {
        implementation: {address: CODE1},
        until: new Date((GENESIS + 24) * 1000).toISOString(),
        audited: true,
        attestations: {nodes: [{uid: id('first code')}]},
      },
    })
  })
  test('no while the new code of the beacon was not audited; yes from an audit of the contract on', async () => {
    const audit = {implementation: {address: CODE2}, until: null, attestations: {nodes: [{uid: id('the contract, by its second code')}]}}
    expect(await asset(PROXY, 2, code)).toEqual({codeAtMint: {...audit, audited: false}})
    expect(await asset(PROXY, 3, code)).toEqual({codeAtMint: {...audit, audited: true}})
  })
  test('at a moment, by all that was vouched for until then, whatever came between it and the last change of code', async () => {
    const audited = async (block: number) =>
      (
        await answer(`{ collection(id: "${PROXY}") { code(at: "${new Date((GENESIS + 12 * block) * 1000).toISOString()}") {
          audited(attesters: ["${AUDITOR}"]) } } }`)
      ).collection.code.audited
    expect([await audited(2), await audited(3), await audited(8)]).toEqual([false, true, true])
  })
  test('as of a block, as far as was known then', async () => {
    const asOf = async (block: number) =>
      (
        await answer(`{ asset(id: "${assetId(PROXY, 1)}", asOf: {block: ${block}}) {
          codeAtMint { until attestations { nodes { uid revokedAt } } } collection { code { implementation { address } } } } }`)
      ).asset
    const [first, revokedAt] = [id('first code'), new Date((GENESIS + 48) * 1000).toISOString()]
    expect(await asOf(1)).toEqual({
      codeAtMint: {until: null, attestations: {nodes: [{uid: first, revokedAt: null}]}},
      collection: {code: {implementation: {address: CODE1}}},
    })
    expect(await asOf(4)).toMatchObject({
      codeAtMint: {attestations: {nodes: [{uid: first, revokedAt}]}},
      collection: {code: {implementation: {address: CODE2}}},
    })
  })
  test('not by an attester whom nobody asked for', async () => {
    expect(await asset(PROXY, 3, `codeAtMint { audited(attesters: ["${BEN}"]) }`)).toEqual({codeAtMint: {audited: false}})
  })
  test('a contract that nothing was told of runs by its own code; now and then', async () => {
    expect(await asset(NFT, 1, 'codeAtMint { implementation { address } since { id } }')).toEqual({
      codeAtMint: {implementation: {address: NFT}, since: null},
    })
    const at = new Date((GENESIS + 15) * 1000).toISOString()
    const {collection} = await answer(
      `{ collection(id: "${PROXY}") { implementation { address } beacon { address } now: code { implementation { address } } before: code(at: "${at}") { implementation { address } } } }`,
    )
    expect(collection).toEqual({
      implementation: {address: CODE2},
      beacon: {address: BEACON},
      now: {implementation: {address: CODE2}},
      before: {implementation: {address: CODE1}},
    })
  })
})

test('case 9: upgrades of the beacon, while the proxy is on it, and audits of the contract are in the timeline of its assets', async () => {
  const {provenance, locked} = await asset(
    PROXY,
    1,
    'locked provenance(kinds: [UPGRADE, LOCK, ATTESTATION]) { nodes { __typename blockNumber ... on ContractUpgrade { kind } } totalCount }',
  )
  expect(provenance).toEqual({
    totalCount: 4,
    nodes: [
      {__typename: 'ContractUpgrade', blockNumber: 1, kind: 'BEACON_CHANGED'},
      {__typename: 'TokenLock', blockNumber: 1},
      {__typename: 'ContractUpgrade', blockNumber: 2, kind: 'UPGRADED'},
      {__typename: 'AttestationEvent', blockNumber: 3},
    ],
  })
  expect(locked).toBe(true)
})

test('an account that owns a token, and is owned by one, is its root owner’s', async () => {
  expect(
    await asset(NFT, 2, 'owner { address token { tokenId } rootOwner { address } } rootOwner { address } accounts { address }'),
  ).toEqual({
    owner: {address: ACCOUNT, token: {tokenId: '1'}, rootOwner: {address: ANN}},
    rootOwner: {address: ANN},
    accounts: [{address: CHILD}],
  })
})

describe('Story, by its tokens', () => {
  test('terms are the token’s, also those that a derivative took over', async () => {
    const terms = 'licenseTerms { nodes { id royaltyBps termsURI transferable } }'
    const [pil] = [{id: `eip155:${CHAIN}:${REGISTRY}/1`, royaltyBps: 500, termsURI: 'ipfs://pil', transferable: true}]
    expect(await asset(NFT, 1, terms)).toEqual({licenseTerms: {nodes: [pil]}})
    expect(await asset(NFT, 2, terms)).toEqual({licenseTerms: {nodes: [pil]}})
  })
  test('a licence token that made a derivative is used up, its neighbour is not', async () => {
    const {licenses} = await asset(
      NFT,
      1,
      'licenses(orderBy: [ID_ASC]) { nodes { licenseId exercisedAt licensor { address } terms { termsId } price } }',
    )
    expect(licenses.nodes).toEqual([
      {licenseId: '0', exercisedAt: String(GENESIS + 84), licensor: {address: ANN}, terms: {termsId: '1'}, price: null},
      {licenseId: '1', exercisedAt: null, licensor: {address: ANN}, terms: {termsId: '1'}, price: null},
    ])
    expect(await check(1, BEN, GENESIS + 84, NFT)).toMatchObject({permitted: true, license: {licenseId: '1'}})
  })
  test('the child descends from the parent, and owes what the terms say', async () => {
    const {lineage} = await answer(
      `{ lineage(asset: "${assetId(NFT, 2)}") { edges { parent { tokenId } child { tokenId } royaltyBps standard: emitter { address } } } }`,
    )
    expect(lineage.edges).toEqual([{parent: {tokenId: '1'}, child: {tokenId: '2'}, royaltyBps: 500, standard: {address: REGISTRY}}])
  })
})

describe('licenseCheck by each source’s idea of time and holder', () => {
  test('case 12: a rental holds to its last second, inclusive, without any later log', async () => {
    expect(await check(1, BEN, GENESIS + 1_000)).toMatchObject({permitted: true})
    expect(await check(1, BEN, GENESIS + 1_001)).toMatchObject({permitted: false, reason: 'EXPIRED'})
  })
  test('a root licence of ERC-5218 follows its token; a sublicence stays with its holder', async () => {
    expect(await check(2, AUDITOR, GENESIS + 500)).toMatchObject({permitted: true, license: {licenseId: '1'}})
    expect(await check(2, ANN, GENESIS + 500)).toMatchObject({permitted: false, reason: 'NO_LICENSE'})
    expect(await check(2, BEN, GENESIS + 500)).toMatchObject({permitted: true, license: {licenseId: '2'}})
    const {account} = await answer(`{ account(address: "${AUDITOR}") { licenses { nodes { licenseId licensee { address } } } } }`)
    expect(account.licenses.nodes).toEqual([{licenseId: '1', licensee: {address: AUDITOR}}])
  })
})

test('an oracle’s request is joined to a generation by the prompt, and its last answer compared', async () => {
  const fields = 'generation { oracleRequests { requestId modelId input matches } }'
  expect(await asset(PROXY, 3, fields)).toEqual({
    generation: {
      oracleRequests: [{requestId: '7', modelId: `0x${'32'.padStart(64, '0')}`, input: 'a lighthouse in fog, ink', matches: true}],
    },
  })
})
