import {type BlockRange, rangeLength} from './blockRange'
import {fetchProvedReceipts, type Hashing} from './blockTruth'
import type {ChainBlock, RawHeader, RawLog, RawTransaction} from './chainBlock'
import {fetchLogs} from './fetchLogs'
import type {LogFilter} from './logFilter'
import type {NodePool} from './nodePool'
import {RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import {askBlock, askTransaction} from './rpcQuestions'
import {parseHeader, parseTransaction} from './rpcShapes'
import {checkHashes, checkLinks, groupByBlock, isSuspicious} from './verifyBloom'
import {compareLogs, type VerifyStats, verifyRange} from './verifyRange'

export type Verification = 'none' | 'bloom' | 'receipts'

export type FetchContext = Readonly<{
  pool: NodePool
  hashing: Hashing
  filter: LogFilter
  level: Verification
  /** Every block of the range, not only those with logs and the last. */
  allBlocks: boolean
  stats: VerifyStats
  /** Share of blocks that had wanted logs, as of the last ranges; kept here. Null on chains with logs that no bloom holds. */
  density: {share: number} | null
  /** Transactions of a block that had wanted ones, as of the last ranges; kept here. */
  fullness: {transactions: number}
}>

/** A verified piece of the chain. */
export type FetchedRange = Readonly<{
  range: BlockRange
  blocks: readonly ChainBlock[]
  /** Parent of the first block of the range; null at a level that does not fetch it. */
  parentHash: string | null
  node: string
}>

/** From this many wanted transactions on, the whole block is asked for instead of each, however large it is. */
const WHOLE_BLOCK_FROM = 4
/** Of smaller blocks it is asked for from the first one on: a question less is worth reading so many transactions, and no more. */
const WORTH_ONE_QUESTION = 8
/** Until blocks were seen they are taken for large ones. */
export const UNKNOWN_FULLNESS = 1_000
const WHOLE_BLOCKS_AT_ONCE = 25

/** A range by one node, checked to the level. @throws RpcFailure, naming what `node` did wrong */
export async function fetchRange(context: FetchContext, node: RpcNode, range: BlockRange): Promise<FetchedRange> {
  const {level, stats} = context
  if (level === 'receipts' && (context.density?.share ?? 0) > DENSE)
    return timed(stats, 'fetchMs', () => fetchDenseRange(context, node, range))
  const {logs, byBlock, headers} = await timed(stats, 'fetchMs', () => fetchClaim(context, node, range))
  if (level !== 'none') await timed(stats, 'verifyMs', () => verifyRange({...context, node}, range, headers, logs))
  const transactions = await timed(stats, 'fetchMs', () => fetchTransactions(context, node, headers, byBlock))
  return buildRange(context, node, range, headers, byBlock, transactions)
}

async function timed<T>(stats: VerifyStats, stage: 'fetchMs' | 'verifyMs', work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  try {
    return await work()
  } finally {
    stats[stage] += performance.now() - started
  }
}

/** What a node says of a range: logs and headers that agree with each other. */
async function fetchClaim(context: FetchContext, node: RpcNode, range: BlockRange) {
  const {filter, level, allBlocks} = context
  // Nothing but the headers depends on the logs where all headers are wanted: both are asked for at once.
  const wantAll = allBlocks || level !== 'none'
  const early = wantAll && !needsTransactions(context) ? fetchHeaders(node, numbersOf(range), new Set()) : null
  early?.catch(() => {})
  const logs = await fetchLogs(node, filter, range)
  const byBlock = groupByBlock(logs)
  const whole = needsTransactions(context) ? wholeBlocks(context, byBlock) : new Set<number>()
  const numbers = wantAll ? numbersOf(range) : [...new Set([...byBlock.keys(), range.to])].sort((a, b) => a - b)
  const headers = await (early ?? fetchHeaders(node, numbers, whole))
  checkLinks(headers)
  for (const header of headers) checkHashes(header, byBlock.get(header.number) ?? [])
  return {logs, byBlock, headers}
}

/** Above this share of blocks with wanted logs, their receipts, which hold the logs too, are cheaper alone. */
const DENSE = 0.5

/** Receipts of every block whose bloom may hold something wanted: what the others hold is nothing, by their blooms. */
async function fetchDenseRange(context: FetchContext, node: RpcNode, range: BlockRange): Promise<FetchedRange> {
  const {filter, hashing, stats} = context
  const headers = await fetchHeaders(node, numbersOf(range), new Set(), true)
  checkLinks(headers)
  const candidates = headers.filter((header) => isSuspicious(hashing.bloom, filter, header, []))
  const proved = await fetchProvedReceipts(node, hashing, candidates)
  const byBlock = new Map<number, readonly RawLog[]>()
  const transactions = new Map<number, readonly RawTransaction[]>()
  candidates.forEach(({number}, i) => {
    const receipts = proved[i] ?? []
    const logs = receipts.flatMap((receipt) => receipt.logs.filter(filter.isWanted))
    if (logs.length === 0) return
    byBlock.set(number, logs)
    transactions.set(
      number,
      pick(
        wantedHashes(filter, logs),
        receipts.map(({transaction}) => transaction),
        number,
      ),
    )
  })
  stats.blocks += headers.length
  return buildRange(context, node, range, headers, byBlock, transactions)
}

function buildRange(
  {allBlocks, density}: FetchContext,
  node: RpcNode,
  range: BlockRange,
  headers: readonly RawHeader[],
  byBlock: ReadonlyMap<number, readonly RawLog[]>,
  transactions: ReadonlyMap<number, readonly RawTransaction[]>,
): FetchedRange {
  if (density) density.share = density.share * 0.5 + (0.5 * byBlock.size) / rangeLength(range)
  const kept = headers.filter(({number}) => allBlocks || number === range.to || byBlock.has(number))
  return {
    range,
    blocks: kept.map(({number, hash, parentHash, timestamp}) => ({
      number,
      hash,
      parentHash,
      timestamp,
      logs: byBlock.get(number) ?? [],
      transactions: transactions.get(number) ?? [],
    })),
    parentHash: headers[0]?.number === range.from ? headers[0].parentHash : null,
    node: node.name,
  }
}

/** Receipts name the sender too: where they are fetched anyway, no transaction is. */
const needsTransactions = ({filter, level}: FetchContext): boolean => filter.anyTransaction && level !== 'receipts'

const numbersOf = ({from, to}: BlockRange): readonly number[] => Array.from({length: to - from + 1}, (_, i) => from + i)

async function fetchHeaders(
  node: RpcNode,
  numbers: readonly number[],
  whole: ReadonlySet<number>,
  keepsHashes = false,
): Promise<readonly RawHeader[]> {
  const fetch = (list: readonly number[], full: boolean) =>
    node.fetchResults(
      list.map((number) => askBlock(number, full)),
      (result, i) => parseHeader(result, list[i], keepsHashes),
    )
  const full = numbers.filter((number) => whole.has(number))
  const pieces = Array.from({length: Math.ceil(full.length / WHOLE_BLOCKS_AT_ONCE)}, (_, i) =>
    full.slice(i * WHOLE_BLOCKS_AT_ONCE, (i + 1) * WHOLE_BLOCKS_AT_ONCE),
  )
  const parts = await Promise.all([
    fetch(
      numbers.filter((number) => !whole.has(number)),
      false,
    ),
    ...pieces.map((piece) => fetch(piece, true)),
  ])
  return parts.flat().sort((a, b) => a.number - b.number)
}

function wantedHashes(filter: LogFilter, logs: readonly RawLog[]): ReadonlySet<string> {
  const hashes = new Set<string>()
  for (const log of logs) if (filter.wantsTransaction(log)) hashes.add(log.transactionHash)
  return hashes
}

function wholeBlocks({filter, fullness}: FetchContext, byBlock: ReadonlyMap<number, readonly RawLog[]>): ReadonlySet<number> {
  const enough = Math.min(WHOLE_BLOCK_FROM, fullness.transactions / WORTH_ONE_QUESTION)
  const isWhole = (wanted: number) => wanted > 0 && wanted >= enough
  return new Set([...byBlock].filter(([, logs]) => isWhole(wantedHashes(filter, logs).size)).map(([number]) => number))
}

function noteFullness({fullness}: FetchContext, blocks: readonly RawHeader[]): void {
  if (blocks.length === 0) return
  const seen = blocks.reduce((sum, {transactionCount}) => sum + transactionCount, 0) / blocks.length
  fullness.transactions = fullness.transactions === UNKNOWN_FULLNESS ? seen : fullness.transactions * 0.5 + seen * 0.5
}

/** Wanted transactions by block; at the level of receipts these are proved here, and with them every log of their blocks. */
async function fetchTransactions(
  context: FetchContext,
  node: RpcNode,
  headers: readonly RawHeader[],
  byBlock: ReadonlyMap<number, readonly RawLog[]>,
): Promise<ReadonlyMap<number, readonly RawTransaction[]>> {
  const {filter, hashing, level} = context
  const relevant = headers.filter(({number}) => byBlock.has(number))
  if (level === 'receipts') {
    const proved = await fetchProvedReceipts(node, hashing, relevant)
    relevant.forEach((header, i) => {
      const all = proved[i]?.flatMap(({logs}) => logs) ?? []
      compareLogs(hashing, header, byBlock.get(header.number) ?? [], all.filter(filter.isWanted))
    })
    return new Map(
      relevant.map(({number}, i) => [
        number,
        pick(wantedHashes(filter, byBlock.get(number) ?? []), proved[i]?.map((receipt) => receipt.transaction) ?? [], number),
      ]),
    )
  }
  if (!filter.anyTransaction) return new Map()
  noteFullness(context, relevant)
  const wanted = relevant.map(({number}) => wantedHashes(filter, byBlock.get(number) ?? []))
  const single = relevant.flatMap(({transactions}, i) => (transactions === null ? [...(wanted[i] ?? [])] : []))
  const fetched = await node.fetchResults(single.map(askTransaction), parseTransaction)
  const byHash = new Map(fetched.map((transaction) => [transaction.hash, transaction]))
  const singly = (hashes: ReadonlySet<string>) => [...hashes].flatMap((hash) => byHash.get(hash) ?? [])
  return new Map(
    relevant.map(({number, transactions}, i) => {
      const hashes = wanted[i] ?? new Set()
      return [number, pick(hashes, transactions ?? singly(hashes), number)]
    }),
  )
}

function pick(hashes: ReadonlySet<string>, transactions: readonly RawTransaction[], number: number): readonly RawTransaction[] {
  const found = transactions.filter(({hash}) => hashes.has(hash))
  if (found.length !== hashes.size)
    throw new RpcFailure('malformed', `block ${number}: ${hashes.size - found.length} transactions are missing`)
  return found
}
