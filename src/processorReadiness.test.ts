import {describe, expect, test} from 'vitest'
import {judgeProcessor, type ProcessorView, publicReason} from './processorReadiness'

const NOW = 1_000_000_000
const LIMITS = {stallMs: 120_000, headStallMs: 600_000}
const WELL: ProcessorView = {
  chain: 'eip155:1',
  problem: null,
  indexesLeft: 0,
  height: 100,
  lastBatchAtMs: NOW - 1_000,
  nodeHead: 100,
  headSeenAtMs: NOW - 1_000,
  headToldAtMs: null,
  endBlock: null,
}
const reasonOf = (over: Partial<ProcessorView>, limits = LIMITS as Parameters<typeof judgeProcessor>[1]) =>
  judgeProcessor({...WELL, ...over}, limits, NOW).reason

describe('a processor that makes no progress says so [INV-10]', () => {
  test('it is ready at the head, and while it catches up', () => {
    expect(reasonOf({})).toBeNull()
    expect(reasonOf({nodeHead: 5_000})).toBeNull()
  })

  test('what stands in the way comes first', () => {
    expect(reasonOf({problem: 'no RPC node is usable (node 1: down)', height: null})).toBe('no RPC node is usable (node 1: down)')
  })

  test('everybody is told the same, but not what nodes are called and said', () => {
    const told = (problem: string) => publicReason(judgeProcessor({...WELL, problem}, LIMITS, NOW))
    expect(told('no RPC node is usable (https://eth.example: 401 (bad key); http://10.0.0.5:8545: down)')).toBe('no RPC node is usable')
    expect(told('block 7 of http://10.0.0.5:8545 is another one')).toBe('block 7 of a node is another one')
    expect(publicReason(judgeProcessor({...WELL, height: null}, LIMITS, NOW))).toBe('no block is indexed yet')
    expect(publicReason(judgeProcessor(WELL, LIMITS, NOW))).toBeNull()
  })

  test('before the first block, and while indexes are built', () => {
    expect(reasonOf({height: null})).toBe('no block is indexed yet')
    expect(reasonOf({indexesLeft: 3})).toBe('building indexes for readers, 3 are left')
  })

  test('blocks that are there and do not come in', () => {
    expect(reasonOf({nodeHead: 105, lastBatchAtMs: NOW - 121_000})).toBe('no progress for 121 s at block 100, the node is at 105')
  })

  test('nodes whose head stands still, though nothing fails (ponder#2264: a week of silence while ready)', () => {
    expect(reasonOf({lastBatchAtMs: NOW - 700_000, headSeenAtMs: NOW - 700_000})).toBe(
      'no new head for 700 s: the nodes stand at block 100',
    )
  })

  test('a gateway that answers nothing any more, though all is indexed that it told of', () => {
    const silent = {lastBatchAtMs: NOW - 700_000, headToldAtMs: NOW - 121_000}
    expect(reasonOf(silent)).toBe('the gateway has told nothing for 121 s, at block 100')
    expect(reasonOf({lastBatchAtMs: NOW - 121_000, headToldAtMs: 0, nodeHead: null, headSeenAtMs: null})).toBe(
      'the gateway has told nothing for 121 s, at block 100',
    )
    expect(reasonOf({...silent, headToldAtMs: NOW - 20_000})).toBeNull()
    expect(reasonOf({...silent, lastBatchAtMs: NOW - 1_000})).toBeNull()
    expect(reasonOf({...silent, endBlock: 100})).toBeNull()
  })

  test('a chain that may rest, or whose last block is indexed, owes no new head', () => {
    const still = {lastBatchAtMs: NOW - 700_000, headSeenAtMs: NOW - 700_000}
    expect(reasonOf(still, {stallMs: 120_000, headStallMs: null})).toBeNull()
    expect(reasonOf({...still, endBlock: 100})).toBeNull()
  })

  test('it is ready again by itself', () => {
    expect(reasonOf({headSeenAtMs: NOW})).toBeNull()
  })
})
