import {expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, eventAt, hash} from '../../../test/support/givenEvents'
import type {RoyaltyPaid} from '../../domain/event'
import {ZERO_ADDRESS} from '../../domain/hex'
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
