import {beforeAll, expect, test} from 'vitest'
import type {Hashing} from './blockTruth'
import {createBloom} from './bloom'
import type {RawHeader, RawLog} from './chainBlock'
import {loadKeccak} from './keccak'
import {buildLogFilter} from './logFilter'
import type {NodePool} from './nodePool'
import {RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import type {RpcCall} from './rpcTransport'
import {compareLogs, createVerifyStats, verifyRange} from './verifyRange'

const word = (value: number) => `0x${value.toString(16).padStart(64, '0')}`
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
/** ERC-721 transfers of every contract: an ERC-20 one is none of them. */
const filter = buildLogFilter([{topic0: [TRANSFER]}], {[TRANSFER]: 4})
const LENGTH = 100

const transferOf = (blockNumber: number, i: number): RawLog => ({
  ...{blockNumber, blockHash: word(blockNumber + 1), logIndex: i, transactionIndex: i, transactionHash: word(1_000 + i)},
  address: `0x${'ab'.repeat(20)}`,
  ...(i === 0
    ? {topics: [TRANSFER, word(1), word(2)], data: word(5)}
    : {topics: [TRANSFER, word(1), word(2), word(blockNumber * 100 + i)], data: '0x'}),
})

/** Each block with a transfer of ERC-20, every tenth with five of ERC-721 besides: every bloom holds the topic. */
const blocks = Array.from({length: LENGTH}, (_, number) => Array.from({length: number % 10 === 0 ? 6 : 1}, (_, i) => transferOf(number, i)))
const wanted = blocks.flat().filter(filter.isWanted)

let hashing: Hashing
let headers: readonly RawHeader[]
beforeAll(async () => {
  const keccak = await loadKeccak()
  hashing = {keccak, bloom: createBloom(keccak)}
  headers = blocks.map((logs, number) => ({
    ...{number, hash: word(number + 1), parentHash: word(number), timestamp: number, logsBloom: hashing.bloom.ofLogs(logs)},
    ...{receiptsRoot: word(0), transactionCount: 1, transactions: null, transactionHashes: null},
  }))
})

/** Verifies what the first of two nodes serves, while the second serves something too. */
async function verify(served: readonly RawLog[], other: readonly RawLog[]) {
  const second = {
    name: 'second',
    limits: {maxAddresses: 1_000, maxBlocks: Number.POSITIVE_INFINITY, maxLogs: Number.POSITIVE_INFINITY},
    fetchResults: async ([call]: readonly RpcCall[]) => {
      const asked = call?.params[0] as {blockHash?: string}
      if (call?.method !== 'eth_getLogs') throw new RpcFailure('unsupported', 'no receipts')
      return [asked.blockHash ? blocks[Number(asked.blockHash) - 1] : other]
    },
  } as unknown as RpcNode
  const pool = {
    pick: ({exclude}: {exclude: ReadonlySet<string>}) => (exclude.has('second') ? undefined : second),
  } as unknown as NodePool
  const stats = createVerifyStats()
  const context = {pool, hashing, filter, node: {name: 'first'} as RpcNode, stats}
  await verifyRange(context, {from: 0, to: LENGTH - 1}, headers, served)
  return stats
}

test('where two nodes are compared, logs left out beside others of their kind are found', async () => {
  const without = wanted.filter(({blockNumber, logIndex}) => blockNumber !== 50 || logIndex === 1)
  await expect(verify(without, wanted)).rejects.toMatchObject({kind: 'dishonest', message: 'block 50: 4 of 5 logs left out'})
})

test('where two nodes are compared, what the second leaves out is no fault of the first', async () => {
  const without = wanted.filter(({blockNumber, logIndex}) => blockNumber !== 50 || logIndex === 1)
  expect(await verify(wanted, without)).toMatchObject({check: 'second node', rechecked: 0})
})

test.each<[string, Partial<RawLog>]>([
  ['another transaction', {transactionHash: word(9)}],
  ['another place of its transaction', {transactionIndex: 9}],
])('a log with %s is not the proved one', (_, more) => {
  const [header, proved] = [headers[50] as RawHeader, wanted.filter(({blockNumber}) => blockNumber === 50)]
  expect(() => compareLogs(header, proved, proved)).not.toThrow()
  expect(() => compareLogs(header, proved.with(2, {...(proved[2] as RawLog), ...more}), proved)).toThrow('1 that are not in it')
})
