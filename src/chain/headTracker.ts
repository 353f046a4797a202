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

type Inner = {
  readonly options: HeadTrackerOptions
  timer: NodeJS.Timeout | undefined
  closed: boolean
  followed: RpcNode | null
  forks: number
}

/** The node followed so far, as long as it keeps up: two nodes at their own pace look like forks. */
function chooseNode({options: {pool}, followed}: Inner): RpcNode | undefined {
  const best = Math.max(...pool.nodes.filter((node) => node.isUsable()).map((node) => node.state().head))
  if (followed?.isUsable() && followed.state().head >= best - MAX_LAG) return followed
  const slow = new Set(pool.nodes.filter((node) => node.state().head < best - MAX_LAG).map(({name}) => name))
  return pool.pick({avoid: slow})
}

async function poll(tracker: Inner): Promise<void> {
  const node = chooseNode(tracker)
  if (!node) return
  tracker.followed = node
  try {
    await followNode(tracker, node)
  } catch (error) {
    if (!isRpcFailure(error)) throw error
    const isPassing = error.kind === 'behind'
    tracker.options.note(isPassing ? 'debug' : 'warn', `node ${node.name} does not give the head`, {
      node: node.name,
      kind: error.kind,
      reason: error.message,
    })
    // A block that is gone a moment after it was the head is a fork in the making, not a fault.
    if (isPassing) return
    judgeNode(node, error)
    tracker.followed = null
  }
}

async function followNode(tracker: Inner, node: RpcNode): Promise<void> {
  const {context, view, onHead} = tracker.options
  const [latest] = await node.fetchResults([{method: 'eth_getBlockByNumber', params: ['latest', false]}], (result) => parseHeader(result))
  if (!latest || tracker.closed) return
  node.setHeads(Math.max(node.state().head, latest.number), node.state().finalized)
  // An ancestor of what is known is a node behind, no fork.
  if (view.isCanonical(latest.hash)) return
  const branch = await fetchBranch(context, view, node, latest.hash, latest.number)
  if (tracker.closed) return
  noteFork(tracker, branch)
  view.extend(branch)
  onHead(branch.at(-1) as HeadBlock)
  node.forgive()
}

function noteFork(tracker: Inner, branch: readonly HeadBlock[]): void {
  const {view, note} = tracker.options
  const [before, first, last] = [view.head(), branch[0], branch.at(-1)]
  if (!before || !first || !last || first.parentHash === before.hash) return
  tracker.forks += 1
  const detail = {from: `${before.number} ${before.hash}`, to: `${last.number} ${last.hash}`, base: first.number - 1}
  note('warn', 'the head has moved to another fork', detail)
}

/** Follows the head by hash, so that a fork of the same height, or to a shorter chain, is seen. */
export function startHeadTracker(options: HeadTrackerOptions): HeadTracker {
  const tracker: Inner = {options, timer: undefined, closed: false, followed: null, forks: 0}
  const loop = async (): Promise<void> => {
    await poll(tracker).catch((error: unknown) => options.note('error', 'following the head failed', {reason: (error as Error).message}))
    if (!tracker.closed) tracker.timer = setTimeout(() => void loop(), options.pollIntervalMs)
  }
  void loop()
  return {
    load: (ids) => loadBlocks(tracker, ids),
    forks: () => tracker.forks,
    close: () => {
      tracker.closed = true
      clearTimeout(tracker.timer)
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

async function loadBlocks(tracker: Inner, ids: readonly BlockId[]): Promise<readonly (HeadBlock | null)[]> {
  const {pool, context, view, note} = tracker.options
  const avoid = new Set<string>()
  for (let attempt = 1; !tracker.closed; attempt++) {
    const node = await pool.acquire({avoid})
    try {
      const blocks = await fetchHeadBlocks(context, node, ids)
      for (const block of blocks) view.remember(block)
      return blocks
    } catch (error) {
      if (!isRpcFailure(error)) throw error
      const isAbsent = error.kind === 'behind'
      if (isAbsent && ids.length > 1) return (await Promise.all(ids.map((id) => loadBlocks(tracker, [id])))).flat()
      // Every node was asked and none has it: the processor takes null as "not there".
      if (isAbsent && (avoid.size + 1 >= pool.nodes.length || attempt >= ATTEMPTS)) return [null]
      note('debug', `node ${node.name} does not give a block near the head`, {node: node.name, kind: error.kind, reason: error.message})
      if (!isAbsent) judgeNode(node, error)
      avoid.add(node.name)
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(2_000, 50 * attempt)))
  }
  return ids.map(() => null)
}
