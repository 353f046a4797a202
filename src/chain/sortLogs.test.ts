import {describe, expect, test} from 'vitest'
import type {RawLog} from './chainBlock'
import {sortLogs} from './fetchLogs'

const hex = (value: number, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`
const TOPICS = [hex(1, 64), hex(2, 64), hex(3, 64)]

const logOf = (logIndex: number, more: Partial<RawLog> = {}): RawLog => ({
  ...{blockNumber: 7, blockHash: hex(7, 64), logIndex, transactionIndex: 1, transactionHash: hex(8, 64)},
  ...{address: hex(9, 40), topics: [...TOPICS, hex(4, 64)], data: '0x'},
  ...more,
})

describe('logs by their place in the chain', () => {
  test('one that several filters found is there once', () => {
    expect(sortLogs([logOf(2), logOf(0), logOf(2)]).map(({logIndex}) => logIndex)).toEqual([0, 2])
  })

  test.each<[string, Partial<RawLog>]>([
    ['token', {topics: [...TOPICS, hex(5, 64)]}],
    ['transaction', {transactionHash: hex(6, 64)}],
    ['place of its transaction', {transactionIndex: 2}],
    ['fork', {blockHash: hex(6, 64)}],
  ])('two at one place that differ in their %s are untrue', (_, more) => {
    expect(() => sortLogs([logOf(2), logOf(2, more)])).toThrow('two logs at 7/2')
  })
})
