import {describe, expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, eventAt, inBlock} from '../../../test/support/givenEvents'
import type {TokenTransferred} from '../../domain/event'
import {type Address, ZERO_ADDRESS} from '../../domain/hex'
import {eventKey} from '../../domain/ids'
import {MAX_UINT256} from '../../domain/uint256'

const ART = address(0xa7)
const [ALICE, BOB, OPERATOR] = [address(0xa), address(0xb), address(0x0e)]

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
const movedSome = (from: Address, to: Address, amount: bigint, tokenId = 1n): TokenTransferred => ({
  ...moved(from, to, tokenId),
  namespace: 'erc1155',
  amount,
  operator: OPERATOR,
})
const key = (block: number, logIndex = 0, subIndex = 0) => eventKey(1, block, logIndex, subIndex)

describe('ERC-1155', () => {
  const balancesAfter = async (...bodies: readonly TokenTransferred[]) => {
    const {Asset, Balance} = await foldTables(inBlock(1, ...bodies))
    return {supply: Asset?.map((asset) => asset.supply), balances: Balance?.map(({account, amount}) => [account, amount])}
  }

  test('mint, transfer and burn keep balances equal to the supply [INV-3]', async () => {
    expect(await balancesAfter(movedSome(ZERO_ADDRESS, ALICE, 10n), movedSome(ALICE, BOB, 4n), movedSome(BOB, ZERO_ADDRESS, 1n))).toEqual({
      supply: [9n],
      balances: [
        [ALICE, 6n],
        [BOB, 3n],
      ],
    })
  })

  test('case 6: 0 to 0 with amount 0 declares the id: creator is the operator, nothing is minted or burned', async () => {
    const {Asset, Balance} = await foldTables(inBlock(1, movedSome(ZERO_ADDRESS, ZERO_ADDRESS, 0n)))
    expect(Asset).toMatchObject([
      {standard: 'erc1155', owner: null, creator: OPERATOR, mintId: null, burnId: null, supply: 0n, transferCount: 1},
    ])
    expect(Balance).toBeUndefined()
  })

  test('case 6: the mint after a declaration keeps the declared creator', async () => {
    const {Asset} = await foldTables(inBlock(1, movedSome(ZERO_ADDRESS, ZERO_ADDRESS, 0n), movedSome(ZERO_ADDRESS, BOB, 5n)))
    expect(Asset).toMatchObject([{creator: OPERATOR, mintId: key(1, 1), supply: 5n}])
  })

  test('case 6: a batch that names an id twice adds both entries', async () => {
    const batch = [3n, 4n].map((amount, subIndex) => eventAt({block: 1, logIndex: 9, subIndex}, movedSome(ZERO_ADDRESS, ALICE, amount)))
    const {Balance, Transfer} = await foldTables(batch)
    expect(Balance).toMatchObject([{account: ALICE, amount: 7n, lastTransferId: key(1, 9, 1)}])
    expect(Transfer?.map(({id}) => id)).toEqual([key(1, 9, 0), key(1, 9, 1)])
  })

  test('case 6: an amount of 0 is history and neither a mint nor a holding', async () => {
    const {Asset, Balance, Transfer} = await foldTables(inBlock(1, movedSome(ZERO_ADDRESS, ALICE, 0n), movedSome(ALICE, BOB, 0n)))
    expect(Asset).toMatchObject([{creator: null, mintId: null, supply: 0n, transferCount: 2}])
    expect([Balance, Transfer?.length]).toEqual([undefined, 2])
  })

  test('case 7: a self-transfer leaves the balance as it was', async () => {
    const minted = movedSome(ZERO_ADDRESS, ALICE, 2n)
    expect(await balancesAfter(minted, movedSome(ALICE, ALICE, 2n))).toEqual(await balancesAfter(minted))
  })

  test('what moves nothing is not the last transfer of a holding', async () => {
    const {Asset, Balance} = await foldTables(
      inBlock(1, movedSome(ZERO_ADDRESS, ALICE, 2n), movedSome(ALICE, ALICE, 2n), movedSome(ALICE, BOB, 0n)),
    )
    expect(Balance).toMatchObject([{account: ALICE, amount: 2n, lastTransferId: key(1, 0)}])
    expect(Asset).toMatchObject([{lastTransferId: key(1, 2), transferCount: 3}])
  })

  test('from and to both zero with an amount mints nothing, burns nothing and declares nothing', async () => {
    const {Asset, Balance} = await foldTables(inBlock(1, movedSome(ZERO_ADDRESS, ZERO_ADDRESS, 5n)))
    expect([Asset?.[0]?.supply, Asset?.[0]?.mintId, Asset?.[0]?.creator, Balance]).toEqual([0n, null, null, undefined])
  })

  test('logs that do not add up show as a negative holding', async () => {
    expect(await balancesAfter(movedSome(ALICE, BOB, 3n))).toEqual({
      supply: [0n],
      balances: [
        [ALICE, -3n],
        [BOB, 3n],
      ],
    })
  })

  test('amounts add up beyond 2^256', async () => {
    const all = movedSome(ZERO_ADDRESS, ALICE, MAX_UINT256)
    expect(await balancesAfter(all, all)).toEqual({supply: [2n * MAX_UINT256], balances: [[ALICE, 2n * MAX_UINT256]]})
  })

  test('an id names a kind: a supply of 0 ends nothing, and more of it is the same incarnation', async () => {
    const {Asset} = await foldTables(
      inBlock(1, movedSome(ZERO_ADDRESS, ALICE, 1n), movedSome(ALICE, ZERO_ADDRESS, 1n), movedSome(ZERO_ADDRESS, BOB, 1n)),
    )
    expect(Asset).toMatchObject([{incarnation: 1, mintId: key(1, 0), burnId: null, supply: 1n}])
  })
})

test('a contract that logs both kinds for one movement: the first kind keeps the books, the other is history', async () => {
  const {Asset, Balance, Transfer} = await foldTables(
    inBlock(1, moved(ZERO_ADDRESS, ALICE), movedSome(ZERO_ADDRESS, ALICE, 1n), movedSome(ALICE, BOB, 1n)),
  )
  expect(Asset).toMatchObject([{standard: 'erc721', owner: ALICE, supply: 1n, transferCount: 3, mintId: key(1, 0)}])
  expect([Balance, Transfer?.length]).toEqual([undefined, 3])
})
