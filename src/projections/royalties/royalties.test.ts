import {expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, eventAt, hash} from '../../../test/support/givenEvents'
import type {RoyaltyPaid} from '../../domain/event'
import {type Address, ZERO_ADDRESS} from '../../domain/hex'
import {eventKey} from '../../domain/ids'
import {MAX_UINT256} from '../../domain/uint256'

const ART = address(0xa7)
const paid = (changes: Partial<RoyaltyPaid> = {}): RoyaltyPaid => ({
  type: 'royalty.paid',
  collection: ART,
  tokenId: 1n,
  payer: address(0xa),
  recipient: address(0xb),
  currency: ZERO_ADDRESS,
  gross: null,
  amount: 50n,
  basis: 1_000n,
  kind: 0,
  licenseId: null,
  saleRef: null,
  ...changes,
})

test('a payment is a row with the licence of its emitter', async () => {
  const registry = {emitter: address(0xbee), authority: 'trusted', standard: 'reference'} as const
  const {RoyaltyPayment} = await foldTables([
    eventAt({block: 2, logIndex: 3}, paid({gross: MAX_UINT256, amount: MAX_UINT256, licenseId: 7n, kind: 1, saleRef: hash(9)}), registry),
  ])
  expect(RoyaltyPayment).toEqual([
    {
      id: eventKey(1, 2, 3, 0),
      chainId: 1n,
      blockNumber: 2,
      logIndex: 3,
      timestamp: new Date((1_700_000_000 + 24) * 1000),
      transactionHash: hash(2003),
      emitter: address(0xbee),
      standard: 'reference',
      authority: 'trusted',
      collectionId: `1-${ART}`,
      assetId: `1-${ART}-1`,
      tokenId: 1n,
      payer: address(0xa),
      recipient: address(0xb),
      currency: ZERO_ADDRESS,
      gross: MAX_UINT256,
      amount: MAX_UINT256,
      basis: 1_000n,
      kind: 1,
      licenseRef: `1-${address(0xbee)}-7`,
      saleRef: hash(9),
      saleId: null,
      isEstimate: false,
      role: null,
    },
  ])
})

test('the same payment twice is two payments; what the log does not tell is null [INV-6]', async () => {
  const {RoyaltyPayment} = await foldTables([eventAt({logIndex: 1}, paid()), eventAt({logIndex: 2}, paid({basis: null}))])
  expect(RoyaltyPayment).toMatchObject([
    {amount: 50n, gross: null, basis: 1_000n, licenseRef: null, saleRef: null},
    {amount: 50n, basis: null},
  ])
})

test('of a bundle, those of its tokens bear a royalty whose contract names its recipient; what is ambiguous names nobody [INV-6]', async () => {
  const [ANN, BEN, CYN, SELLER] = [address(0xa), address(0xb), address(0xc), address(0x5)]
  const item = (tokenId: bigint) => ({collection: ART, tokenId, namespace: null, amount: 1n, from: SELLER, to: address(0xbb)})
  const due = (tokenId: bigint, recipient: Address, source = 'call') => ({
    ...{collection: ART, tokenId, basis: 0n, before: null, source},
    due: {recipient, amount: 5n},
  })
  const part = (recipient: Address, amount: bigint) => ({recipient, amount, currency: ZERO_ADDRESS, isSeller: recipient === SELLER})
  const {RoyaltyPayment, RoyaltyDue} = await foldTables([
    eventAt(
      {block: 2, logIndex: 3},
      {
        ...{type: 'sale.settled', kind: 'priced', seller: SELLER, buyer: address(0xbb), orderRef: null, orders: []},
        ...{price: 101n, currency: ZERO_ADDRESS, items: [item(1n), item(2n), item(3n)]},
        due: [due(1n, ANN), due(2n, BEN), due(3n, BEN), due(3n, CYN, 'ambiguous')],
        parts: [part(SELLER, 70n), part(ANN, 10n), part(BEN, 11n), part(CYN, 10n)],
      },
    ),
  ])
  expect(RoyaltyPayment?.map(({tokenId, recipient, amount, basis, isEstimate}) => [tokenId, recipient, amount, basis, isEstimate])).toEqual(
    [
      [1n, ANN, 10n, 34n, true],
      [2n, BEN, 6n, 34n, true],
      [3n, BEN, 5n, 33n, true],
    ],
  )
  expect(RoyaltyDue?.map(({recipient, source}) => [recipient, source])).toEqual([
    [ANN, 'call'],
    [BEN, 'call'],
    [BEN, 'call'],
    [CYN, 'ambiguous'],
  ])
})
