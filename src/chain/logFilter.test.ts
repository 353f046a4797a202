import {describe, expect, test} from 'vitest'
import type {RawLog} from './chainBlock'
import {buildLogFilter, toRpcParams} from './logFilter'

const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}`
const topic = (n: number) => `0x${n.toString(16).padStart(64, '0')}`
const log = (at: number, ...topics: readonly number[]): RawLog => ({
  blockNumber: 1,
  blockHash: topic(99),
  logIndex: 0,
  transactionIndex: 0,
  transactionHash: topic(98),
  address: address(at),
  topics: topics.map(topic),
  data: '0x',
})

describe('buildLogFilter', () => {
  test('requests alike but for the contract are one eth_getLogs', () => {
    const {rpc} = buildLogFilter([1, 2, 1].map((n) => ({address: [address(n)], topic0: [topic(2), topic(1)]})))
    expect(rpc.map(toRpcParams)).toEqual([{address: [address(1), address(2)], topics: [[topic(1), topic(2)]]}])
  })

  test('many different requests are asked as one wider, and told apart here', () => {
    const filter = buildLogFilter(Array.from({length: 9}, (_, i) => ({address: [address(i)], topic0: [topic(i)]})))
    expect(filter.rpc).toHaveLength(1)
    expect([filter.isWanted(log(3, 3)), filter.isWanted(log(3, 4)), filter.isWanted(log(3))]).toEqual([true, false, false])
  })

  test('every contract: the number of topics is asked for', () => {
    const filter = buildLogFilter([{topic0: [topic(1), topic(2)]}], {[topic(1)]: 4})
    expect(filter.rpc.map(toRpcParams)).toEqual([{topics: [[topic(1)], null, null, null]}, {topics: [[topic(2)]]}])
    expect([filter.isWanted(log(7, 1, 0, 0)), filter.isWanted(log(7, 1, 0, 0, 0)), filter.isWanted(log(7, 2))]).toEqual([false, true, true])
  })

  test('a contract that is named is heard whatever the number of topics', () => {
    const filter = buildLogFilter([{topic0: [topic(1)]}, {address: [address(5)], topic0: [topic(1)]}], {[topic(1)]: 4})
    expect([filter.isWanted(log(5, 1)), filter.isWanted(log(6, 1))]).toEqual([true, false])
  })

  test('deeper topics bind, and only who asked for transactions gets them', () => {
    const filter = buildLogFilter([
      {address: [address(1)], topic0: [topic(1)], topic2: [topic(9)]},
      {address: [address(1)], topic0: [topic(2)], transaction: true},
    ])
    expect([filter.isWanted(log(1, 1, 0, 9)), filter.isWanted(log(1, 1, 0, 8)), filter.isWanted(log(1, 1))]).toEqual([true, false, false])
    expect([filter.wantsTransaction(log(1, 2)), filter.wantsTransaction(log(1, 1, 0, 9))]).toEqual([true, false])
  })

  test('the key does not depend on order or case, but on what is asked', () => {
    const key = (...args: Parameters<typeof buildLogFilter>) => buildLogFilter(...args).key
    const a = {address: ['0xAB'.padEnd(42, '0'), address(2)], topic0: [topic(1), topic(2)]}
    const b = {address: [address(2), '0xab'.padEnd(42, '0')], topic0: [topic(2), topic(1)]}
    expect(key([a, {topic0: [topic(3)]}])).toBe(key([{topic0: [topic(3)]}, b]))
    expect(new Set([key([a]), key([{...a, transaction: true}]), key([a], {[topic(1)]: 3}), key([])]).size).toBe(4)
  })
})
