import {countFailure, createNodeTraffic, fetchReplies, fetchResults, type NodeLimits, type NodeTraffic} from './nodeTraffic'
import type {RpcFailure} from './rpcFailure'
import type {RpcCall} from './rpcTransport'

export type NodeState = Readonly<{
  name: string
  health: 'unknown' | 'healthy' | 'cooling' | 'aside'
  /** Why it is not healthy. */
  reason: string | null
  head: number
  finalized: number | null
  latencyMs: number
  inFlight: number
  requests: number
  calls: number
  failures: Readonly<Record<string, number>>
  limits: NodeLimits
}>

export type RpcNode = ReturnType<typeof createRpcNode>

type Inner = NodeTraffic & {
  readonly options: NodeOptions
  timesAside: number
  isHeld: boolean
  until: number
  health: NodeState['health']
  reason: string | null
  head: number
  finalized: number | null
}

export type NodeOptions = Readonly<{
  url: string
  name: string
  timeoutMs: number
  /** First pause of a node set aside; doubles with each offence, up to 64 times that. */
  asideMs: number
  onChange: () => void
}>

/** Short, so that a node is back in use soon after it is back. */
const MAX_COOLING_MS = 2_000

function setHealth(node: Inner, next: NodeState['health'], why: string | null, pauseMs = 0): void {
  const changed = next !== node.health || why !== node.reason
  node.health = next
  node.reason = why
  node.until = pauseMs > 0 ? Date.now() + pauseMs : 0
  if (changed) node.options.onChange()
}

function cool(node: Inner, failure: RpcFailure): void {
  if (node.health === 'aside') return
  node.failuresInRow += 1
  setHealth(
    node,
    'cooling',
    failure.message,
    Math.max(failure.retryAfterMs ?? 0, Math.min(MAX_COOLING_MS, 125 * 2 ** Math.min(node.failuresInRow, 10))),
  )
}

function setHealthy(node: Inner): void {
  if (node.health !== 'healthy' && Date.now() < node.until) return
  node.isHeld = false
  if (node.health !== 'healthy') node.failuresInRow = Math.max(0, node.failuresInRow - 1)
  setHealth(node, 'healthy', null)
}

function setHeads(node: Inner, head: number, finalized: number | null): void {
  const changed = head !== node.head || finalized !== node.finalized
  node.head = head
  node.finalized = finalized
  if (changed) node.options.onChange()
}

function stateOf(node: Inner): NodeState {
  const {options, health, reason, head, finalized, latencyMs, inFlight, requests, calls, failures, limits} = node
  return {
    name: options.name,
    health,
    reason,
    head,
    finalized,
    latencyMs: Math.round(latencyMs),
    inFlight,
    requests,
    calls,
    failures: {...failures},
    limits: {...limits},
  }
}

function createInner(options: NodeOptions): Inner {
  const traffic = createNodeTraffic(options.url, options.timeoutMs)
  return {...traffic, options, timesAside: 0, isHeld: false, until: 0, health: 'unknown', reason: null, head: -1, finalized: null}
}

/** One RPC URL: its connection, what it can bear, how it is. */
export function createRpcNode(options: NodeOptions) {
  const node = createInner(options)
  return {
    name: options.name,
    timeoutMs: options.timeoutMs,
    limits: node.limits,
    /** Replies in the order of the calls; errors of single calls are values. @throws RpcFailure */
    fetchReplies: (all: readonly RpcCall[]) => fetchReplies(node, all),
    /**
     * Results only. `attempts`: how often a call is sent while the node is unavailable, where something else can be tried.
     * @throws RpcFailure the first failure of any call, or what `parse` throws.
     */
    fetchResults: <T>(all: readonly RpcCall[], parse: (result: unknown, index: number) => T, attempts?: number) =>
      fetchResults(node, all, parse, attempts),
    /** A single question past all queues, for health and heads. @throws RpcFailure */
    probe: (batch: readonly RpcCall[], ms: number) => node.transport.send(batch, ms),
    count: (kind: string) => countFailure(node, kind),
    /** Not to be asked for a while that grows with each failure in a row. */
    cool: (failure: RpcFailure) => cool(node, failure),
    /** Not to be asked, for longer each time that it is found out after its pause: what is still so meanwhile, as its probes see it, is the same offence. */
    setAside: (why: string) => {
      if (node.health !== 'aside' || node.isHeld || Date.now() >= node.until) node.timesAside += 1
      node.isHeld = false
      setHealth(node, 'aside', why, options.asideMs * 2 ** Math.min(node.timesAside - 1, 6))
    },
    /** Not to be asked until the dispute that it is part of is settled; it may be right. */
    hold: (why: string) => {
      node.isHeld = true
      setHealth(node, 'aside', why)
    },
    isHeld: () => node.isHeld,
    /** Seen to serve the right chain. A node set aside, or told to wait, stays so until its time is over. */
    setHealthy: () => setHealthy(node),
    setHeads: (head: number, finalized: number | null) => setHeads(node, head, finalized),
    /** Trusted work since it was last set aside: its next offence is a first one again. */
    forgive: () => {
      node.timesAside = 0
    },
    isUsable: () => node.health === 'healthy' || (node.health === 'cooling' && Date.now() >= node.until),
    state: () => stateOf(node),
    close: () => node.transport.close(),
  }
}
