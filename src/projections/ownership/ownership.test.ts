import {describe, expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, eventAt, hash, inBlock} from '../../../test/support/givenEvents'
import type {TokenTransferred} from '../../domain/event'
import {type Address, ZERO_ADDRESS} from '../../domain/hex'
import {eventKey} from '../../domain/ids'
import {BrokenInvariant} from '../../domain/invariant'
import {MAX_UINT256} from '../../domain/uint256'

const ART = address(0xa7)
const [ALICE, BOB, PAYER] = [address(0xa), address(0xb), address(0xfee)]

const moved = (from: Address, to: Address, tokenId = 1n): TokenTransferred => ({
  type: 'token.transferred',
  namespace: 'erc721',
  collection: ART,
  tokenId,
  from,
  to,
  amount: 1n,
  operator: null,
})
const key = (block: number, logIndex = 0, subIndex = 0) => eventKey(1, block, logIndex, subIndex)
const timeOf = (block: number) => new Date((1_700_000_000 + 12 * block) * 1000)
const assetsAfter = async (...bodies: readonly TokenTransferred[]) =>
  (await foldTables(bodies.map((body, i) => eventAt({block: i + 1}, body)))).Asset ?? []

describe('ERC-721', () => {
  test('a mint makes an asset whose creator is the sender of the transaction, not the receiver (sleep minting) [INV-3]', async () => {
    const {Asset, Transfer} = await foldTables(inBlock(5, moved(ZERO_ADDRESS, ALICE)))
    expect(Asset).toEqual([
      {
        id: `1-${ART}-1`,
        chainId: 1n,
        collectionId: `1-${ART}`,
        tokenId: 1n,
        standard: 'erc721',
        owner: ALICE,
        creator: PAYER,
        incarnation: 1,
        mintId: key(5),
        mintedAt: timeOf(5),
        burnId: null,
        burnedAt: null,
        transferCount: 1,
        supply: 1n,
        lastTransferId: key(5),
      },
    ])
    expect(Transfer).toEqual([
      {
        id: key(5),
        chainId: 1n,
        blockNumber: 5,
        logIndex: 0,
        timestamp: timeOf(5),
        transactionHash: hash(5000),
        transactionFrom: PAYER,
        collectionId: `1-${ART}`,
        assetId: `1-${ART}-1`,
        tokenId: 1n,
        from: ZERO_ADDRESS,
        to: ALICE,
        amount: 1n,
        operator: null,
        incarnation: 1,
        ordinal: 1,
        previousOwner: null,
        owner: ALICE,
      },
    ])
  })

  test('a token whose mint was not logged is there from its first move, without a mint or a creator', async () => {
    expect(await assetsAfter(moved(ALICE, BOB))).toMatchObject([
      {owner: BOB, creator: null, mintId: null, mintedAt: null, supply: 1n, transferCount: 1},
    ])
  })

  test('case 7: a self-transfer counts and changes nothing else', async () => {
    const [before] = await assetsAfter(moved(ZERO_ADDRESS, ALICE))
    const after = await assetsAfter(moved(ZERO_ADDRESS, ALICE), moved(ALICE, ALICE))
    expect(after).toEqual([{...before, transferCount: 2, lastTransferId: key(2)}])
  })

  test('a transfer tells who owned the token before and after it, whatever its from says, and which of its transfers it is', async () => {
    const ofAnotherKind = {...moved(BOB, ALICE), namespace: 'erc1155', operator: BOB} as const
    const {Transfer} = await foldTables(
      inBlock(
        1,
        moved(ZERO_ADDRESS, ALICE),
        moved(PAYER, BOB),
        ofAnotherKind,
        moved(BOB, BOB),
        moved(BOB, ZERO_ADDRESS),
        moved(PAYER, ALICE),
      ),
    )
    expect(Transfer?.map(({ordinal, previousOwner, owner}) => [ordinal, previousOwner, owner])).toEqual([
      [1, null, ALICE],
      [2, ALICE, BOB],
      [3, BOB, BOB],
      [4, BOB, BOB],
      [5, BOB, null],
      [6, null, ALICE],
    ])
  })

  test('case 8: burn and re-mint open a new incarnation; history keeps both', async () => {
    const life = [moved(ZERO_ADDRESS, ALICE), moved(ALICE, ZERO_ADDRESS), moved(ZERO_ADDRESS, BOB)].map((body, i) =>
      eventAt({block: i + 1}, body),
    )
    const burned = await foldTables(life.slice(0, 2))
    expect(burned.Asset).toMatchObject([{owner: null, supply: 0n, burnId: key(2), burnedAt: timeOf(2), incarnation: 1, mintId: key(1)}])
    const {Asset, Transfer} = await foldTables(life)
    expect(Asset).toMatchObject([
      {owner: BOB, supply: 1n, burnId: null, burnedAt: null, incarnation: 2, mintId: key(3), mintedAt: timeOf(3), transferCount: 3},
    ])
    expect(Transfer?.map(({incarnation}) => incarnation)).toEqual([1, 1, 2])
  })

  test('a burned token that moves on without a mint lives again, its mint not observed', async () => {
    expect(await assetsAfter(moved(ZERO_ADDRESS, ALICE), moved(ALICE, ZERO_ADDRESS), moved(ALICE, BOB))).toMatchObject([
      {owner: BOB, incarnation: 2, creator: null, mintId: null, mintedAt: null, burnId: null, supply: 1n},
    ])
  })

  test('a second burn keeps the first one, a mint of a living token only moves it', async () => {
    expect(await assetsAfter(moved(ALICE, ZERO_ADDRESS), moved(ALICE, ZERO_ADDRESS))).toMatchObject([
      {owner: null, burnId: key(1), incarnation: 1},
    ])
    expect(await assetsAfter(moved(ZERO_ADDRESS, ALICE), moved(ZERO_ADDRESS, BOB))).toMatchObject([
      {owner: BOB, mintId: key(1), incarnation: 1},
    ])
  })

  test('a mint that is seen after the first move of a token without one is its mint', async () => {
    expect(await assetsAfter(moved(ALICE, BOB), moved(ZERO_ADDRESS, ALICE))).toMatchObject([
      {owner: ALICE, creator: PAYER, mintId: key(2), incarnation: 1},
    ])
  })

  test('from and to both zero is a mint that is burned at once', async () => {
    expect(await assetsAfter(moved(ZERO_ADDRESS, ZERO_ADDRESS))).toMatchObject([{owner: null, mintId: key(1), burnId: key(1), supply: 0n}])
  })

  test('case 21: token ids use all 256 bits', async () => {
    expect(await assetsAfter(moved(ZERO_ADDRESS, ALICE, MAX_UINT256))).toMatchObject([
      {id: `1-${ART}-${MAX_UINT256}`, tokenId: MAX_UINT256},
    ])
  })

  test('a stranger says nothing about who owns a token: such an event is a bug of the decoding [INV-3]', async () => {
    const forged = eventAt({}, moved(ALICE, BOB), {emitter: address(0xbad), authority: 'unverified'})
    await expect(foldTables([forged])).rejects.toThrow(BrokenInvariant)
  })
})

describe('ERC-2309', () => {
  const range = (from: bigint, to: bigint) =>
    ({type: 'token.rangeTransferred', collection: ART, fromTokenId: from, toTokenId: to, from: ZERO_ADDRESS, to: ALICE}) as const

  test('a small range becomes one asset and one transfer for each id, keyed by its place in the range', async () => {
    const {Asset, Transfer, RangeTransfer} = await foldTables(inBlock(3, range(5n, 7n)))
    expect(Asset?.map(({tokenId, owner, mintId}) => [tokenId, owner, mintId])).toEqual([
      [5n, ALICE, key(3, 0, 0)],
      [6n, ALICE, key(3, 0, 1)],
      [7n, ALICE, key(3, 0, 2)],
    ])
    expect([Transfer?.length, RangeTransfer]).toEqual([3, undefined])
  })

  test('case 5: a range of 2^256 tokens is one row, and a token of it appears when it moves', async () => {
    const {Asset, Transfer, RangeTransfer} = await foldTables([
      eventAt({block: 1}, range(0n, MAX_UINT256)),
      eventAt({block: 2}, moved(ALICE, BOB, 77n)),
    ])
    expect(RangeTransfer).toEqual([
      {
        id: key(1),
        chainId: 1n,
        blockNumber: 1,
        logIndex: 0,
        timestamp: timeOf(1),
        transactionHash: hash(1000),
        transactionFrom: PAYER,
        collectionId: `1-${ART}`,
        fromTokenId: 0n,
        toTokenId: MAX_UINT256,
        from: ZERO_ADDRESS,
        to: ALICE,
      },
    ])
    expect(Asset).toMatchObject([{tokenId: 77n, owner: BOB, mintId: null, creator: null}])
    expect(Transfer).toHaveLength(1)
  })

  test('a range from 7 to 3 moves nothing and still leaves its row [INV-2]', async () => {
    const {Asset, RangeTransfer} = await foldTables(inBlock(1, range(7n, 3n)))
    expect([Asset, RangeTransfer?.length]).toEqual([undefined, 1])
  })
})
