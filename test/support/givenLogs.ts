import {EventFragment, Interface} from 'ethers'
import type {EventBody} from '../../src/domain/event'
import type {Hex} from '../../src/domain/hex'
import type {Log} from '../../src/domain/log'
import type {Standard} from '../../src/domain/standard'
import {address, hash} from './givenEvents'

/** Who emits a log when a test does not say. */
export const EMITTER = address(0xc0de)

/** 32 bytes as hex digits, to write data by hand. */
export const word = (value: bigint | number): string => BigInt.asUintN(256, BigInt(value)).toString(16).padStart(64, '0')

/** A log of block 100, time 1 700 000 000. */
export const givenLog = (given: Partial<Log> = {}): Log => ({
  chainId: 1,
  blockNumber: 100,
  blockHash: hash(0xb10c),
  timestamp: 1_700_000_000,
  transactionHash: hash(0x7c),
  transactionFrom: address(0xf40),
  logIndex: 0,
  address: EMITTER,
  topics: [],
  data: '0x',
  ...given,
})

/** `signature` as Solidity writes an event, without `event`; encoded by ethers, not by the codecs under test. */
export function encodeLog(signature: string, values: readonly unknown[], given: Partial<Log> = {}): Log {
  const fragment = EventFragment.from(`event ${signature}`)
  const {topics, data} = new Interface([fragment]).encodeEventLog(fragment, values)
  return givenLog({topics: topics as Hex[], data: data as Hex, ...given})
}

/** What the one layout that fits says of the log. */
export function decodeBy(standard: Standard, log: Log): readonly EventBody[] {
  const layout = standard.layouts.find(({topic0, topicCount}) => topic0 === log.topics[0] && topicCount === log.topics.length)
  if (!layout) throw new Error(`${standard.name} has no layout for ${log.topics[0]} with ${log.topics.length} topics`)
  return layout.decode(log)
}
