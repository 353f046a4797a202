import {expect, test} from 'vitest'
import {address, eventAt} from '../../test/support/givenEvents'
import type {DomainEvent} from '../domain/event'
import {ZERO_ADDRESS} from '../domain/hex'
import {MAX_UINT256} from '../domain/uint256'
import {expandRanges, MAX_IDS_PER_BLOCK, MAX_IDS_PER_LOG} from './expandRanges'

const ART = address(0xa7)
const range = (block: number, logIndex: number, from: bigint, to: bigint): DomainEvent =>
  eventAt(
    {block, logIndex},
    {type: 'token.rangeTransferred', collection: ART, fromTokenId: from, toTokenId: to, from: ZERO_ADDRESS, to: address(1)},
  )
const expand = (...events: readonly DomainEvent[]) => [...expandRanges(events)]
const full = (block: number, logIndex: number) => range(block, logIndex, 1n, BigInt(MAX_IDS_PER_LOG))

test('a range is written out as its transfers, in order, each with its place in the log', () => {
  const transfer = (tokenId: bigint, subIndex: number) =>
    eventAt(
      {block: 3, logIndex: 8, subIndex},
      {
        type: 'token.transferred',
        namespace: 'erc721',
        collection: ART,
        tokenId,
        from: ZERO_ADDRESS,
        to: address(1),
        amount: 1n,
        operator: null,
      },
    )
  expect(expand(range(3, 8, MAX_UINT256 - 1n, MAX_UINT256))).toEqual([transfer(MAX_UINT256 - 1n, 0), transfer(MAX_UINT256, 1)])
})

test('what else its log became stands behind it, in its order; the next log begins anew', () => {
  const upgrade = (logIndex: number, subIndex: number) =>
    eventAt({block: 3, logIndex, subIndex}, {type: 'contract.upgraded', implementation: address(1)})
  const places = expand(upgrade(8, 0), {...range(3, 8, 1n, 2n), ref: upgrade(8, 1).ref}, upgrade(8, 2), upgrade(9, 0)).map(({ref}) => ref)
  expect(places.map(({logIndex, subIndex}) => [logIndex, subIndex])).toEqual([
    [8, 0],
    [8, 1],
    [8, 2],
    [8, 3],
    [9, 0],
  ])
  expect(places.map(({key}) => key)).toEqual(
    places.map(({logIndex, subIndex}) => eventAt({block: 3, logIndex, subIndex}, upgrade(0, 0)).ref.key),
  )
})

test('what is no range passes as it is', () => {
  const upgrade = eventAt({}, {type: 'contract.upgraded', implementation: address(1)})
  expect(expand(upgrade)[0]).toBe(upgrade)
})

test('a range that names nothing, and one of more than the limit, pass as they are [INV-8]', () => {
  const [nothing, large, all] = [range(1, 0, 7n, 3n), range(1, 1, 0n, BigInt(MAX_IDS_PER_LOG)), range(1, 2, 0n, MAX_UINT256)]
  expect(expand(nothing, large, all)).toEqual([nothing, large, all])
  expect(expand(full(1, 0))).toHaveLength(MAX_IDS_PER_LOG)
})

test('a block has an allowance, the next block a new one, whatever came before it in the batch [INV-1] [INV-8]', () => {
  const allowed = MAX_IDS_PER_BLOCK / MAX_IDS_PER_LOG
  const hostile = Array.from({length: allowed + 3}, (_, i) => full(1, i))
  const [ours, refused] = [full(2, 0), range(1, 99, 5n, 5n)]
  const together = expand(...hostile, refused, ours)
  expect(together.filter(({type}) => type === 'token.rangeTransferred')).toEqual([...hostile.slice(allowed), refused])
  expect(together.filter(({ref}) => ref.blockNumber === 2)).toHaveLength(MAX_IDS_PER_LOG)
})
