import {isRpcFailure, RpcFailure} from './rpcFailure'
import {createRpcTransport, type RpcCall, type RpcReply, type RpcTransport} from './rpcTransport'

/** What a node has told of its limits, learnt from its errors and carefully tried again. */
export type NodeLimits = Readonly<{maxBlocks: number; maxAddresses: number; batch: number; concurrency: number}>

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

type Inner = {
  readonly transport: RpcTransport
  readonly options: NodeOptions
  readonly limits: {-readonly [K in keyof NodeLimits]: NodeLimits[K]}
  readonly failures: Record<string, number>
  readonly queue: (() => void)[]
  inFlight: number
  requests: number
  calls: number
  successes: number
  latencyMs: number
  bestLatencyMs: number
  failuresInRow: number
  timesAside: number
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
  /** First pause of a node set aside; doubles each time, up to 64 times that. */
  asideMs: number
  onChange: () => void
}>

const START_CONCURRENCY = 4
const MAX_CONCURRENCY = 32
const START_BATCH = 100
const IN_PLACE_ATTEMPTS = 4
const MAX_IN_PLACE_PAUSE_MS = 10_000
/** Short, so that a node is back in use soon after it is back. */
const MAX_COOLING_MS = 2_000

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const count = (node: Inner, kind: string) => {
  node.failures[kind] = (node.failures[kind] ?? 0) + 1
}

/** Additive increase while the node answers no slower than it can, halved when it says stop. */
function onSuccess(node: Inner, tookMs: number, size: number): void {
  const {limits} = node
  node.latencyMs = node.latencyMs * 0.8 + (tookMs / Math.max(1, Math.sqrt(size))) * 0.2
  node.bestLatencyMs = Math.min(node.bestLatencyMs, node.latencyMs)
  node.failuresInRow = 0
  node.successes += 1
  const isEager = node.latencyMs < node.bestLatencyMs * 4 + 20
  if (node.successes % limits.concurrency === 0 && isEager) limits.concurrency = Math.min(MAX_CONCURRENCY, limits.concurrency + 1)
}

function onFailure(node: Inner, failure: RpcFailure): void {
  count(node, failure.kind)
  if (failure.kind === 'rateLimited') node.limits.concurrency = Math.max(1, node.limits.concurrency >> 1)
}

async function sendOnce(node: Inner, batch: readonly RpcCall[]): Promise<readonly RpcReply[]> {
  while (node.inFlight >= node.limits.concurrency) await new Promise<void>((resolve) => node.queue.push(resolve))
  node.inFlight += 1
  const started = performance.now()
  node.requests += 1
  node.calls += batch.length
  try {
    const replies = await node.transport.send(batch, node.options.timeoutMs)
    onSuccess(node, performance.now() - started, batch.length)
    return replies
  } catch (error) {
    const failure = isRpcFailure(error) ? error : new RpcFailure('unavailable', 'the request failed', {cause: error})
    onFailure(node, failure)
    throw failure
  } finally {
    node.inFlight -= 1
    node.queue.shift()?.()
  }
}

/** A short trouble is sat out here, so that one lost reply of many does not throw away the others. */
async function sendPatiently(node: Inner, batch: readonly RpcCall[], attempt = 1): Promise<readonly RpcReply[]> {
  try {
    const replies = await sendOnce(node, batch)
    const limited = replies.find((reply) => !reply.ok && reply.failure.kind === 'rateLimited')
    if (!limited || limited.ok) return replies
    onFailure(node, limited.failure)
    throw limited.failure
  } catch (error) {
    const failure = error as RpcFailure
    const pause = Math.max(failure.retryAfterMs ?? 0, 50 * 4 ** (attempt - 1))
    if (!isTransient(failure) || attempt >= IN_PLACE_ATTEMPTS || pause > MAX_IN_PLACE_PAUSE_MS) throw failure
    await sleep(pause)
    return sendPatiently(node, batch, attempt + 1)
  }
}

/** A time-out has cost enough already. */
const isTransient = ({kind, isTimeout}: RpcFailure): boolean =>
  kind === 'rateLimited' || kind === 'malformed' || (kind === 'unavailable' && !isTimeout)

async function sendBatch(node: Inner, batch: readonly RpcCall[]): Promise<readonly RpcReply[]> {
  try {
    return await sendPatiently(node, batch)
  } catch (error) {
    if (batch.length === 1 || !isRpcFailure(error) || (error.kind !== 'batchTooLarge' && error.kind !== 'tooManyResults')) throw error
    node.limits.batch = Math.max(1, Math.min(node.limits.batch, batch.length) >> 1)
    return fetchReplies(node, batch)
  }
}

async function fetchReplies(node: Inner, all: readonly RpcCall[]): Promise<readonly RpcReply[]> {
  const pieces: (readonly RpcCall[])[] = []
  for (let i = 0; i < all.length; i += node.limits.batch) pieces.push(all.slice(i, i + node.limits.batch))
  return (await Promise.all(pieces.map((piece) => sendBatch(node, piece)))).flat()
}

async function fetchResults<T>(node: Inner, all: readonly RpcCall[], parse: (result: unknown, index: number) => T): Promise<readonly T[]> {
  const replies = await fetchReplies(node, all)
  return replies.map((reply, i) => {
    if (reply.ok) return parse(reply.result, i)
    onFailure(node, reply.failure)
    throw reply.failure
  })
}

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
  return {
    transport: createRpcTransport(options.url),
    options,
    limits: {maxBlocks: Number.POSITIVE_INFINITY, maxAddresses: 1_000, batch: START_BATCH, concurrency: START_CONCURRENCY},
    failures: {},
    queue: [],
    inFlight: 0,
    requests: 0,
    calls: 0,
    successes: 0,
    latencyMs: 50,
    bestLatencyMs: Number.POSITIVE_INFINITY,
    failuresInRow: 0,
    timesAside: 0,
    until: 0,
    health: 'unknown',
    reason: null,
    head: -1,
    finalized: null,
  }
}

/** One RPC URL: its connection, what it can bear, how it is. */
export function createRpcNode(options: NodeOptions) {
  const node = createInner(options)
  return {
    name: options.name,
    limits: node.limits,
    /** Replies in the order of the calls; errors of single calls are values. @throws RpcFailure */
    fetchReplies: (all: readonly RpcCall[]) => fetchReplies(node, all),
    /** Results only. @throws RpcFailure the first failure of any call, or what `parse` throws. */
    fetchResults: <T>(all: readonly RpcCall[], parse: (result: unknown, index: number) => T) => fetchResults(node, all, parse),
    /** A single question past all queues, for health and heads. @throws RpcFailure */
    probe: (batch: readonly RpcCall[], ms: number) => node.transport.send(batch, ms),
    count: (kind: string) => count(node, kind),
    /** Not to be asked for a while that grows with each failure in a row. */
    cool: (failure: RpcFailure) => cool(node, failure),
    /** Not to be asked for longer each time. */
    setAside: (why: string) => {
      node.timesAside += 1
      setHealth(node, 'aside', why, options.asideMs * 2 ** Math.min(node.timesAside - 1, 6))
    },
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
