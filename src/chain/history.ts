import type {ArchiveQuery} from './archiveQuery'
import {type BlockStream, openBlockStream} from './blockStream'
import type {Hashing} from './blockTruth'
import {encodeBlock} from './encodeBlock'
import {type FetchContext, fetchRange, UNKNOWN_FULLNESS} from './fetchRange'
import type {Note} from './gatewayNote'
import type {GatewaySettings} from './gatewaySettings'
import {type LogCache, openLogCache} from './logCache'
import {buildLogFilter, type LogFilter} from './logFilter'
import {judgeNode, type NodePool} from './nodePool'
import {createRangePlan, type RangePlan} from './rangePlan'
import {CACHE, createRangeSource} from './rangeSource'
import {HAS_STATE_SYNC} from './receiptsRoot'
import {isRpcFailure} from './rpcFailure'
import type {VerifyStats} from './verifyRange'

export type HistoryCounters = {
  blocks: number
  logs: number
  fromCacheBlocks: number
  retries: number
  lastRetry: string | null
  broken: string | null
}

export type HistoryOptions = Readonly<{
  settings: GatewaySettings
  pool: NodePool
  hashing: Hashing
  stats: VerifyStats
  finalized: () => number | null
  note: Note
}>

export type History = Readonly<{
  answer: (query: ArchiveQuery) => Promise<readonly Buffer[] | null>
  cache: () => LogCache | null
  next: () => number | null
  /** Since when somebody waits for blocks that do not come; null when nobody does. */
  waitingSinceMs: () => number | null
  counters: HistoryCounters
  close: () => Promise<void>
}>

type Current = Readonly<{key: string; stream: BlockStream; cache: LogCache | null}>

/** Final blocks by query, each stream of queries fetched ahead. */
export function createHistory(options: HistoryOptions): History {
  const {settings, note} = options
  const {tuning} = settings
  const counters: HistoryCounters = {blocks: 0, logs: 0, fromCacheBlocks: 0, retries: 0, lastRetry: null, broken: null}
  // How dense the chain is and what its nodes bear is known beyond one query.
  const plan = createRangePlan({
    startBlocks: 64,
    maxBlocks: tuning.maxRange,
    targetLogs: () => options.pool.bearableLogs(tuning.targetLogs),
  })
  let current: Current | null = null
  let waitingSinceMs: number | null = null
  let closed = false

  const open = async (query: ArchiveQuery, key: string): Promise<Current> => {
    const filter = buildLogFilter(query.logs, settings.minTopics)
    const cache = query.allBlocks ? null : await openCache(settings, filter, note)
    return {key, cache, stream: openStream({...options, plan, cache, counters}, query, filter)}
  }

  return {
    answer: async (query) => {
      if (query.allBlocks && query.logs.length === 0) return answerHeaders(options, query)
      const {fields} = query
      const key = JSON.stringify([query.logs, query.toBlock, query.allBlocks, [...fields.log], [...fields.block], [...fields.transaction]])
      if (current?.key !== key || current.stream.next() !== query.fromBlock) {
        current?.stream.close()
        await current?.cache?.flush()
        current = await open(query, key)
      }
      if (closed) return null
      waitingSinceMs ??= Date.now()
      const blocks = await current.stream.take(tuning.answerBytes, tuning.patienceMs)
      waitingSinceMs = null
      // At its end a processor may exit as soon as it has written this.
      if (current.stream.next() > Math.min(query.toBlock ?? Number.POSITIVE_INFINITY, options.finalized() ?? -1))
        await current.cache?.flush()
      return blocks
    },
    cache: () => current?.cache ?? null,
    next: () => current?.stream.next() ?? null,
    waitingSinceMs: () => waitingSinceMs,
    counters,
    close: async () => {
      closed = true
      current?.stream.close()
      await current?.cache?.flush()
    },
  }
}

async function openCache(settings: GatewaySettings, filter: LogFilter, note: Note): Promise<LogCache | null> {
  const {cacheDir, cacheMaxBytes, chainId, verification} = settings
  if (cacheDir === null) return null
  return openLogCache({
    dir: cacheDir,
    chainId,
    key: filter.key,
    level: verification,
    maxBytes: cacheMaxBytes,
    onDamage: (file, reason) => note('warn', 'a piece of the log cache is damaged: it is dropped and fetched again', {file, reason}),
  })
}

type StreamNeeds = HistoryOptions & Readonly<{plan: RangePlan; cache: LogCache | null; counters: HistoryCounters}>

function openStream(needs: StreamNeeds, query: ArchiveQuery, filter: LogFilter): BlockStream {
  const {settings, pool, hashing, stats, finalized, note, plan, cache, counters} = needs
  const {tuning, verification} = settings
  const context: FetchContext = {
    pool,
    hashing,
    filter,
    stats,
    level: verification,
    allBlocks: query.allBlocks,
    density: HAS_STATE_SYNC.has(settings.chainId) ? null : {share: 0},
    fullness: {transactions: UNKNOWN_FULLNESS},
  }
  const source = createRangeSource({
    context,
    cache,
    maxRange: tuning.maxRange,
    onRetry: (node, range, kind, reason) => {
      counters.retries += 1
      counters.lastRetry = `${node.name}: ${reason}`
      note('warn', `node ${node.name} gave no good answer: another try`, {node: node.name, kind, reason, ...range})
    },
    onForeignCache: (range) => note('warn', 'the log cache holds blocks of another chain with the same id: they are dropped', {...range}),
    onBroken: (reason) => {
      counters.broken = reason
      note('error', 'the chain has broken its own finality', {reason})
    },
  })
  return openBlockStream({
    from: query.fromBlock,
    to: query.toBlock,
    fields: query.fields,
    finalized,
    plan,
    concurrency: () => tuning.rangesAtOnce,
    maxReadyBytes: tuning.maxReadyBytes,
    clip: (range) => cache?.clip(range, Math.min(query.toBlock ?? Number.POSITIVE_INFINITY, finalized() ?? -1)) ?? range,
    fetch: source.fetch,
    onBrokenLink: source.settleLink,
    onSettled: ({range, blocks, parentHash, node}) => {
      if (node !== CACHE) cache?.add({range, blocks, parentHash})
      else counters.fromCacheBlocks += blocks.length
    },
    onFault: (error) => {
      counters.broken = `a fault of the gateway itself: ${error.message}`
      note('error', counters.broken, {stack: error.stack})
    },
    onHandedOver: (blocks, logs) => {
      counters.blocks += blocks
      counters.logs += logs
    },
  })
}

const HEADERS_AT_ONCE = 100

/** Headers alone: evm-processor's question whether it is still on the same chain. */
async function answerHeaders(
  {settings, pool, hashing, stats, note}: HistoryOptions,
  {fromBlock, toBlock, fields}: ArchiveQuery,
): Promise<readonly Buffer[] | null> {
  const range = {from: fromBlock, to: Math.min(toBlock ?? fromBlock, fromBlock + HEADERS_AT_ONCE - 1)}
  const rules = {
    filter: buildLogFilter([]),
    level: 'none',
    allBlocks: true,
    density: null,
    fullness: {transactions: UNKNOWN_FULLNESS},
  } as const
  const context: FetchContext = {pool, hashing, stats, ...rules}
  const avoid = new Set<string>()
  for (;;) {
    const node = await pool.acquire({avoid})
    try {
      const {blocks} = await fetchRange(context, node, range)
      return blocks.map((block) => Buffer.from(encodeBlock(block, fields)))
    } catch (error) {
      if (!isRpcFailure(error)) throw error
      note('warn', `node ${node.name} does not give a header`, {node: node.name, kind: error.kind, reason: error.message, ...range})
      judgeNode(node, error)
      avoid.add(node.name)
      await new Promise((resolve) => setTimeout(resolve, settings.pollIntervalMs))
    }
  }
}
