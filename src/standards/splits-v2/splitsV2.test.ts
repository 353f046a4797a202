import {expect, test} from 'vitest'
import {address, hash} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog} from '../../../test/support/givenLogs'
import {ZERO_ADDRESS} from '../../domain/hex'
import {splitsV2} from './splitsV2'

const [ANN, BEN, SPLIT, COIN] = [address(0xa), address(0xb), address(0x5), address(0x70)]
const STRUCT = '(address[] recipients, uint256[] allocations, uint256 totalAllocation, uint16 distributionIncentive)'
const VALUE = [[ANN, BEN], [2n ** 200n, 1n], 2n ** 200n + 1n, 6500]
const changed = {
  type: 'split.changed',
  split: EMITTER,
  kind: 'updated',
  shares: [
    {recipient: ANN, allocation: 2n ** 200n},
    {recipient: BEN, allocation: 1n},
  ],
  totalAllocation: 2n ** 200n + 1n,
  distributorFee: 6500,
  controller: null,
  source: 'log',
}
const decode = (signature: string, values: readonly unknown[]) => decodeBy(splitsV2, encodeLog(signature, values))

test('a split says of itself whom it pays; the factory says it again, with the owner, in three shapes', () => {
  expect(decode(`SplitUpdated(${STRUCT} split)`, [VALUE])).toEqual([changed])
  const created = [{...changed, split: SPLIT, kind: 'created', controller: ANN}]
  const shape = (rest: string) => `SplitCreated(address indexed split, ${STRUCT} splitParams, address owner, address creator${rest})`
  expect(decode(shape(', bytes32 salt'), [SPLIT, VALUE, ANN, BEN, hash(1)])).toEqual(created)
  expect(decode(shape(', uint256 nonce'), [SPLIT, VALUE, ANN, BEN, 1n])).toEqual(created)
  expect(decode(shape(''), [SPLIT, VALUE, ZERO_ADDRESS, BEN])).toEqual([{...created[0], controller: null}])
})

test('what it pays out, gross; the protocol’s own way to write the native coin is ours', () => {
  const signature = 'SplitDistributed(address indexed token, address indexed distributor, uint256 amount)'
  const paid = {type: 'split.distributed', split: EMITTER, distributor: BEN, amount: 100n}
  expect(decode(signature, ['0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE', BEN, 100n])).toEqual([{...paid, currency: ZERO_ADDRESS}])
  expect(decode(signature, [COIN, BEN, 100n])).toEqual([{...paid, currency: COIN}])
})

test('lists that differ in length, and more recipients than a split can pay, are failures [INV-8]', () => {
  const update = (recipients: readonly string[], allocations: readonly bigint[]) =>
    decode(`SplitUpdated(${STRUCT} split)`, [[recipients, allocations, 1n, 0]])
  expect(() => update([ANN], [])).toThrow('differ in number')
  expect(() => update(Array(1001).fill(ANN), Array(1001).fill(1n))).toThrow('1001 recipients')
})
