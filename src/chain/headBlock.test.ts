import {expect, test} from 'vitest'
import {fetchHeadBlocks, type HeadContext} from './headBlock'
import {buildLogFilter} from './logFilter'
import {RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import type {RpcCall} from './rpcTransport'

const hex = (value: number, digits = 0) => `0x${value.toString(16).padStart(digits, '0')}`
const addressOf = (i: number) => hex(i + 1, 40)
const WANTED = 1_200
const TOPIC = hex(2, 64)
const filter = buildLogFilter([{address: Array.from({length: WANTED}, (_, i) => addressOf(i)), topic0: [TOPIC]}])

/** Of the first and the last contract that are wanted, and of one that is not. */
const logsOf = (number: number) =>
  [0, WANTED - 1, WANTED].map((contract, i) => ({
    ...{blockNumber: hex(number), blockHash: hex(number, 64), transactionHash: hex(9, 64), transactionIndex: '0x0'},
    ...{logIndex: hex(i), address: addressOf(contract), topics: [TOPIC], data: '0x'},
  }))

const blockOf = (number: number) => ({
  ...{number: hex(number), hash: hex(number, 64), parentHash: hex(number - 1, 64), timestamp: '0x1', logsBloom: hex(0, 512)},
  transactions: [],
})
const receiptOf = (number: number) => ({
  ...{blockHash: hex(number, 64), transactionHash: hex(9, 64), transactionIndex: '0x0', from: addressOf(0), status: '0x1'},
  ...{cumulativeGasUsed: '0x1', logsBloom: hex(0, 512), logs: logsOf(number)},
})

/** A node that takes so many addresses, and gives no logs of a block that is too full. */
function startNode({maxAddresses, full}: {maxAddresses: number; full?: number}) {
  const asked: number[] = []
  const receipts: number[] = []
  const answer = ({method, params}: RpcCall): unknown => {
    if (method === 'eth_getBlockByNumber') return blockOf(Number(params[0]))
    if (method === 'eth_getBlockReceipts') {
      receipts.push(Number(params[0]))
      return [receiptOf(Number(params[0]))]
    }
    const {address, blockHash} = params[0] as {address: readonly string[]; blockHash: string}
    asked.push(address.length)
    if (address.length > maxAddresses) throw new RpcFailure('tooManyAddresses', 'exceed max addresses or topics per search position')
    if (Number(blockHash) === full) throw new RpcFailure('tooManyResults', 'query returned more than 10000 results')
    return logsOf(Number(blockHash)).filter((log) => address.includes(log.address))
  }
  const node = {
    limits: {maxAddresses: 1_000},
    fetchResults: async (calls: readonly RpcCall[], parse: (result: unknown, i: number) => unknown) =>
      calls.map((call, i) => parse(answer(call), i)),
  }
  return {node: node as unknown as RpcNode, asked, receipts}
}

const read = async (node: RpcNode) => {
  const blocks = await fetchHeadBlocks({filter, level: 'none'} as HeadContext, node, [{number: 10}, {number: 11}])
  return blocks.map(({number, logs}) => [number, logs.map(({logIndex}) => logIndex)])
}
const EVERYTHING = [
  [10, [0, 1]],
  [11, [0, 1]],
]

test('at the head no more addresses are asked for at once than nodes take', async () => {
  const {node, asked} = startNode({maxAddresses: 1_000})
  expect(await read(node)).toEqual(EVERYTHING)
  expect(asked).toEqual([1_000, 200, 1_000, 200])
})

test('a node that takes fewer addresses is asked for fewer from then on', async () => {
  const {node, asked} = startNode({maxAddresses: 300})
  expect(await read(node)).toEqual(EVERYTHING)
  asked.length = 0
  expect(await read(node)).toEqual(EVERYTHING)
  expect(Math.max(...asked)).toBe(250)
})

test('a block at the head that is too full for eth_getLogs is read by its receipts', async () => {
  const {node, receipts} = startNode({maxAddresses: 1_000, full: 11})
  expect(await read(node)).toEqual(EVERYTHING)
  expect(receipts).toEqual([11])
})
