import {Interface, ZeroAddress, ZeroHash} from 'ethers'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import assetProvenance from '../../abi/asset-provenance.json'
import erc721 from '../../abi/erc721.json'
import erc6551 from '../../abi/erc6551.json'
import limitBreak from '../../abi/limit-break-royalties.json'
import manifold from '../../abi/manifold-royalties.json'
import manifoldMulti from '../../abi/manifold-royalties-multi.json'
import processor from '../../abi/payment-processor.json'
import splitsV1 from '../../abi/splits-v1.json'
import splitsV2 from '../../abi/splits-v2.json'
import story from '../../abi/story-protocol.json'
import storyRoyalties from '../../abi/story-royalties.json'
import storyRoyaltiesV1 from '../../abi/story-royalties-v1.json'
import {parseAddress, ZERO_HASH} from '../../src/domain/hex'
import {ERC6551_REGISTRY, tokenAccountAddress} from '../../src/domain/tokenAccount'
import {answerLogs} from '../support/answeredLogs'
import {CHAIN, GENESIS, logsOfBlocks} from '../support/filledDatabase'
import {startPostgres} from '../support/postgres'
import {type RawLog, REGISTRY, STRANGER} from '../support/randomLogs'

const address = (n: number) => parseAddress(`0x${n.toString(16).padStart(40, '0')}`)
const [NFT, ART, OVERRIDE, CODE, COIN] = [address(0xa7), address(0xa8), address(0xe1), address(0xc0), address(0x70)]
const [SPLIT, OLD_SPLIT] = [address(0x5917), address(0x5918)]
const [ANN, BEN, CYN] = [address(0xa11), address(0xbe1), address(0xc11)]
const log = (abi: unknown, emitter: string, name: string, values: readonly unknown[]): RawLog => {
  const codec = new Interface(abi as never)
  return {address: emitter, ...codec.encodeEventLog(codec.getEvent(name) as never, values)}
}
const minted = (collection: string, to: string, tokenId: number) => log(erc721, collection, 'Transfer', [ZeroAddress, to, tokenId])
const made = {registry: ERC6551_REGISTRY, implementation: CODE, salt: ZERO_HASH, chainId: BigInt(CHAIN), collection: NFT, tokenId: 1n}
const IP = tokenAccountAddress(made)

const BLOCKS: readonly (readonly RawLog[])[] = [
  [
    minted(NFT, ANN, 1),
    log(erc6551, ERC6551_REGISTRY, 'ERC6551AccountCreated', [IP, CODE, ZeroHash, CHAIN, NFT, 1]),
    minted(ART, ANN, 1),
    minted(ART, ANN, 2),
  ],
  // Story: a licence is minted for a fee, then royalties come in both shapes of the event.
  [
    log(storyRoyalties, REGISTRY, 'LicenseMintingFeePaid', [IP, BEN, COIN, 100, 98]),
    log(story, REGISTRY, 'LicenseTokensMinted', [BEN, IP, REGISTRY, 1, 1, BEN, 0]),
  ],
  [
    log(storyRoyalties, REGISTRY, 'RoyaltyPaid', [IP, CYN, BEN, COIN, 50, 49]),
    log(storyRoyaltiesV1, REGISTRY, 'RoyaltyPaid', [IP, CYN, BEN, COIN, 20]),
    log(storyRoyalties, STRANGER, 'RoyaltyPaid', [IP, CYN, BEN, COIN, 1_000_000, 1_000_000]),
  ],
  // Terms of a collection, of one of its tokens, and a registry that sends it to a contract with other terms.
  [log(limitBreak, ART, 'DefaultRoyaltySet', [ANN, 500]), log(limitBreak, ART, 'TokenRoyaltySet', [2, BEN, 250])],
  [log(manifold, STRANGER, 'RoyaltyOverride', [BEN, ART, STRANGER]), log(limitBreak, ART, 'TokenRoyaltySet', [2, ZeroAddress, 0])],
  [
    log(manifoldMulti, OVERRIDE, 'DefaultRoyaltySet', [
      333,
      [
        [ANN, 3333],
        [CYN, 6667],
      ],
    ]),
    log(manifold, OVERRIDE, 'TokenRoyaltySet', [2, CYN, 100]),
    log(manifold, REGISTRY, 'RoyaltyOverride', [ANN, ART, OVERRIDE]),
  ],
  [log(manifold, OVERRIDE, 'TokenRoyaltyRemoved', [2])],
  [log(manifold, REGISTRY, 'RoyaltyOverride', [ANN, ART, ZeroAddress])],
  // A split is paid before and after it changes its recipients; a stranger speaks of it in vain.
  [
    log(assetProvenance, ART, 'RoyaltyPaid', [ART, 1, SPLIT, BEN, COIN, 1_000, 10_000, 0, 0, ZeroHash]),
    log(splitsV2, SPLIT, 'SplitUpdated', [[[ANN, CYN, BEN], [1, 1, 1], 3, 10_000]]),
    log(splitsV2, STRANGER, 'SplitCreated', [SPLIT, [[STRANGER], [1], 1, 0], STRANGER, STRANGER, ZeroHash]),
  ],
  [
    log(assetProvenance, ART, 'RoyaltyPaid', [ART, 1, SPLIT, BEN, COIN, 1_000, 10_000, 0, 0, ZeroHash]),
    log(splitsV2, SPLIT, 'SplitDistributed', [COIN, BEN, 1_999]),
    log(splitsV2, SPLIT, 'SplitUpdated', [[[CYN], [5], 5, 0]]),
    log(assetProvenance, ART, 'RoyaltyPaid', [ART, 1, SPLIT, BEN, COIN, 1_000, 10_000, 0, 0, ZeroHash]),
  ],
  [
    log(splitsV1, REGISTRY, 'CreateSplit', [OLD_SPLIT]),
    log(assetProvenance, ART, 'RoyaltyPaid', [ART, 2, OLD_SPLIT, BEN, COIN, 70, 0, 0, 0, ZeroHash]),
    log(processor, REGISTRY, 'BuyListingERC721', [BEN, ANN, ART, CYN, COIN, 2, 5_000]),
  ],
]

/** One transaction a block. */
const LOGS = logsOfBlocks(BLOCKS).map((log) => ({...log, transactionHash: log.blockHash}))
const YAML = `roles: {"${CYN}": modelOwner, "${ANN}": creator}\n`

let postgres: Awaited<ReturnType<typeof startPostgres>>
let chain: Awaited<ReturnType<typeof answerLogs>>
beforeAll(async () => {
  postgres = await startPostgres()
  chain = await answerLogs(postgres, 'royalties', LOGS, YAML)
})
afterAll(async () => {
  await chain.close()
  await postgres.stop()
})

const asset = async (collection: string, token: number, fields: string) =>
  (await chain.answer(`{ asset(id: "eip155:${CHAIN}/erc721:${collection}/${token}") { ${fields} } }`)).asset
const at = (block: number) => new Date((GENESIS + block * 12) * 1000).toISOString()

describe('Story', () => {
  test('what is paid to an IP asset is paid for its token: gross, net, and the account that was debited; in either shape, once', async () => {
    const fields =
      'royaltyPayments(orderBy: [ID_ASC]) { nodes { kind gross amount payer { address } recipient { address } currency { address } authority } }'
    const paid = {payer: {address: BEN}, recipient: {address: IP}, currency: {address: COIN}, authority: 'TRUSTED'}
    expect((await asset(NFT, 1, fields)).royaltyPayments.nodes).toEqual([
      {...paid, kind: 'LICENSE_FEE', gross: '100', amount: '98'},
      {...paid, kind: 'OTHER', gross: '50', amount: '49'},
      {...paid, kind: 'OTHER', gross: null, amount: '20'},
    ])
  })

  test('a licence is linked to the fee that was paid for it', async () => {
    const {provenance} = await asset(
      NFT,
      1,
      'provenance(kinds: [LICENSE]) { nodes { __typename causes { relation event { __typename ... on RoyaltyPayment { amount } } } } }',
    )
    expect(provenance.nodes).toEqual([
      {__typename: 'LicenseEvent', causes: [{relation: 'PAID_BY', event: {__typename: 'RoyaltyPayment', amount: '98'}}]},
    ])
  })
})

describe('who is due what, by what logs said', () => {
  const TERMS = 'standard shares { recipient { address } parts bps role }'
  const shares = (...all: readonly (readonly [string, number, string | null])[]) =>
    all.map(([recipient, parts, role]) => ({
      recipient: {address: recipient},
      parts: String(parts),
      bps: String(Math.floor(parts / 10_000)),
      role,
    }))
  const termsAt = async (token: number, block: number) =>
    (await asset(ART, token, `royaltyTerms(at: "${at(block)}") { ${TERMS} }`)).royaltyTerms

  test('of the token, else of its collection; nothing before the first word', async () => {
    expect(await termsAt(1, 2)).toBeNull()
    expect(await termsAt(1, 3)).toEqual({standard: 'limit-break-royalties', shares: shares([ANN, 5_000_000, 'CREATOR'])})
    expect(await termsAt(2, 3)).toMatchObject({shares: shares([BEN, 2_500_000, null])})
  })

  test('a token whose terms are taken away has those of its collection; a stranger’s registry sends nobody anywhere', async () => {
    expect(await termsAt(2, 4)).toMatchObject({shares: shares([ANN, 5_000_000, 'CREATOR'])})
  })

  test('where a registry sends the collection, the terms there: of the token, else the shares of several; and back', async () => {
    expect(await termsAt(2, 5)).toEqual({standard: 'manifold-royalties', shares: shares([CYN, 1_000_000, 'MODEL_OWNER'])})
    expect(await termsAt(2, 6)).toMatchObject({shares: shares([ANN, 1_109_889, 'CREATOR'], [CYN, 2_220_111, 'MODEL_OWNER'])})
    expect((await asset(ART, 2, `royaltyTerms { ${TERMS} }`)).royaltyTerms).toMatchObject({shares: shares([ANN, 5_000_000, 'CREATOR'])})
  })

  test('each word is in the history, by collection, by recipient, and in the timeline of the token', async () => {
    const {collection, royaltyTermsChanges} = await chain.answer(`{
      collection(id: "${ART}") { royaltyTermsChanges(orderBy: [ID_ASC]) { nodes { asset { tokenId } movedTo { address } shares { parts } } } }
      royaltyTermsChanges(where: {recipient: {eq: "${CYN}"}}) { totalCount nodes { collection { address } } } }`)
    expect(collection.royaltyTermsChanges.nodes).toEqual([
      {asset: null, movedTo: null, shares: [{parts: '5000000'}]},
      {asset: {tokenId: '2'}, movedTo: null, shares: [{parts: '2500000'}]},
      {asset: {tokenId: '2'}, movedTo: null, shares: []},
      {asset: null, movedTo: {address: OVERRIDE}, shares: []},
      {asset: null, movedTo: {address: ZeroAddress}, shares: []},
    ])
    expect(royaltyTermsChanges).toEqual({totalCount: 2, nodes: Array(2).fill({collection: {address: OVERRIDE}})})
    const {provenance} = await asset(ART, 2, 'provenance(kinds: [ROYALTY]) { totalCount }')
    expect(provenance.totalCount).toBe(6)
  })
})

describe('a payment to a split is its recipients’', () => {
  const PAYOUT = 'payout { parts { recipient { address } amount role } distributorFee remainder by { source } }'
  const part = (recipient: string, amount: number, role: string | null) => ({recipient: {address: recipient}, amount: String(amount), role})
  const three = {
    parts: [part(ANN, 330, 'CREATOR'), part(CYN, 330, 'MODEL_OWNER'), part(BEN, 330, null)],
    distributorFee: '10',
    remainder: '0',
    by: {source: 'log'},
  }

  test('by the word of the split that held when it was paid, the first one where it was paid before; in exact integers [INV-6]', async () => {
    const {royaltyPayments} = await asset(ART, 1, `royaltyPayments(orderBy: [ID_ASC]) { nodes { amount ${PAYOUT} } }`)
    const all = {parts: [part(CYN, 1_000, 'MODEL_OWNER')], distributorFee: '0', remainder: '0', by: {source: 'log'}}
    expect(royaltyPayments.nodes).toEqual([
      {amount: '1000', payout: three},
      {amount: '1000', payout: three},
      {amount: '1000', payout: all},
    ])
  })

  test('what it paid out is shared the same way, and what rounding leaves is said', async () => {
    const {account} = await chain.answer(
      `{ account(address: "${SPLIT}") { splitDistributions { nodes { amount currency { address } distributor { address } ${PAYOUT} } }
         splitChanges { nodes { kind shares { recipient { address } allocation } totalAllocation } } } }`,
    )
    expect(account.splitDistributions.nodes).toEqual([
      {
        amount: '1999',
        currency: {address: COIN},
        distributor: {address: BEN},
        payout: {
          ...three,
          parts: [part(ANN, 660, 'CREATOR'), part(CYN, 660, 'MODEL_OWNER'), part(BEN, 660, null)],
          distributorFee: '19',
          remainder: '0',
        },
      },
    ])
    expect(account.splitChanges.nodes[0]).toEqual({
      kind: 'UPDATED',
      shares: [{recipient: {address: CYN}, allocation: '5'}],
      totalAllocation: '5',
    })
    expect(account.splitChanges.nodes).toHaveLength(2)
  })

  test('recipients that no node could tell are said to be unknown, and nothing is made up', async () => {
    const {royaltyPayments} = await asset(ART, 2, `royaltyPayments { nodes { ${PAYOUT} } }`)
    expect(royaltyPayments.nodes).toEqual([{payout: {parts: [], distributorFee: '0', remainder: '70', by: {source: 'unknown: no_node'}}}])
  })

  test('who is in which split, and the splits of an asset are in its timeline', async () => {
    const {splitChanges} = await chain.answer(`{ splitChanges(where: {recipient: {eq: "${ANN}"}}) { nodes { split { address } } } }`)
    expect(splitChanges.nodes).toEqual([{split: {address: SPLIT}}])
    const {provenance} = await asset(ART, 1, 'provenance(kinds: [SPLIT]) { nodes { __typename } }')
    expect(provenance.nodes).toEqual([{__typename: 'SplitChange'}, {__typename: 'SplitDistribution'}, {__typename: 'SplitChange'}])
  })
})

test('a sale of Payment Processor has its price, and says that its parts are not known', async () => {
  const {sales} = await asset(
    ART,
    2,
    'sales { nodes { kind price currency { address } seller { address } buyer { address } paymentsKnown items { to { address } } } }',
  )
  expect(sales.nodes).toEqual([
    {
      kind: 'PRICED',
      price: '5000',
      currency: {address: COIN},
      seller: {address: ANN},
      buyer: {address: BEN},
      paymentsKnown: false,
      items: [{to: {address: CYN}}],
    },
  ])
})
