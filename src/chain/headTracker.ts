import type {Note} from './gatewayNote'
import {type BlockId, fetchHeadBlocks, type HeadBlock, type HeadContext} from './headBlock'
import type {HeadView} from './headView'
import {judgeNode, type NodePool} from './nodePool'
import {isRpcFailure, RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import {parseHeader} from './rpcShapes'

export type HeadTrackerOptions = Readonly<{
  pool: NodePool
  context: HeadContext
  view: HeadView
  pollIntervalMs: number
  onHead: (head: HeadBlock) => void
  note: Note
}>

export type HeadTracker = Readonly<{
  /** Blocks that the view has not; null for one that no node knows. Waits for nodes. */
  load: (ids: readonly BlockId[]) => Promise<readonly (HeadBlock | null)[]>
  forks: () => number
  close: () => void
}>

/** A node is left for another when it is so many blocks behind. */
const MAX_LAG = 5
/** A gap or fork longer than this is not walked: the view starts anew, and the processor asks for what it lacks. */
const MAX_WALK = 512
const WALK_STEP = 32

/** Follows the head by hash, so that a fork of the same height, or to a shorter chain, is seen. */
export function startHeadTracker(options: HeadTrackerOptions): HeadTracker {
  const {pool, view, context, pollIntervalMs, onHead, note} = options
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let followed: RpcNode | null = null
  let forks = 0

  /** The node followed so far, as long as it keeps up: two nodes at their own pace look like forks. */
  const choose = (): RpcNode | undefined => {
    const best = Math.max(...pool.nodes.filter((node) => node.isUsable()).map((node) => node.state().head))
    if (followed?.isUsable() && followed.state().head >= best - MAX_LAG) return followed
    const slow = new Set(pool.nodes.filter((node) => node.state().head < best - MAX_LAG).map(({name}) => name))
    return pool.pick({avoid: slow})
  }

  const poll = async () => {
    const node = choose()
    if (!node) return
    followed = node
    try {
      const [latest] = await node.fetchResults([{method: 'eth_getBlockByNumber', params: ['latest', false]}], (result) =>
        parseHeader(result),
      )
      if (!latest || closed) return
      node.setHeads(Math.max(node.state().head, latest.number), node.state().finalized)
      // An ancestor of what is known is a node behind, no fork.
      if (view.isCanonical(latest.hash)) return
      const before = view.head()
      const branch = await fetchBranch(context, view, node, latest.hash, latest.number)
      if (closed) return
      if (before && branch[0] && branch[0].parentHash !== before.hash) {
        forks += 1
        note('warn', 'the head has moved to another fork', {
          from: `${before.number} ${before.hash}`,
          to: `${latest.number} ${latest.hash}`,
          base: branch[0].number - 1,
        })
      }
      view.extend(branch)
      onHead(branch.at(-1) as HeadBlock)
    } catch (error) {
      if (!isRpcFailure(error)) throw error
      note(error.kind === 'behind' ? 'debug' : 'warn', `node ${node.name} does not give the head`, {
        node: node.name,
        kind: error.kind,
        reason: error.message,
      })
      // A block that is gone a moment after it was the head is a fork in the making, not a fault.
      if (error.kind !== 'behind') judgeNode(node, error)
      if (error.kind !== 'behind') followed = null
    }
  }

  const loop = async (): Promise<void> => {
    await poll().catch((error: unknown) => note('error', 'following the head failed', {reason: (error as Error).message}))
    if (!closed) timer = setTimeout(() => void loop(), pollIntervalMs)
  }
  void loop()

  return {
    load: (ids) => loadBlocks(options, ids, () => closed),
    forks: () => forks,
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}

/** The blocks from the first that the view does not have as canonical up to this head. @throws RpcFailure */
async function fetchBranch(
  context: HeadContext,
  view: HeadView,
  node: RpcNode,
  hash: string,
  number: number,
): Promise<readonly HeadBlock[]> {
  const known = view.head()
  let branch: readonly HeadBlock[] = await fetchHeadBlocks(context, node, [{hash}])
  // Without a view, some of what is below the head is read too: a node behind is told from a fork by it.
  const needsMore = () => (known ? !view.isCanonical(branch[0]?.parentHash ?? '') : branch.length === 1)
  for (let step = known ? 1 : WALK_STEP; needsMore() && branch.length < MAX_WALK; step = Math.min(WALK_STEP, step * 2)) {
    const [first] = branch as readonly [HeadBlock]
    if (first.number === 0) break
    // Down to the known head at once; below it in growing steps, for most forks are shallow.
    const gap = Math.min(first.number, WALK_STEP, Math.max(step, first.number - 1 - (known?.number ?? first.number)))
    const parents = await fetchLinked(context, node, first, gap)
    const base = parents.findLastIndex((block) => view.isCanonical(block.hash))
    branch = [...parents.slice(base + 1), ...branch]
  }
  // Longer than is walked: only the head is sure to be wanted.
  const linked = !known || view.isCanonical(branch[0]?.parentHash ?? '')
  return linked || branch.length < MAX_WALK ? branch : branch.slice(-1).filter((block) => block.number === number)
}

async function fetchLinked(context: HeadContext, node: RpcNode, child: HeadBlock, count: number): Promise<readonly HeadBlock[]> {
  const blocks = await fetchHeadBlocks(
    context,
    node,
    Array.from({length: count}, (_, i) => ({number: child.number - count + i})),
  )
  const linked = [...blocks, child].every((block, i, all) => i === 0 || block.parentHash === all[i - 1]?.hash)
  if (!linked) throw new RpcFailure('behind', 'the chain moved while it was read')
  return blocks
}

const ATTEMPTS = 20

async function loadBlocks(
  {pool, context, view, note}: HeadTrackerOptions,
  ids: readonly BlockId[],
  isClosed: () => boolean,
): Promise<readonly (HeadBlock | null)[]> {
  const avoid = new Set<string>()
  for (let attempt = 1; !isClosed(); attempt++) {
    const node = await pool.acquire({avoid})
    try {
      const blocks = await fetchHeadBlocks(context, node, ids)
      for (const block of blocks) view.remember(block)
      return blocks
    } catch (error) {
      if (!isRpcFailure(error)) throw error
      if (error.kind === 'behind' && ids.length > 1)
        return (await Promise.all(ids.map((id) => loadBlocks({pool, context, view, note} as HeadTrackerOptions, [id], isClosed)))).flat()
      // Every node was asked and none has it: the processor takes null as "not there".
      if (error.kind === 'behind' && (avoid.size + 1 >= pool.nodes.length || attempt >= ATTEMPTS)) return [null]
      note('debug', `node ${node.name} does not give a block near the head`, {node: node.name, kind: error.kind, reason: error.message})
      if (error.kind !== 'behind') judgeNode(node, error)
      avoid.add(node.name)
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(2_000, 50 * attempt)))
  }
  return ids.map(() => null)
}
