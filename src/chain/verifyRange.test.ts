import {beforeAll, describe, expect, test} from 'vitest'
import type {Hashing} from './blockTruth'
import {createBloom} from './bloom'
import type {RawHeader, RawLog} from './chainBlock'
import {fetchLogs} from './fetchLogs'
import {loadKeccak} from './keccak'
import {buildLogFilter} from './logFilter'
import type {NodePool} from './nodePool'
import {receiptsRoot} from './receiptsRoot'
import {RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import type {RawReceipt} from './rpcShapes'
import type {RpcCall} from './rpcTransport'
import {compareLogs, createVerifyStats, verifyRange} from './verifyRange'

const word = (value: number) => `0x${value.toString(16).padStart(64, '0')}`
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
/** ERC-721 transfers of every contract: an ERC-20 one is none of them. */
const filter = buildLogFilter([{topic0: [TRANSFER]}], {[TRANSFER]: 4})
const LENGTH = 100
/** The log that has the topics of the one after it: without either the bloom is the same. */
const TWIN = 4

const transferOf = (blockNumber: number, i: number): RawLog => ({
  ...{blockNumber, blockHash: word(blockNumber + 1), logIndex: i, transactionIndex: i, transactionHash: word(1_000 + i)},
  address: `0x${'ab'.repeat(20)}`,
  ...(i === 0
    ? {topics: [TRANSFER, word(1), word(2)], data: word(5)}
    : {topics: [TRANSFER, word(1), word(2), word(blockNumber * 100 + Math.min(i, TWIN))], data: word(i)}),
})

/** Each block with a transfer of ERC-20, every tenth with five of ERC-721 besides: every bloom holds the topic. */
const blocks = Array.from({length: LENGTH}, (_, number) => Array.from({length: number % 10 === 0 ? 6 : 1}, (_, i) => transferOf(number, i)))
const wanted = blocks.flat().filter(filter.isWanted)

const receiptsOf = (number: number, logs = blocks[number] as readonly RawLog[]): readonly RawReceipt[] =>
  logs.map((log) => ({
    ...{blockHash: log.blockHash, type: 2, root: null, status: 1, cumulativeGasUsed: '0x1', logsBloom: hashing.bloom.ofLogs([log])},
    ...{logs: [log], depositNonce: null, depositReceiptVersion: null},
    transaction: {transactionIndex: log.transactionIndex, hash: log.transactionHash, from: log.address, to: null},
  }))

let hashing: Hashing
let headers: readonly RawHeader[]
beforeAll(async () => {
  const keccak = await loadKeccak()
  hashing = {keccak, bloom: createBloom(keccak), hasStateSync: false}
  headers = blocks.map((logs, number) => ({
    ...{number, hash: word(number + 1), parentHash: word(number), timestamp: number, logsBloom: hashing.bloom.ofLogs(logs)},
    ...{receiptsRoot: receiptsRoot(receiptsOf(number), keccak), transactionCount: 1, transactions: null, transactionHashes: null},
  }))
})

/** What a node has of each block. `hasReceipts`: whether it gives receipts. */
const nodeOf = (name: string, isKnown: (log: RawLog) => boolean, hasReceipts = true) =>
  ({
    name,
    limits: {maxAddresses: 1_000, maxBlocks: Number.POSITIVE_INFINITY, maxLogs: Number.POSITIVE_INFINITY},
    fetchResults: async (calls: readonly RpcCall[]) =>
      calls.map(({method, params: [asked]}) => {
        if (method === 'eth_getBlockReceipts') {
          if (!hasReceipts) throw new RpcFailure('unsupported', 'no receipts')
          return receiptsOf(Number(asked), blocks[Number(asked)]?.filter(isKnown))
        }
        const {blockHash} = asked as {blockHash?: string}
        return (blockHash ? (blocks[Number(blockHash) - 1] as readonly RawLog[]) : wanted).filter(isKnown)
      }),
  }) as unknown as RpcNode

/** Verifies the first node's answer while there is a second. */
async function verify(first: RpcNode, second: RpcNode) {
  const pick = ({exclude, avoid}: Readonly<{exclude: ReadonlySet<string>; avoid?: ReadonlySet<string>}>) => {
    const fit = [first, second].filter(({name}) => !exclude.has(name))
    return fit.find(({name}) => !avoid?.has(name)) ?? fit[0]
  }
  const context = {pool: {pick} as unknown as NodePool, hashing, filter, node: first, stats: createVerifyStats()}
  const range = {from: 0, to: LENGTH - 1}
  await verifyRange(context, range, headers, await fetchLogs(first, filter, range))
  return context.stats
}

const everything = () => true
const without =
  (...indexes: readonly number[]) =>
  ({blockNumber, logIndex}: RawLog) =>
    blockNumber !== 50 || !indexes.includes(logIndex)

describe('where two nodes are compared', () => {
  test('logs left out beside others of their kind are found', async () => {
    const verifying = verify(nodeOf('first', without(2, 3, 4, 5)), nodeOf('second', everything, false))
    await expect(verifying).rejects.toMatchObject({kind: 'dishonest', message: 'block 50: 4 of 5 logs left out'})
  })

  test('and one without which the bloom is the same', async () => {
    const verifying = verify(nodeOf('first', without(TWIN)), nodeOf('second', everything, false))
    await expect(verifying).rejects.toMatchObject({kind: 'dishonest', message: 'block 50: 1 of 5 logs left out'})
  })

  test('what the second leaves out of everything that it says is no fault of the first, whose receipts give the root', async () => {
    const stats = await verify(nodeOf('first', everything), nodeOf('second', without(TWIN)))
    expect(stats).toMatchObject({check: 'second node', rechecked: 1})
  })
})

test.each<[string, Partial<RawLog>]>([
  ['another transaction', {transactionHash: word(9)}],
  ['another place of its transaction', {transactionIndex: 9}],
])('a log with %s is not the proved one', (_, more) => {
  const [header, proved] = [headers[50] as RawHeader, wanted.filter(({blockNumber}) => blockNumber === 50)]
  expect(() => compareLogs(hashing, header, proved, proved)).not.toThrow()
  expect(() => compareLogs(hashing, header, proved.with(2, {...(proved[2] as RawLog), ...more}), proved)).toThrow('1 that are not in it')
})
