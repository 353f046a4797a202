import {toQuantity} from './blockRange'
import {areAllLogs, fetchProvedReceipts, type Hashing} from './blockTruth'
import {EMPTY_BLOOM} from './bloom'
import type {RawHeader, RawLog} from './chainBlock'
import {fetchReceiptLogs, learnAddresses, sortLogs, splitAddresses} from './fetchLogs'
import type {Verification} from './fetchRange'
import {type LogFilter, toRpcParams} from './logFilter'
import {isRpcFailure, RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import {askLogs} from './rpcQuestions'
import {parseHeader, parseLogs, parseReceipts} from './rpcShapes'
import {holdsLogs, isSuspicious} from './verifyBloom'
import {compareLogs} from './verifyRange'

/** A block near the head with its wanted logs, checked; what the head service answers from. */
export type HeadBlock = Readonly<{
  number: number
  hash: string
  parentHash: string
  /** As eth_getBlockBy… answers, transactions cut to what a log's sender needs; without them when none was asked for. */
  json: Readonly<Record<string, unknown>>
  logs: readonly RawLog[]
}>

export type HeadContext = Readonly<{hashing: Hashing; filter: LogFilter; level: Verification}>

export type BlockId = Readonly<{number: number}> | Readonly<{hash: string}>

/** Blocks and their wanted logs by one node. @throws RpcFailure, 'behind' when it lacks one of them */
export async function fetchHeadBlocks(context: HeadContext, node: RpcNode, ids: readonly BlockId[]): Promise<readonly HeadBlock[]> {
  const full = context.filter.anyTransaction
  const calls = ids.map((id) =>
    'hash' in id
      ? {method: 'eth_getBlockByHash', params: [id.hash, full]}
      : {method: 'eth_getBlockByNumber', params: [toQuantity(id.number), full]},
  )
  const found = await node.fetchResults(calls, (json, i) => {
    const id = ids[i] as BlockId
    const header = parseHeader(json, 'number' in id ? id.number : undefined, context.level === 'receipts')
    if ('hash' in id && header.hash !== id.hash) throw new RpcFailure('malformed', 'another block than the one asked for')
    return {json: json as Readonly<Record<string, unknown>>, header}
  })
  const logs = await fetchHeadLogs(
    context,
    node,
    found.map(({header}) => header),
  )
  return found.map(({json, header}, i) => ({
    number: header.number,
    hash: header.hash,
    parentHash: header.parentHash,
    logs: logs[i] ?? [],
    json: slimBlock(json),
  }))
}

function slimBlock(json: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const transactions = Array.isArray(json['transactions']) ? (json['transactions'] as readonly unknown[]) : []
  return {
    number: json['number'],
    hash: json['hash'],
    parentHash: json['parentHash'],
    timestamp: json['timestamp'],
    // evm-processor takes a block whose bloom is not empty but whose logs are as invalid; the logs are filtered here, and verified.
    logsBloom: EMPTY_BLOOM,
    transactions: transactions.map((transaction) =>
      typeof transaction === 'string' ? transaction : slimTransaction(transaction as Readonly<Record<string, unknown>>),
    ),
  }
}

const slimTransaction = ({blockNumber, blockHash, transactionIndex, hash, from, to, input}: Readonly<Record<string, unknown>>) => ({
  blockNumber,
  blockHash,
  transactionIndex,
  hash,
  from,
  to,
  input: typeof input === 'string' ? input.slice(0, 10) : '0x',
})

async function fetchHeadLogs(context: HeadContext, node: RpcNode, headers: readonly RawHeader[]): Promise<readonly (readonly RawLog[])[]> {
  const {filter, level, hashing} = context
  // A bloom that holds nothing wanted proves that there is nothing: most blocks need no call.
  const relevant = headers.filter((header) => level === 'none' || isSuspicious(hashing.bloom, filter, header, []))
  const found = level === 'receipts' ? await fetchByReceipts(context, node, relevant) : await fetchByHash(context, node, relevant)
  if (level === 'bloom') await Promise.all(relevant.map((header) => verifyHeadLogs(context, node, header, found.get(header.hash) ?? [])))
  return headers.map(({hash}) => found.get(hash) ?? [])
}

async function fetchByReceipts(
  {filter, hashing}: HeadContext,
  node: RpcNode,
  headers: readonly RawHeader[],
): Promise<ReadonlyMap<string, readonly RawLog[]>> {
  const all = await fetchProvedReceipts(node, hashing, headers)
  return new Map(headers.map(({hash}, i) => [hash, (all[i] ?? []).flatMap(({logs}) => logs).filter(filter.isWanted)]))
}

/** As fetchLogs, what the node cannot bear is learnt and worked around. */
async function fetchByHash(
  context: HeadContext,
  node: RpcNode,
  headers: readonly RawHeader[],
): Promise<ReadonlyMap<string, readonly RawLog[]>> {
  const filters = context.filter.rpc.flatMap((rpc) => splitAddresses(node, rpc))
  const calls = headers.flatMap(({hash}) => filters.map((rpc) => askLogs({blockHash: hash, ...toRpcParams(rpc)})))
  try {
    const answers = await node.fetchResults(calls, parseLogs)
    const logsOf = (i: number) => answers.slice(i * filters.length, (i + 1) * filters.length).flat()
    return new Map(headers.map((header, i) => [header.hash, pickLogs(context, header, logsOf(i))]))
  } catch (error) {
    if (!isRpcFailure(error)) throw error
    if (learnAddresses(node, error, Math.max(...filters.map(({addresses}) => addresses?.length ?? 0))))
      return fetchByHash(context, node, headers)
    const [header, ...others] = headers
    if (error.kind !== 'tooManyResults' || !header) throw error
    if (others.length === 0) return new Map([[header.hash, pickLogs(context, header, await fetchReceiptLogs(node, header.number))]])
    const alone = await Promise.all(headers.map((one) => fetchByHash(context, node, [one])))
    return new Map(alone.flatMap((found) => [...found]))
  }
}

/** The wanted ones, in order. @throws RpcFailure when one is of another block */
function pickLogs({filter}: HeadContext, {hash, number}: RawHeader, all: readonly RawLog[]): readonly RawLog[] {
  const logs = all.filter(filter.isWanted)
  if (logs.some((log) => log.blockHash !== hash || log.blockNumber !== number))
    throw new RpcFailure('malformed', `a log of another block than ${number}`)
  return sortLogs(logs)
}

/** At the head every doubtful block is re-checked: one call more for a block every few seconds. @throws RpcFailure */
async function verifyHeadLogs({filter, hashing}: HeadContext, node: RpcNode, header: RawHeader, logs: readonly RawLog[]): Promise<void> {
  if (holdsLogs(hashing.bloom, header, logs) && !isSuspicious(hashing.bloom, filter, header, logs)) return
  if (areAllLogs(hashing, header, logs)) return
  const [reply] = await node.fetchReplies([{method: 'eth_getBlockReceipts', params: [toQuantity(header.number)]}])
  const receipts = reply?.ok ? parseReceipts(reply.result).flatMap((receipt) => receipt.logs) : null
  const all = receipts ?? (await node.fetchResults([{method: 'eth_getLogs', params: [{blockHash: header.hash}]}], parseLogs))[0] ?? []
  if (!areAllLogs(hashing, header, all)) throw new RpcFailure('malformed', `the logs of block ${header.number} are not those of its bloom`)
  compareLogs(hashing, header, logs, all.filter(filter.isWanted))
}
