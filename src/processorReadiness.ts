import {READY, type Readiness} from './process/readiness'

/** What a processor knows of itself and of its chain. Times in milliseconds. */
export type ProcessorView = Readonly<{
  chain: string
  /** Something that stands in the way of any work, in words: the database is away, no node is usable. */
  problem: string | null
  indexesLeft: number
  /** Last indexed block; null before the first. */
  height: number | null
  lastBatchAtMs: number | null
  nodeHead: number | null
  /** When the newest head was seen; null before the first. */
  headSeenAtMs: number | null
  /**
   * When the source of blocks last told how far the chain is, 0: never; null: it is watched otherwise, as nodes are, whose silence is a problem.
   */
  headToldAtMs: number | null
  /** Last block to index; null: none. */
  endBlock: number | null
}>

/** Without a block for so long, though the node has more; and without a new head for so long (null: a chain may rest). */
export type StallLimits = Readonly<{stallMs: number; headStallMs: number | null}>

/** What keeps it from its work: of the reason what may be counted and told apart. */
export type Cause = 'blocked' | 'building_indexes' | 'not_begun' | 'no_progress' | 'gateway_silent' | 'head_stands'

/** Ready while blocks come in, or while there are none to come; never because it was so once (ponder#2264). [INV-10] */
export function judgeProcessor(view: ProcessorView, {stallMs, headStallMs}: StallLimits, nowMs: number): Readiness {
  const {height, lastBatchAtMs, nodeHead, headSeenAtMs, headToldAtMs, endBlock} = view
  const details = {chain: view.chain, indexedBlock: height, nodeHead}
  const notReady = (cause: Cause, reason: string): Readiness => ({ready: false, reason, cause, details})
  if (view.problem !== null) return notReady('blocked', view.problem)
  if (view.indexesLeft > 0) return notReady('building_indexes', `building indexes for readers, ${view.indexesLeft} are left`)
  if (height === null || lastBatchAtMs === null) return notReady('not_begun', 'no block is indexed yet')
  const isBehind = nodeHead !== null && nodeHead > height
  if (isBehind && nowMs - lastBatchAtMs > stallMs)
    return notReady('no_progress', `no progress for ${seconds(nowMs - lastBatchAtMs)} s at block ${height}, the node is at ${nodeHead}`)
  const isDone = endBlock !== null && height >= endBlock
  const silentMs = headToldAtMs === null ? 0 : nowMs - Math.max(headToldAtMs, lastBatchAtMs)
  if (!isDone && silentMs > stallMs)
    return notReady('gateway_silent', `the gateway has told nothing for ${seconds(silentMs)} s, at block ${height}`)
  if (!isDone && headStallMs !== null && headSeenAtMs !== null && nowMs - headSeenAtMs > headStallMs)
    return notReady('head_stands', `no new head for ${seconds(nowMs - headSeenAtMs)} s: the nodes stand at block ${nodeHead}`)
  return {...READY, details}
}

/** The reason for everybody: without what nodes are called, and what they said. */
export const publicReason = ({reason}: Readiness): string | null =>
  reason?.replace(/ \(.*$/s, '').replace(/\b\w+:\/\/\S+/g, 'a node') ?? null

const seconds = (ms: number): number => Math.round(ms / 1000)
