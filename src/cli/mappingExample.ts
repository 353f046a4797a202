import {toQuantity} from '../chain/blockRange'
import type {RawLog} from '../chain/chainBlock'
import {isRpcFailure, RpcFailure} from '../chain/rpcFailure'
import {parseHeader, parseLogs, parseQuantity, parseTransaction} from '../chain/rpcShapes'
import {createRpcTransport, type RpcTransport} from '../chain/rpcTransport'
import type {EventMapping} from '../configured/eventMapping'
import type {Hash32, Hex} from '../domain/hex'
import {parseAddress} from '../domain/hex'
import type {Log} from '../domain/log'
import type {EventLayout} from '../domain/standard'

/** What a node was asked about a mapping, and what it said. */
export type MappingExample =
  | Readonly<{kind: 'found'; log: Log; meaning: string}>
  | Readonly<{kind: 'none'; from: number; to: number}>
  | Readonly<{kind: 'unanswered'; reason: string}>

type Wanted = Readonly<{chainId: number; mapping: EventMapping; layout: EventLayout}>

const TIMEOUT_MS = 5_000
/** Blocks looked through, newest first: each window is wider, where the node bears it. */
const WINDOWS = [1_000, 10_000, 100_000]

/** The newest log of a mapping's shape near the head of the chain, and what it means by that mapping. Bounded; never throws for a node's sake. */
export async function findExample(url: string, wanted: Wanted): Promise<MappingExample> {
  const transport = createRpcTransport(url)
  try {
    return await searchBack(transport, wanted)
  } catch (error) {
    if (!isRpcFailure(error)) throw error
    return {kind: 'unanswered', reason: error.message}
  } finally {
    transport.close()
  }
}

async function searchBack(transport: RpcTransport, wanted: Wanted): Promise<MappingExample> {
  const head = await ask(transport, 'eth_blockNumber', [], (result) => parseQuantity(result, 'block number'))
  let from = head + 1
  for (const size of WINDOWS) {
    const to = from - 1
    if (to < 0) break
    const start = Math.max(0, head + 1 - size)
    try {
      const found = (await fetchLogs(transport, wanted, start, to)).at(-1)
      if (found) return {kind: 'found', ...(await explain(transport, wanted, found))}
    } catch (error) {
      // A node that bears no wider window has told of the narrower ones.
      if (from > head || !isRpcFailure(error)) throw error
      break
    }
    from = start
  }
  return {kind: 'none', from: Math.min(from, head), to: head}
}

const fetchLogs = async (transport: RpcTransport, {mapping, layout}: Wanted, from: number, to: number): Promise<readonly RawLog[]> => {
  const filter = {
    fromBlock: toQuantity(from),
    toBlock: toQuantity(to),
    topics: [[layout.topic0]],
    ...(mapping.contracts === '*' ? {} : {address: mapping.contracts}),
  }
  const logs = await ask(transport, 'eth_getLogs', [filter], parseLogs)
  return logs.filter(({topics}) => topics.length === layout.topicCount)
}

async function explain(transport: RpcTransport, {chainId, layout}: Wanted, raw: RawLog): Promise<Readonly<{log: Log; meaning: string}>> {
  const {timestamp} = await ask(transport, 'eth_getBlockByNumber', [toQuantity(raw.blockNumber), false], (result) => parseHeader(result))
  const {from} = await ask(transport, 'eth_getTransactionByHash', [raw.transactionHash], parseTransaction)
  const log: Log = {
    chainId,
    blockNumber: raw.blockNumber,
    blockHash: raw.blockHash as Hash32,
    timestamp,
    transactionHash: raw.transactionHash as Hash32,
    transactionFrom: parseAddress(from),
    logIndex: raw.logIndex,
    address: parseAddress(raw.address),
    topics: raw.topics as readonly Hex[],
    data: raw.data as Hex,
  }
  return {log, meaning: meaningOf(layout, log)}
}

/** What is wrong with a stranger's log is what the operator wants to see here. */
function meaningOf(layout: EventLayout, log: Log): string {
  try {
    const bodies = layout.decode(log)
    return bodies.map((body) => JSON.stringify(body, (_, value) => (typeof value === 'bigint' ? String(value) : value))).join(' ')
  } catch (error) {
    return `cannot be read: ${(error as Error).message}`
  }
}

async function ask<T>(transport: RpcTransport, method: string, params: readonly unknown[], parse: (result: unknown) => T): Promise<T> {
  const [reply] = await transport.send([{method, params}], TIMEOUT_MS)
  if (reply?.ok) return parse(reply.result)
  throw reply?.failure ?? new RpcFailure('malformed', `no reply to ${method}`)
}
