import {RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'

export type NodeNeed = Readonly<{
  /** The node must have this block as a final one. */
  finalizedAt?: number
  /** Nodes not to ask, as long as there is another. */
  avoid?: ReadonlySet<string>
  /** Nodes not to ask at all. */
  exclude?: ReadonlySet<string>
  signal?: AbortSignal
}>

export type NodePool = ReturnType<typeof createNodePool>

const RECHECK_MS = 100
/** Every so often the one that was asked least is asked, or a node that has become fast would never be noticed. */
const EXPLORE_EVERY = 24

/** Chooses among nodes by health, height and latency. `onWanted` is told whenever somebody begins to wait for one. */
export function createNodePool(nodes: readonly RpcNode[], onWanted: () => void = () => {}) {
  let waiting: (() => void)[] = []
  let picks = 0
  let closed = false

  const suits = (node: RpcNode, {finalizedAt, exclude}: NodeNeed) => {
    if (exclude?.has(node.name) || !node.isUsable()) return false
    const {finalized} = node.state()
    return finalizedAt === undefined || (finalized !== null && finalized >= finalizedAt)
  }

  const cost = (node: RpcNode) => {
    const {latencyMs, inFlight, limits} = node.state()
    return (latencyMs + 1) * (1 + inFlight / limits.concurrency)
  }

  const pick = (need: NodeNeed): RpcNode | undefined => {
    const fit = nodes.filter((node) => suits(node, need))
    const preferred = fit.filter((node) => !need.avoid?.has(node.name))
    const candidates = preferred.length > 0 ? preferred : fit
    picks += 1
    const rank = picks % EXPLORE_EVERY === 0 ? (node: RpcNode) => node.state().requests : cost
    return candidates.length > 0 ? candidates.reduce((best, node) => (rank(node) < rank(best) ? node : best)) : undefined
  }

  return {
    nodes,
    pick,
    /** Waits as long as it takes. @throws RpcFailure when the pool is closed, or the signal aborted. */
    acquire: async (need: NodeNeed = {}): Promise<RpcNode> => {
      for (;;) {
        if (closed || need.signal?.aborted) throw new RpcFailure('unavailable', 'the gateway is closed')
        const node = pick(need)
        if (node) return node
        onWanted()
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, RECHECK_MS)
          waiting.push(() => (clearTimeout(timer), resolve()))
        })
      }
    },
    /** A node has changed: those who wait look again. */
    wake: () => {
      const awake = waiting
      waiting = []
      for (const resolve of awake) resolve()
    },
    /** As many logs in one answer as were asked for, or as the most generous node is known to give. */
    bearableLogs: (wanted: number) => {
      const usable = nodes.filter((node) => node.isUsable())
      return Math.min(wanted, usable.length === 0 ? wanted : Math.max(...usable.map(({limits}) => limits.maxLogs)))
    },
    states: () => nodes.map((node) => node.state()),
    close: () => {
      closed = true
      for (const node of nodes) node.close()
    },
  }
}

/** What a failure means for the node that caused it. */
export function judgeNode(node: RpcNode, failure: RpcFailure): void {
  switch (failure.kind) {
    case 'dishonest':
    case 'wrongChain':
      node.count(failure.kind)
      return node.setAside(failure.message)
    case 'refused':
      return node.setAside(failure.message)
    case 'rangeTooWide':
    case 'tooManyResults':
    case 'tooManyAddresses':
    case 'batchTooLarge':
    case 'unsupported':
      return
    case 'rateLimited':
    case 'unavailable':
    case 'behind':
    case 'malformed':
      return node.cool(failure)
  }
}
