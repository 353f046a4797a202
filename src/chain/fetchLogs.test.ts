import {expect, test} from 'vitest'
import {fetchLogs} from './fetchLogs'
import {buildLogFilter} from './logFilter'
import {parseHttpFailure, parseRpcError} from './rpcErrors'
import {RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import type {RpcCall} from './rpcTransport'

const hex = (value: number, digits = 0) => `0x${value.toString(16).padStart(digits, '0')}`
const [CONTRACT, TOPIC] = [hex(1, 40), hex(2, 64)]
const FILTER = buildLogFilter([{address: [CONTRACT], topic0: [TOPIC]}])

type Asked = Readonly<{from: number; length: number}>

/** A node with a log in each block; `fail` says what becomes of a question. */
function nodeOf(fail: (asked: Asked) => RpcFailure | false) {
  const asked: number[] = []
  const answer = ({params}: RpcCall): unknown => {
    const {fromBlock, toBlock} = params[0] as {fromBlock: string; toBlock: string}
    const [from, length] = [Number(fromBlock), Number(toBlock) - Number(fromBlock) + 1]
    asked.push(length)
    const failure = fail({from, length})
    if (failure) throw failure
    return Array.from({length}, (_, i) => ({
      ...{blockNumber: hex(from + i), blockHash: hex(from + i, 64), transactionHash: hex(from + i, 64), transactionIndex: '0x0'},
      ...{logIndex: '0x0', address: CONTRACT, topics: [TOPIC], data: '0x'},
    }))
  }
  const limits = {maxBlocks: Number.POSITIVE_INFINITY, maxLogs: Number.POSITIVE_INFINITY, maxAddresses: 10}
  const node = {
    limits,
    timeoutMs: 400,
    fetchResults: async (calls: readonly RpcCall[], parse: (result: unknown, i: number) => unknown) =>
      calls.map((call, i) => parse(answer(call), i)),
    probe: async (calls: readonly RpcCall[]) => calls.map((call) => ({ok: true, result: answer(call)})),
  }
  const fetch = async (from: number, to: number) =>
    (await fetchLogs(node as unknown as RpcNode, FILTER, {from, to})).map(({blockNumber}) => blockNumber)
  return {fetch, asked, limits}
}

const blocks = (from: number, to: number) => Array.from({length: to - from + 1}, (_, i) => from + i)
const late = new RpcFailure('unavailable', 'no answer in 30000 ms', {isTimeout: true})

test.each([
  ['a time-out', late],
  ['HTTP 504', parseHttpFailure(504, undefined, 0)],
  ['HTTP 502', parseHttpFailure(502, undefined, 0)],
  ['a closed connection', new RpcFailure('unavailable', 'connection failed: ECONNRESET')],
  ['words that nobody knows', parseRpcError({code: -32000, message: 'that is rather much'})],
  ['a time-out in words', parseRpcError({code: -32016, message: 'eth_getLogs request was canceled due to enabled timeout.'})],
])('%s for more blocks than a node bears: it is asked for fewer, next time at once, and carefully for more', async (_, failure) => {
  const {fetch, asked, limits} = nodeOf(({length}) => length > 50 && failure)
  expect(await fetch(0, 255)).toEqual(blocks(0, 255))
  const learning = asked.splice(0).length
  expect(learning).toBeLessThan(16)
  expect(await fetch(256, 511)).toEqual(blocks(256, 511))
  expect(asked.filter((length) => length > 50).length, 'too many asked for').toBeLessThan(4)
  expect(limits.maxBlocks).toBeLessThan(64)
  expect(limits.maxLogs).toBe(Number.POSITIVE_INFINITY)
})

test('what was too much for a moment only is soon asked for again', async () => {
  let times = 3
  const {fetch, asked} = nodeOf(({length}) => length > 1 && times-- > 0 && late)
  for (let i = 0; i < 20; i++) expect(await fetch(i * 64, i * 64 + 63)).toHaveLength(64)
  expect(asked.at(-1)).toBe(64)
})

test('a node that is down is asked for one block, and then left to others, with nothing learnt of it', async () => {
  const {fetch, asked, limits} = nodeOf(() => late)
  await expect(fetch(0, 255)).rejects.toBe(late)
  expect(asked).toEqual([256, 1])
  expect(limits.maxBlocks).toBe(Number.POSITIVE_INFINITY)
})

test('a block that a node fails at for good ends in its failure', async () => {
  const {fetch, asked} = nodeOf(({from, length}) => from <= 100 && 100 < from + length && late)
  await expect(fetch(0, 255)).rejects.toBe(late)
  expect(asked.length).toBeLessThan(24)
})
