import {redactText} from '../process/redact'
import type {BlockRange} from './blockRange'
import {createHashing} from './blockTruth'
import type {ChainBlock} from './chainBlock'
import {type FetchContext, UNKNOWN_FULLNESS} from './fetchRange'
import type {GatewaySettings} from './gatewaySettings'
import {loadKeccak} from './keccak'
import {buildLogFilter} from './logFilter'
import {openPool, openProbe} from './openNodes'
import {createRangePlan} from './rangePlan'
import {createRangeSource} from './rangeSource'
import {HAS_STATE_SYNC} from './receiptsRoot'
import type {RequestPeriod} from './requestPeriods'
import {isRpcFailure} from './rpcFailure'
import {createVerifyStats} from './verifyRange'

/** Blocks that hold wanted logs, and the last one of the range. */
export type ReadRange = Readonly<{range: BlockRange; blocks: readonly ChainBlock[]}>

export type RangeReader = Readonly<{
  /** The blocks of a period, piece by piece, each checked to the level. @throws Error when no node gives a good answer for `patienceMs` */
  read: (period: RequestPeriod) => AsyncGenerator<ReadRange>
  close: () => void
}>

/** No node gives an answer that passes. */
export class NoGoodNode extends Error {
  override readonly name = 'NoGoodNode'
  readonly code = 'E_NO_GOOD_NODE'
}

/** Final blocks straight from the nodes, without a cache, for who compares. */
export async function openRangeReader(settings: GatewaySettings, patienceMs: number): Promise<RangeReader> {
  const {tuning, verification, chainId, minTopics, rpc} = settings
  const keccak = await loadKeccak()
  const pool = openPool(settings)
  const probe = openProbe(settings, pool, () => {})
  let lastRetry: string | null = null
  const base: Omit<FetchContext, 'filter'> = {
    pool,
    hashing: createHashing(keccak, chainId),
    stats: createVerifyStats(),
    level: verification,
    allBlocks: false,
    density: HAS_STATE_SYNC.has(chainId) ? null : {share: 0},
    fullness: {transactions: UNKNOWN_FULLNESS},
  }
  const explain = (): NoGoodNode => {
    const reasons = pool.states().map(({name, health, reason, finalized}) => `${name}: ${reason ?? `${health}, final ${finalized}`}`)
    return new NoGoodNode(redactText(`no node gives a good answer (${lastRetry ?? reasons.join('; ')})`, rpc))
  }
  return {
    read: async function* (period) {
      const source = createRangeSource({
        context: {...base, filter: buildLogFilter(period.requests, minTopics)},
        cache: null,
        maxRange: tuning.maxRange,
        onRetry: (node, _, __, reason) => {
          lastRetry = `${node.name}: ${reason}`
        },
        onBroken: () => {},
        onForeignCache: () => {},
      })
      const plan = createRangePlan({startBlocks: 64, maxBlocks: tuning.maxRange, targetLogs: () => pool.bearableLogs(tuning.targetLogs)})
      for (let from = period.from; from <= period.to; ) {
        const range = {from, to: Math.min(period.to, from + plan.size() - 1)}
        const {blocks} = await source.fetch(range, AbortSignal.timeout(patienceMs), null).catch((error: unknown) => {
          throw isRpcFailure(error) ? explain() : error
        })
        plan.record(
          range.to - from + 1,
          blocks.reduce((sum, {logs}) => sum + logs.length, 0),
        )
        yield {range, blocks}
        from = range.to + 1
      }
    },
    close: () => {
      probe.close()
      pool.close()
    },
  }
}
