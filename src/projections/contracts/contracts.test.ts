import {expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, eventAt, hash, inBlock} from '../../../test/support/givenEvents'
import type {ContractUpgraded, EventBody, TokenTransferred} from '../../domain/event'
import {ZERO_ADDRESS} from '../../domain/hex'
import {eventKey} from '../../domain/ids'
import {MAX_UINT256} from '../../domain/uint256'

const ART = address(0xa7)
const ALICE = address(0xa)
const mint = (tokenId: bigint, namespace: 'erc721' | 'erc1155' = 'erc721'): TokenTransferred => ({
  type: 'token.transferred',
  namespace,
  collection: ART,
  tokenId,
  from: ZERO_ADDRESS,
  to: ALICE,
  amount: 1n,
  operator: null,
})
const upgraded = (n: number): ContractUpgraded => ({type: 'contract.upgraded', implementation: address(n)})
const refresh: EventBody = {type: 'metadata.changed', collection: ART, scope: {kind: 'contract'}, uri: null}

test('a collection counts assets once and transfers always, over batches', async () => {
  const {Collection} = await foldTables(
    inBlock(1, mint(1n), mint(2n)),
    inBlock(2, {...mint(1n), from: ALICE, to: ZERO_ADDRESS}, mint(1n), mint(3n)),
  )
  expect(Collection).toEqual([
    {
      id: `1-${ART}`,
      chainId: 1n,
      address: ART,
      standard: 'erc721',
      implementation: null,
      beacon: null,
      admin: null,
      firstEventId: eventKey(1, 1, 0, 0),
      firstEventAt: new Date((1_700_000_000 + 12) * 1000),
      assetCount: 3n,
      transferCount: 5n,
    },
  ])
})

test('its standard is told by its first transfer', async () => {
  expect((await foldTables(inBlock(1, refresh))).Collection).toMatchObject([{standard: null, assetCount: 0n}])
  expect((await foldTables(inBlock(1, refresh, mint(1n, 'erc1155'), mint(2n)))).Collection).toMatchObject([
    {standard: 'erc1155', assetCount: 2n},
  ])
})

test('case 5: a minted range that is too large to write out counts in full, one that names nothing not at all', async () => {
  const range = {
    type: 'token.rangeTransferred',
    collection: ART,
    fromTokenId: 0n,
    toTokenId: MAX_UINT256,
    from: ZERO_ADDRESS,
    to: ALICE,
  } as const
  expect((await foldTables(inBlock(1, range))).Collection).toMatchObject([
    {assetCount: MAX_UINT256 + 1n, transferCount: 1n, standard: 'erc721'},
  ])
  expect((await foldTables(inBlock(1, {...range, fromTokenId: 7n, toTokenId: 3n}))).Collection).toMatchObject([
    {assetCount: 0n, transferCount: 1n},
  ])
})

test('a proxy is announced before it mints: the next upgrade still knows what it replaces', async () => {
  const proxy = {emitter: ART}
  const {Collection, ContractUpgrade} = await foldTables(
    [eventAt({block: 1}, upgraded(0x111), proxy)],
    [eventAt({block: 2}, mint(1n))],
    [eventAt({block: 3}, upgraded(0x222), proxy)],
  )
  expect(ContractUpgrade).toEqual([
    {
      id: eventKey(1, 1, 0, 0),
      chainId: 1n,
      blockNumber: 1,
      logIndex: 0,
      timestamp: new Date((1_700_000_000 + 12) * 1000),
      transactionHash: hash(1000),
      collectionId: `1-${ART}`,
      address: ART,
      kind: 'upgraded',
      implementation: address(0x111),
      previousImplementation: null,
      beacon: null,
      admin: null,
      previousAdmin: null,
      facets: null,
    },
    expect.objectContaining({id: eventKey(1, 3, 0, 0), implementation: address(0x222), previousImplementation: address(0x111)}),
  ])
  expect(Collection).toMatchObject([
    {implementation: address(0x222), firstEventId: eventKey(1, 1, 0, 0), standard: 'erc721', assetCount: 1n},
  ])
})

test("a registry's word about another contract makes neither of them a collection", async () => {
  const claim: EventBody = {
    type: 'generation.claimed',
    collection: ART,
    tokenId: 1n,
    promptHash: hash(1),
    outputHash: null,
    proofHash: null,
  }
  const revoked: EventBody = {type: 'license.revoked', licenseId: 1n, revokedBy: ALICE, effectiveAt: 1n, reason: null}
  const registry = {emitter: address(0xbee)}
  const {Collection} = await foldTables(
    inBlock(1, [claim, {...registry, authority: 'unverified'}], [claim, {...registry, authority: 'trusted'}], [revoked, registry]),
  )
  expect(Collection).toBeUndefined()
})

test('descent is the word of the child', async () => {
  const edge: EventBody = {
    type: 'derivative.registered',
    parent: {collection: address(1), tokenId: 1n},
    child: {collection: address(2), tokenId: 2n},
    licenseId: null,
    royaltyBps: 0,
    relation: 0,
  }
  expect((await foldTables(inBlock(1, edge))).Collection?.map((row) => row.address)).toEqual([address(2)])
})

test('transfers that a trusted contract tells count for the collection that they are of', async () => {
  const {Collection} = await foldTables(inBlock(1, [mint(1n), {emitter: address(0xbee), authority: 'trusted'}]))
  expect(Collection).toMatchObject([{address: ART, assetCount: 1n, transferCount: 1n}])
})
