import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {createNodeTraffic, fetchReplies, type NodeTraffic} from './nodeTraffic'
import {parseHttpFailure, parseRpcError} from './rpcErrors'
import {isRpcFailure, RpcFailure} from './rpcFailure'
import type {RpcCall, RpcReply} from './rpcTransport'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const MINUTE = 60_000
const callsOf = (from: number, count: number, method = 'eth_getBlockByNumber'): readonly RpcCall[] =>
  Array.from({length: count}, (_, i) => ({method, params: [from + i]}))
const answerTo = ({params}: RpcCall): RpcReply => ({ok: true, result: params[0]})
const numbersOf = (replies: readonly RpcReply[]) => replies.map((reply) => (reply.ok ? reply.result : reply.failure.kind))
const upTo = (count: number) => Array.from({length: count}, (_, i) => i)

const says = (message: string, code = -32005, data?: unknown) => parseRpcError({code, message, data})
const TOO_MANY = parseHttpFailure(429, undefined, 0)

/** A node that answers in 20 ms; what it throws or says is up to `respond`. */
function nodeOf(respond: (calls: readonly RpcCall[]) => readonly RpcReply[]) {
  const sizes: number[] = []
  const send = async (calls: readonly RpcCall[]) => {
    sizes.push(calls.length)
    await new Promise((resolve) => setTimeout(resolve, 20))
    return respond(calls)
  }
  const node: NodeTraffic = {...createNodeTraffic('http://127.0.0.1:1', 1_000), transport: {send, close: () => {}}}
  return {node, sizes}
}

/** So many calls a second, and as many at once. */
function createAllowance(perSecond: number) {
  let [left, at] = [perSecond, performance.now()]
  return (count: number): boolean => {
    const now = performance.now()
    left = Math.min(perSecond, left + ((now - at) * perSecond) / 1_000)
    at = now
    if (left < count) return false
    left -= count
    return true
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | RpcFailure | null> {
  let outcome: T | RpcFailure | null = null
  work.then(
    (result) => (outcome = result),
    (error) => (outcome = error as RpcFailure),
  )
  await vi.advanceTimersByTimeAsync(ms)
  return outcome
}

const repliesWithin = async (ms: number, work: Promise<readonly RpcReply[]>) => {
  const outcome = await within(ms, work)
  return outcome === null || isRpcFailure(outcome) ? outcome : numbersOf(outcome)
}

test.each([50, 5])(
  'of %i calls a second, each of a batch counted, all pass in time, and none is asked for again once answered',
  async (perSecond) => {
    const allow = createAllowance(perSecond)
    const answered: unknown[] = []
    const {node} = nodeOf((calls) =>
      calls.map((call) => {
        if (!allow(1)) return {ok: false, failure: says('rate limit exceeded'), error: {code: -32005, message: 'rate limit exceeded'}}
        answered.push(call.params[0])
        return answerTo(call)
      }),
    )
    expect(await repliesWithin((300_000 / perSecond) * 1.5, fetchReplies(node, callsOf(0, 200)))).toEqual(upTo(200))
    expect(answered).toHaveLength(200)
  },
)

test('a provider that refuses a whole request when it holds more calls than are left for the second', async () => {
  const allow = createAllowance(10)
  const {node} = nodeOf((calls) => {
    if (!allow(calls.length)) throw TOO_MANY
    return calls.map(answerTo)
  })
  const ranges = [0, 100, 200].map((from) => fetchReplies(node, callsOf(from, 100)))
  const all = await within(2 * MINUTE, Promise.all(ranges))
  expect((all as readonly (readonly RpcReply[])[]).flatMap(numbersOf)).toEqual(upTo(300))
})

test('a node that refuses everything is given up on in seconds, and what nobody waits for any more is not sent', async () => {
  const {node, sizes} = nodeOf(() => {
    throw TOO_MANY
  })
  const outcome = await within(5_000, fetchReplies(node, callsOf(0, 64)))
  expect(outcome).toMatchObject({kind: 'rateLimited'})
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(sizes.length).toBeLessThan(16)
})

test('many requests that are refused at one moment are one refusal', async () => {
  let isLimited = true
  const {node} = nodeOf((calls) => {
    if (isLimited) throw TOO_MANY
    return calls.map(answerTo)
  })
  Object.assign(node.limits, {batch: 1, concurrency: 32})
  const asking = repliesWithin(5_000, fetchReplies(node, callsOf(0, 64)))
  setTimeout(() => (isLimited = false), 60)
  expect(await asking).toEqual(upTo(64))
})

test('a method that is refused for good is given up on, though the node answers others', async () => {
  const {node} = nodeOf((calls) => {
    if (calls[0]?.method === 'eth_getLogs') throw TOO_MANY
    return calls.map(answerTo)
  })
  const timer = setInterval(() => void fetchReplies(node, callsOf(0, 1)), 100)
  expect(await within(MINUTE, fetchReplies(node, callsOf(0, 1, 'eth_getLogs')))).toMatchObject({kind: 'rateLimited'})
  clearInterval(timer)
})

test.each([
  ['in the words of jsonrpsee', 20, () => says('The batch request was too large', -32010, 'Exceeded max limit of 20'), 1],
  ['in the words of dRPC', 3, () => says('Batch of more than 3 requests are not allowed on free tier', 31), 1],
  ['that takes one call at a time', 1, () => says('batch requests are not supported', -32600), 1],
  ['that tells no number', 30, () => says('batch too large', -32600), 5],
])('a limit of a batch %s is learnt', async (_, limit, refusal, refusals) => {
  let refused = 0
  const {node, sizes} = nodeOf((calls) => {
    if (calls.length <= limit) return calls.map(answerTo)
    refused += 1
    throw refusal()
  })
  node.limits.concurrency = 1
  for (let i = 0; i < refusals * 8; i++) expect(await repliesWithin(MINUTE, fetchReplies(node, callsOf(0, 100)))).toEqual(upTo(100))
  expect(refused).toBeLessThanOrEqual(refusals)
  expect([node.limits.batch, Math.max(...sizes.slice(-10))]).toEqual([limit, limit])
})

test.each([
  ['time-out', () => says('request timed out', -32002)],
  ['answer too large', () => says('batch response too large', -32003)],
  ['rate limit', () => TOO_MANY],
])('after a passing %s batches grow back to what they were', async (_, failure) => {
  let times = 8
  const {node, sizes} = nodeOf((calls) => {
    if (times-- > 0) throw failure()
    return calls.map(answerTo)
  })
  for (let i = 0; i < 120; i++) await within(MINUTE, fetchReplies(node, callsOf(0, 100)))
  expect(Math.min(...sizes)).toBeLessThan(13)
  expect(node.limits.batch).toBe(100)
})

test('a revert in the words of a rate limit slows nothing down [INV-8]', async () => {
  const error = {code: 3, message: 'execution reverted: rate limit exceeded'}
  const {node, sizes} = nodeOf((calls) => calls.map(() => ({ok: false, failure: parseRpcError(error), error})))
  expect(await repliesWithin(100, fetchReplies(node, callsOf(0, 2, 'eth_call')))).toEqual(['rateLimited', 'rateLimited'])
  expect([sizes, node.limits.batch]).toEqual([[2], 100])
})

test.each([
  ['at once', 0, 4, 4],
  ['at once, where something else can be tried', 0, 2, 2],
  ['after a time that has cost enough', 6_000, 4, 1],
])('a node that says 504 %s: sent as often as helps', async (_, tookMs, attempts, sent) => {
  const {node, sizes} = nodeOf(() => [])
  const send = async (calls: readonly RpcCall[]) => {
    sizes.push(calls.length)
    await new Promise((resolve) => setTimeout(resolve, tookMs))
    throw parseHttpFailure(504, undefined, 0)
  }
  const asking = fetchReplies({...node, transport: {send, close: () => {}}}, callsOf(0, 1), attempts)
  expect(await within(MINUTE, asking)).toMatchObject({kind: 'unavailable'})
  expect(sizes).toHaveLength(sent)
})
