import {type BlockRange, rangeLength, toQuantity} from './blockRange'
import {identifyLog, type RawLog} from './chainBlock'
import {type LogFilter, type RpcLogFilter, toRpcParams} from './logFilter'
import {isRpcFailure, RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import {askLogs, askReceipts} from './rpcQuestions'
import {parseLogs, parseReceipts} from './rpcShapes'

/** How much above a learnt limit the next request goes when one at the limit went well. */
const GROWTH = 1.25
/** An answer this near to a learnt limit of logs shows that there may be room. */
const NEAR = 0.9
const MIN_LOGS = 50
/** One more than once, for a connection that was closed while it lay idle; then it may be too much. */
const RANGE_ATTEMPTS = 2
/** For the logs of one block, which show that a node is well. */
const ONE_BLOCK_MS = 5_000

/** The wanted logs of a range by one node, in order. Limits that it reports are learnt and worked around. @throws RpcFailure */
export async function fetchLogs(node: RpcNode, filter: LogFilter, range: BlockRange): Promise<readonly RawLog[]> {
  if (filter.isEmpty) return []
  const parts = await Promise.all(filter.rpc.map((rpc) => fetchFiltered(node, rpc, range)))
  const all = parts.flat().filter(filter.isWanted)
  for (const {blockNumber} of all) {
    if (blockNumber < range.from || blockNumber > range.to)
      throw new RpcFailure('malformed', `a log of block ${blockNumber} for ${range.from}-${range.to}`)
  }
  return sortLogs(all)
}

/** A filter in pieces of as many addresses as the node takes at once. */
export function splitAddresses({limits: {maxAddresses}}: RpcNode, filter: RpcLogFilter): readonly RpcLogFilter[] {
  const {addresses} = filter
  if (!addresses || addresses.length <= maxAddresses) return [filter]
  return Array.from({length: Math.ceil(addresses.length / maxAddresses)}, (_, i) => ({
    ...filter,
    addresses: addresses.slice(i * maxAddresses, (i + 1) * maxAddresses),
  }))
}

/** Whether the node has said that so many addresses are too many, and fewer may be asked for: it is asked for fewer from then on. */
export function learnAddresses({limits}: RpcNode, {kind}: RpcFailure, asked: number): boolean {
  if (kind !== 'tooManyAddresses' || asked <= 1) return false
  limits.maxAddresses = Math.min(limits.maxAddresses, asked >> 1)
  return true
}

async function fetchFiltered(node: RpcNode, filter: RpcLogFilter, range: BlockRange): Promise<readonly RawLog[]> {
  return (await Promise.all(splitAddresses(node, filter).map((piece) => fetchRangeLogs(node, piece, range)))).flat()
}

async function fetchRangeLogs(node: RpcNode, filter: RpcLogFilter, range: BlockRange): Promise<readonly RawLog[]> {
  if (rangeLength(range) > node.limits.maxBlocks) return fetchInTurn(node, filter, range, node.limits.maxBlocks)
  const attempts = range.from === range.to ? undefined : RANGE_ATTEMPTS
  try {
    const [logs] = (await node.fetchResults([askRange(filter, range)], parseLogs, attempts)) as readonly [readonly RawLog[]]
    if (rangeLength(range) >= node.limits.maxBlocks) node.limits.maxBlocks = Math.ceil(node.limits.maxBlocks * GROWTH)
    if (logs.length >= node.limits.maxLogs * NEAR) node.limits.maxLogs = Math.ceil(node.limits.maxLogs * GROWTH)
    return logs
  } catch (error) {
    if (!isRpcFailure(error)) throw error
    if (learnAddresses(node, error, filter.addresses?.length ?? 0)) return fetchFiltered(node, filter, range)
    if (!(await isTooMuch(node, filter, range, error))) throw error
    if (range.from === range.to) return fetchReceiptLogs(node, range.from)
    const logs = await fetchInTurn(node, filter, range, learnLimit(node, error, range))
    // So many at once were too many; whoever plans the next ranges plans for less.
    if (isOfDensity(error)) node.limits.maxLogs = Math.max(MIN_LOGS, Math.min(node.limits.maxLogs, logs.length >> 1))
    return logs
  }
}

const askRange = (filter: RpcLogFilter, {from, to}: BlockRange) =>
  askLogs({fromBlock: toQuantity(from), toBlock: toQuantity(to), ...toRpcParams(filter)})

/**
 * What is too much for a node it may say in no known words: by a time-out, by a 504 of what stands before it. Then it answers for one block
 * of the range all the same; a node that is down does not, and is left to others.
 */
async function isTooMuch(node: RpcNode, filter: RpcLogFilter, {from, to}: BlockRange, {kind}: RpcFailure): Promise<boolean> {
  if (kind === 'rangeTooWide' || kind === 'tooManyResults') return true
  if (kind !== 'unavailable' || from === to) return false
  return node.probe([askRange(filter, {from, to: from})], Math.min(node.timeoutMs, ONE_BLOCK_MS)).then(
    ([reply]) => reply?.ok === true,
    () => false,
  )
}

/** A limit of results depends on where in the chain one is; one of time depends on the blocks that are looked through. */
const isOfDensity = ({kind, isTimeout}: RpcFailure): boolean => kind === 'tooManyResults' && !isTimeout

/** All logs of a block that is too full for eth_getLogs. */
export async function fetchReceiptLogs(node: RpcNode, number: number): Promise<readonly RawLog[]> {
  const [receipts] = await node.fetchResults([askReceipts(number)], parseReceipts)
  return (receipts ?? []).flatMap(({logs}) => logs)
}

/** How many blocks to ask for next, from what the node says; half where it says nothing of use. */
function learnLimit(node: RpcNode, failure: RpcFailure, range: BlockRange): number {
  const length = rangeLength(range)
  const {suggestion, maxBlocks} = failure
  const suggested = suggestion && suggestion.from === range.from ? rangeLength(suggestion) : maxBlocks
  const size = suggested !== undefined && suggested < length ? suggested : length >> 1
  // Where it is for a moment only it grows again, as any learnt limit does.
  if (!isOfDensity(failure)) node.limits.maxBlocks = Math.max(1, size)
  return Math.max(1, size)
}

async function fetchInTurn(node: RpcNode, filter: RpcLogFilter, range: BlockRange, size: number): Promise<readonly RawLog[]> {
  const logs: RawLog[] = []
  for (let from = range.from; from <= range.to; ) {
    const to = Math.min(range.to, from + Math.max(1, size) - 1)
    for (const log of await fetchRangeLogs(node, filter, {from, to})) logs.push(log)
    from = to + 1
  }
  return logs
}

/** By place in the chain, each log once: filters may overlap. @throws RpcFailure when two logs claim one place. */
export function sortLogs(logs: readonly RawLog[]): readonly RawLog[] {
  const isSorted = logs.every((log, i) => i === 0 || compare(logs[i - 1] as RawLog, log) < 0)
  if (isSorted) return logs
  const ordered = [...logs].sort(compare)
  return ordered.filter((log, i) => {
    const before = ordered[i - 1]
    if (!before || compare(before, log) !== 0) return true
    if (identifyLog(before) !== identifyLog(log)) throw new RpcFailure('dishonest', `two logs at ${log.blockNumber}/${log.logIndex}`)
    return false
  })
}

const compare = (a: RawLog, b: RawLog): number => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex
