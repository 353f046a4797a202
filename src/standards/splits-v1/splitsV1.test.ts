import {Interface, solidityPackedKeccak256} from 'ethers'
import {expect, test} from 'vitest'
import {countHashed} from '../../../test/support/countHashed'
import {address} from '../../../test/support/givenEvents'
import {decodeBy, EMITTER, encodeLog, word} from '../../../test/support/givenLogs'
import {type Hex, ZERO_ADDRESS} from '../../domain/hex'
import type {Answer} from '../../domain/question'
import {splitsV1} from './splitsV1'

const [ANN, BEN, SPLIT, COIN] = [address(0xa), address(0xb), address(0x5), address(0x70)]
const [ACCOUNTS, PARTS] = [
  [ANN, BEN],
  [400_000, 600_000],
]
const MAIN = new Interface([
  'function createSplit(address[] accounts, uint32[] percentAllocations, uint32 distributorFee, address controller)',
  'function updateSplit(address split, address[] accounts, uint32[] percentAllocations, uint32 distributorFee)',
  'function updateAndDistributeETH(address split, address[] accounts, uint32[] percentAllocations, uint32 distributorFee, address distributor)',
  'function updateAndDistributeERC20(address split, address token, address[] accounts, uint32[] percentAllocations, uint32 distributorFee, address distributor)',
  'function getHash(address split) view returns (bytes32)',
])
const shares = [
  {recipient: ANN, allocation: 400_000n},
  {recipient: BEN, allocation: 600_000n},
]
const changed = {
  type: 'split.changed',
  split: SPLIT,
  kind: 'updated',
  shares,
  totalAllocation: 1_000_000n,
  distributorFee: 1_000,
  controller: null,
}
const HASH = solidityPackedKeccak256(['address[]', 'uint32[]', 'uint32'], [ACCOUNTS, PARTS, 1_000])
const ok = (data: string): Answer => ({ok: true, data: data as Hex})

const updated = encodeLog('UpdateSplit(address indexed split)', [SPLIT])
const layout = splitsV1.layouts.find(({topic0, topicCount}) => topic0 === updated.topics[0] && topicCount === 2)
const decode = (...answers: readonly Answer[]) => layout?.decode(updated, answers)

test('recipients are asked of the transaction’s input, and of SplitMain the hash that proves them', () => {
  expect(layout?.asks?.(updated)).toEqual([
    {kind: 'input'},
    {kind: 'call', to: EMITTER, data: MAIN.encodeFunctionData('getHash', [SPLIT]), at: 'block'},
  ])
})

test.each([
  ['createSplit', [ACCOUNTS, PARTS, 1_000, ANN]],
  ['updateSplit', [SPLIT, ACCOUNTS, PARTS, 1_000]],
  ['updateAndDistributeETH', [SPLIT, ACCOUNTS, PARTS, 1_000, BEN]],
  ['updateAndDistributeERC20', [SPLIT, COIN, ACCOUNTS, PARTS, 1_000, BEN]],
])('they are found in a call of %s, also within the call of another contract', (name, values) => {
  const input = MAIN.encodeFunctionData(name, values)
  const outer = new Interface(['function execute(address to, bytes data)']).encodeFunctionData('execute', [EMITTER, input])
  expect(decode(ok(input), ok(HASH))).toEqual([{...changed, source: 'input'}])
  expect(decode(ok(outer), ok(HASH))).toEqual([{...changed, source: 'input'}])
})

test('what does not have the hash is not believed; what could not be asked says why', () => {
  const input = MAIN.encodeFunctionData('updateSplit', [SPLIT, ACCOUNTS, [500_000, 500_000], 1_000])
  const unknown = (why: string) => [{...changed, shares: [], distributorFee: 0, source: `unknown: ${why}`}]
  expect(decode(ok(input), ok(HASH))).toEqual(unknown('not_in_input'))
  expect(decode(ok(input), {ok: false, reason: 'no_state'})).toEqual(unknown('no_state'))
  expect(decode({ok: false, reason: 'unsupported'}, ok(HASH))).toEqual(unknown('unsupported'))
  expect(decode()).toEqual(unknown('no_node'))
})

test('an input made of calls costs a search as long as it is [INV-8]', async () => {
  const selectors = (MAIN.getFunction('updateSplit')?.selector.slice(2) ?? '').repeat(60_000)
  // A call whose lists are one list, which every word names that follows a selector.
  const shared = `${selectors.slice(0, 8)}${word(0).repeat(2)}`.repeat(2_000)
  const inputs = [MAIN.encodeFunctionData('updateSplit', [SPLIT, [], [], 0]).slice(2).repeat(2_000), `0${selectors}0`, shared]
  for (const input of inputs) {
    const {hashed, result} = await countHashed(() => decode(ok(`0x${input}`), ok(HASH)))
    expect(result).toMatchObject([{source: 'unknown: not_in_input'}])
    expect(hashed).toBeLessThanOrEqual(input.length / 2)
  }
})

test('later versions log the recipients; a distribution is the split’s, gross', () => {
  const created =
    'CreateSplit(address indexed split, address[] accounts, uint32[] percentAllocations, uint32 distributorFee, address controller)'
  expect(decodeBy(splitsV1, encodeLog(created, [SPLIT, ACCOUNTS, PARTS, 1_000, ANN]))).toEqual([
    {...changed, kind: 'created', controller: ANN, source: 'log'},
  ])
  const update = 'UpdateSplit(address indexed split, address[] accounts, uint32[] percentAllocations, uint32 distributorFee)'
  expect(decodeBy(splitsV1, encodeLog(update, [SPLIT, ACCOUNTS, PARTS, 1_000]))).toEqual([{...changed, source: 'log'}])
  expect(() => decodeBy(splitsV1, encodeLog(update, [SPLIT, ACCOUNTS, PARTS, 4_000_000_000]))).toThrow('a fee of 4000000000')
  const paid = {type: 'split.distributed', split: SPLIT, amount: 7n, distributor: BEN}
  expect(
    decodeBy(
      splitsV1,
      encodeLog('DistributeETH(address indexed split, uint256 amount, address indexed distributorAddress)', [SPLIT, 7n, BEN]),
    ),
  ).toEqual([{...paid, currency: ZERO_ADDRESS}])
  const erc20 = 'DistributeERC20(address indexed split, address indexed token, uint256 amount, address indexed distributorAddress)'
  expect(decodeBy(splitsV1, encodeLog(erc20, [SPLIT, COIN, 7n, BEN]))).toEqual([{...paid, currency: COIN}])
})
