import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import type {Address, Hash32, Hex} from '../domain/hex'
import type {Answer, PinnedQuestion} from '../domain/question'
import type {AskingState} from './asking'
import {askNodes} from './askNodes'
import type {NodePool} from './nodePool'
import {parseHttpFailure, parseRpcError} from './rpcErrors'
import {RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import type {RpcCall, RpcReply} from './rpcTransport'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const [BLOCK, HEAD] = [7, 1_000]
const hash = `0x${'0b'.repeat(32)}` as Hash32
const question = (data: string): PinnedQuestion => ({
  kind: 'call',
  to: `0x${'70'.repeat(20)}` as Address,
  data: data as Hex,
  block: {number: BLOCK, hash},
})

const fine = (result: unknown): RpcReply => ({ok: true, result})
const says = (message: string, code: number | null = -32000): RpcReply => ({
  ok: false,
  failure: parseRpcError({code, message}),
  error: {code, message},
})
const LIMITED = says('rate limit exceeded', -32005)
const http = (status: number) => parseHttpFailure(status, undefined, 0)
const reset = new RpcFailure('unavailable', 'connection failed: ECONNRESET')
const late = new RpcFailure('unavailable', 'no answer in 10000 ms', {isTimeout: true})

/** What comes of a call: its reply, or a failure of the whole request. Undefined: what a node that is well says. */
type Behaviour = (call: RpcCall, dataOf: string | undefined) => RpcReply | RpcFailure | undefined

const HEADER = {number: '0x7', hash, parentHash: hash, timestamp: '0x1', logsBloom: `0x${'00'.repeat(256)}`, transactions: []}
const well = ({method}: RpcCall, data: string | undefined): RpcReply => {
  if (method !== 'eth_call') return fine(method === 'eth_getBlockByNumber' ? HEADER : '0x1')
  return fine(data === '0x' ? data : `${data}aa`)
}

function nodeOf(name: string, behaviour: Behaviour) {
  const asked: string[] = []
  const send = async (calls: readonly RpcCall[]): Promise<readonly RpcReply[]> =>
    calls.map((call) => {
      const data = (call.params[0] as {data?: string} | undefined)?.data
      asked.push(data ?? call.method)
      const reply = behaviour(call, data) ?? well(call, data)
      if (reply instanceof RpcFailure) throw reply
      return reply
    })
  const node = {name, fetchReplies: send, probe: send, cool: () => {}, setAside: () => {}, state: () => ({head: HEAD})}
  return {node: node as unknown as RpcNode, asked}
}

/** One after the other, as a pool of nodes that are all usable gives them. */
const poolOf = (...nodes: readonly RpcNode[]) =>
  ({
    nodes,
    acquire: async ({avoid = new Set<string>()} = {}) => nodes.find(({name}) => !avoid.has(name)) ?? nodes[0],
  }) as unknown as NodePool

const newState = (): AskingState => ({multicallAbsentTo: HEAD, byNumber: new WeakSet()})

/** The answers as soon as there are some; null when there are none after so long. */
async function askFor(ms: number, asking: Promise<readonly Answer[]>): Promise<readonly Answer[] | null> {
  let answers: readonly Answer[] | null = null
  void asking.then((all) => (answers = all))
  await vi.advanceTimersByTimeAsync(ms)
  return answers
}

const MINUTE = 60_000
const yes = (data: string) => ({ok: true, data: `${data}aa`})
const no = (reason: string) => ({ok: false, reason})

const onlyCalls =
  (trouble: RpcReply | RpcFailure): Behaviour =>
  ({method}) =>
    method === 'eth_call' ? trouble : undefined

test.each<[string, Behaviour]>([
  ['HTTP 429', () => http(429)],
  ['HTTP 429 to calls alone', onlyCalls(http(429))],
  ['HTTP 503 to calls alone', onlyCalls(http(503))],
  ['connections closed at calls alone', onlyCalls(reset)],
  ['a rate limit in words, inside 200', onlyCalls(LIMITED)],
])('%s, for a minute: no outcome before the node is well again [INV-1]', async (_, trouble) => {
  let isWell = false
  const {node} = nodeOf('node', (call, data) => (isWell ? undefined : trouble(call, data)))
  const asking = askNodes(poolOf(node), [question('0x01'), question('0x02')], newState())
  expect(await askFor(MINUTE, asking)).toBeNull()
  isWell = true
  expect(await askFor(1_000, asking)).toEqual([yes('0x01'), yes('0x02')])
})

test('while a node is rate-limited the next one is asked, and what that one lacks is no outcome yet [INV-1]', async () => {
  const limited = nodeOf('limited', onlyCalls(http(429)))
  const other = nodeOf('other', (_, data) => (data === '0x02' ? says('missing trie node') : undefined))
  const pool = poolOf(limited.node, other.node)
  expect(await askFor(0, askNodes(pool, [question('0x01')], newState()))).toEqual([yes('0x01')])
  expect(await askFor(MINUTE, askNodes(pool, [question('0x02')], newState()))).toBeNull()
  expect(await askFor(0, askNodes(poolOf(other.node), [question('0x02')], newState()))).toEqual([no('no_state')])
})

test.each<[string, RpcReply | RpcFailure]>([
  ['a time-out', late],
  ['a closed connection', reset],
  ['HTTP 504', http(504)],
  ['HTTP 403', http(403)],
  ['words that nobody knows', says('flux capacitor empty')],
  ['a time-out in words', says('request timed out', -32002)],
  ['a result that is none', fine('no hex')],
])('%s at one question, of a node that is well: refused, and the others are answered [INV-8]', async (_, trouble) => {
  const {node, asked} = nodeOf('node', (__, data) => (data === '0x66' ? trouble : undefined))
  const asking = askNodes(poolOf(node), [question('0x01'), question('0x66'), question('0x02')], newState())
  expect(await askFor(5_000, asking)).toEqual([yes('0x01'), no('refused'), yes('0x02')])
  if (trouble === late) expect(asked.filter((data) => data === '0x66')).toHaveLength(2)
})

test('a time-out that keeps a node from every other call is an outcome in the end [INV-8]', async () => {
  const {node} = nodeOf('node', onlyCalls(late))
  expect(await askFor(5_000, askNodes(poolOf(node), [question('0x66')], newState()))).toEqual([no('refused')])
})

test('a rate limit at the block that a call by number is compared with is no outcome', async () => {
  let isWell = false
  const {node} = nodeOf('node', ({method}) => (method === 'eth_getBlockByNumber' && !isWell ? LIMITED : undefined))
  const state = newState()
  state.byNumber.add(node)
  const asking = askNodes(poolOf(node), [question('0x01')], state)
  expect(await askFor(MINUTE, asking)).toBeNull()
  isWell = true
  expect(await askFor(1_000, asking)).toEqual([yes('0x01')])
})

test('a contract that reverts in the words of a rate limit has reverted [INV-8]', async () => {
  const {node} = nodeOf('node', onlyCalls(says('execution reverted: rate limit exceeded', 3)))
  expect(await askFor(5_000, askNodes(poolOf(node), [question('0x66')], newState()))).toEqual([no('reverted')])
})
