import {type BlockRange, rangeLength, splitRange} from './blockRange'
import type {Link} from './blockStream'
import {type FetchContext, type FetchedRange, fetchRange} from './fetchRange'
import type {LogCache} from './logCache'
import {judgeNode, type NodePool} from './nodePool'
import {isRpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import {askBlock} from './rpcQuestions'
import {parseHeader} from './rpcShapes'
import type {Segment} from './segment'

export type RangeSource = Readonly<{
  /** Until a node's answer has passed, or the signal is aborted. */
  fetch: (range: BlockRange, signal: AbortSignal, avoidNode: string | null) => Promise<FetchedRange>
  /** Finds who is wrong about the parent of `next`; true when it is its own node and the range is to be fetched elsewhere. */
  settleLink: (before: Link, next: FetchedRange) => Promise<boolean>
}>

export type RangeSourceOptions = Readonly<{
  context: FetchContext
  cache: LogCache | null
  /** Blocks of one job, where a piece of the cache that was lost is longer. */
  maxRange: number
  onRetry: (node: RpcNode, range: BlockRange, kind: string, reason: string) => void
  onBroken: (reason: string) => void
  /** The cache holds blocks that the chain has not. */
  onForeignCache: (range: BlockRange) => void
}>

/** As the node of a range: it was read from the cache. */
export const CACHE = 'cache'
const MAX_PAUSE_MS = 2_000

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Ranges from the cache, else from whichever node gives an answer that passes. */
export function createRangeSource({context, cache, maxRange, onRetry, onBroken, onForeignCache}: RangeSourceOptions): RangeSource {
  const {pool} = context

  const fetchPiece = async (range: BlockRange, signal: AbortSignal, avoidNode: string | null): Promise<FetchedRange> => {
    const avoid = new Set(avoidNode ? [avoidNode] : [])
    for (let attempt = 1; ; attempt++) {
      const node = await pool.acquire({finalizedAt: range.to, avoid, signal})
      try {
        const fetched = await fetchRange(context, node, range)
        node.forgive()
        return fetched
      } catch (error) {
        if (!isRpcFailure(error)) throw error
        onRetry(node, range, error.kind, error.message)
        judgeNode(node, error)
        avoid.add(node.name)
        // After everyone had a turn the first may be asked again.
        if (avoid.size >= pool.nodes.length) avoid.clear()
        await sleep(Math.min(MAX_PAUSE_MS, 25 * 2 ** Math.min(attempt, 8)))
      }
    }
  }

  return {
    fetch: async (range, signal, avoidNode) => {
      const cached = avoidNode === CACHE ? null : await cache?.read(range)
      if (cached && (await isOnChain(pool, cached))) return {...cached, node: CACHE}
      if (cached) {
        onForeignCache(range)
        await cache?.forget(range.from)
      }
      const pieces: FetchedRange[] = []
      for (const piece of splitRange(range, Math.max(1, rangeLength(range) <= 2 * maxRange ? rangeLength(range) : maxRange))) {
        pieces.push(await fetchPiece(piece, signal, avoidNode))
      }
      const [first] = pieces as [FetchedRange]
      return pieces.length === 1
        ? first
        : {range, blocks: pieces.flatMap(({blocks}) => blocks), parentHash: first.parentHash, node: first.node}
    },
    settleLink: async (before, next) => {
      const votes = await Promise.all(pool.nodes.filter((node) => node.isUsable()).map((node) => fetchHash(node, before.number)))
      const forNext = votes.filter((hash) => hash === next.parentHash).length
      const forBefore = votes.filter((hash) => hash === before.hash).length
      if (forNext > forBefore) {
        onBroken(
          `block ${before.number} is ${next.parentHash} by ${forNext} of ${votes.length} nodes, but ${before.hash} was handed over as final`,
        )
        return false
      }
      const node = pool.nodes.find(({name}) => name === next.node)
      node?.setAside(`is on another fork at block ${before.number}`)
      return true
    },
  }
}

/**
 * Whether a node has the last block of what was cached: a private chain that was started anew has the same id. Without a node to ask, what
 * was verified once is taken as it is.
 */
async function isOnChain(pool: NodePool, {range, blocks}: Segment): Promise<boolean> {
  const node = pool.pick({finalizedAt: range.to})
  const hash = node ? await fetchHash(node, range.to) : null
  return hash === null || hash === blocks.at(-1)?.hash
}

const fetchHash = (node: RpcNode, number: number): Promise<string | null> =>
  node
    .fetchResults([askBlock(number)], (result) => parseHeader(result, number).hash)
    .then(
      ([hash]) => hash ?? null,
      () => null,
    )
