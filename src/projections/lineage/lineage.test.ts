import {expect, test} from 'vitest'
import {foldTables} from '../../../test/support/foldTables'
import {address, eventAt, hash, inBlock} from '../../../test/support/givenEvents'
import type {DerivativeRegistered} from '../../domain/event'
import {eventKey} from '../../domain/ids'

const edge = (parent: number, child: number, licenseId: bigint | null = null): DerivativeRegistered => ({
  type: 'derivative.registered',
  parent: {collection: address(0xaa), tokenId: BigInt(parent)},
  child: {collection: address(0xbb), tokenId: BigInt(child)},
  licenseId,
  royaltyBps: 10_001,
  relation: 200,
})

test('an edge is a row with both ends, numbers as logged, and the licence of its emitter', async () => {
  const {Derivative} = await foldTables([eventAt({block: 1, logIndex: 2}, edge(1, 2, 7n), {standard: 'reference'})])
  expect(Derivative).toEqual([
    {
      id: eventKey(1, 1, 2, 0),
      chainId: 1n,
      blockNumber: 1,
      logIndex: 2,
      timestamp: new Date((1_700_000_000 + 12) * 1000),
      transactionHash: hash(1002),
      emitter: address(0xbb),
      standard: 'reference',
      authority: 'self',
      parentCollectionId: `1-${address(0xaa)}`,
      parentAssetId: `1-${address(0xaa)}-1`,
      parentTokenId: 1n,
      parentContent: null,
      childCollectionId: `1-${address(0xbb)}`,
      childAssetId: `1-${address(0xbb)}-2`,
      childTokenId: 2n,
      licenseRef: `1-${address(0xbb)}-7`,
      royaltyBps: 10_001,
      relation: 200,
    },
  ])
})

test('loops and repeated edges are kept as logged', async () => {
  const {Derivative} = await foldTables(inBlock(1, edge(1, 1), edge(1, 2), edge(1, 2)))
  expect(Derivative).toHaveLength(3)
})
