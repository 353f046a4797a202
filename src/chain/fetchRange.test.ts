import {expect, test} from 'vitest'
import type {BlockRange} from './blockRange'
import {type FetchContext, fetchRange, UNKNOWN_FULLNESS} from './fetchRange'
import {buildLogFilter} from './logFilter'
import type {RpcNode} from './rpcNode'
import type {RpcCall} from './rpcTransport'

const hex = (value: number, digits = 0) => `0x${value.toString(16).padStart(digits, '0')}`
const hashOf = (block: number, transaction: number) => hex(block * 1_000 + transaction, 64)
const [CONTRACT, TOPIC, BLOOM] = [hex(1, 40), hex(2, 64), hex(0, 512)]

const transactionOf = (block: number, i: number) => ({hash: hashOf(block, i), transactionIndex: hex(i), from: hex(i + 1, 40), to: null})

/** A node of blocks with so many transactions, of which the first `wanted` have a log of ours. */
function nodeOf(size: number, wanted: number) {
  const counts: Record<string, number> = {}
  const answer = ({method, params}: RpcCall): unknown => {
    const kind = params[1] === true ? 'whole block' : method
    counts[kind] = (counts[kind] ?? 0) + 1
    if (method === 'eth_getTransactionByHash') return transactionOf(0, Number(params[0]) % 1_000)
    if (method === 'eth_getLogs') return logsOf(params[0] as {fromBlock: string; toBlock: string})
    const number = Number(params[0])
    const all = Array.from({length: size}, (_, i) => transactionOf(number, i))
    const header = {number: hex(number), hash: hex(number + 1, 64), parentHash: hex(number, 64), timestamp: '0x1', logsBloom: BLOOM}
    return {...header, transactions: params[1] === true ? all : all.map(({hash}) => hash)}
  }
  const logsOf = ({fromBlock, toBlock}: {fromBlock: string; toBlock: string}) =>
    Array.from({length: Number(toBlock) - Number(fromBlock) + 1}, (_, k) => Number(fromBlock) + k).flatMap((number) =>
      Array.from({length: wanted}, (_, i) => ({
        ...{blockNumber: hex(number), blockHash: hex(number + 1, 64), transactionHash: hashOf(number, i), transactionIndex: hex(i)},
        ...{logIndex: hex(i), address: CONTRACT, topics: [TOPIC], data: '0x'},
      })),
    )
  const node = {
    name: 'node',
    limits: {maxBlocks: 1_000, maxLogs: 1_000, maxAddresses: 10, batch: 100, concurrency: 1},
    fetchResults: async (calls: readonly RpcCall[], parse: (result: unknown, i: number) => unknown) =>
      calls.map((call, i) => parse(call.method === 'eth_getTransactionByHash' ? byHash(call) : answer(call), i)),
  }
  const byHash = (call: RpcCall) => ({...(answer(call) as object), hash: call.params[0]})
  return {node: node as unknown as RpcNode, counts}
}

const contextOf = () =>
  ({
    filter: buildLogFilter([{address: [CONTRACT], topic0: [TOPIC], transaction: true}]),
    ...{level: 'none', allBlocks: false, density: null, fullness: {transactions: UNKNOWN_FULLNESS}, stats: {fetchMs: 0}},
  }) as unknown as FetchContext

/** What is asked for the second of two ranges of ten blocks, and who sent what. */
async function readTwice(size: number, wanted: number) {
  const {node, counts} = nodeOf(size, wanted)
  const context = contextOf()
  const read = (range: BlockRange) => fetchRange(context, node, range)
  await read({from: 10, to: 19})
  for (const kind of Object.keys(counts)) delete counts[kind]
  const {blocks} = await read({from: 20, to: 29})
  return {counts, senders: blocks.map(({transactions}) => transactions.map(({from}) => Number(from)))}
}

test.each([
  ['small blocks are asked for whole, for one transaction each', 8, 1, {eth_getLogs: 1, 'whole block': 10}],
  ['of larger blocks one transaction is asked for alone', 24, 1, {eth_getLogs: 1, eth_getBlockByNumber: 10, eth_getTransactionByHash: 10}],
  ['and three of them whole', 24, 3, {eth_getLogs: 1, 'whole block': 10}],
  ['few of a large block are asked for singly', 300, 3, {eth_getLogs: 1, eth_getBlockByNumber: 10, eth_getTransactionByHash: 30}],
  ['four of a block of any size are asked for as the whole', 300, 4, {eth_getLogs: 1, 'whole block': 10}],
])('%s', async (_, size, wanted, expected) => {
  const {counts, senders} = await readTwice(size, wanted)
  expect(counts).toEqual(expected)
  expect(senders).toEqual(Array.from({length: 10}, () => Array.from({length: wanted}, (_, i) => i + 1)))
})

test('before anything is known of the blocks, they are taken for large ones', async () => {
  const {node, counts} = nodeOf(5, 1)
  const context = contextOf()
  await fetchRange(context, node, {from: 10, to: 19})
  expect(counts).toEqual({eth_getLogs: 1, eth_getBlockByNumber: 10, eth_getTransactionByHash: 10})
})
