import {isRpcFailure, RpcFailure} from './rpcFailure'
import {createRpcTransport, type RpcCall, type RpcReply, type RpcTransport} from './rpcTransport'

/** What a node has told of its limits, learnt from its errors and carefully tried again. */
export type NodeLimits = Readonly<{maxBlocks: number; maxLogs: number; maxAddresses: number; batch: number; concurrency: number}>

/** What goes to and fro between us and a node, and how much of it at once. */
export type NodeTraffic = {
  readonly transport: RpcTransport
  readonly timeoutMs: number
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
}

const START_CONCURRENCY = 4
const MAX_CONCURRENCY = 32
const START_BATCH = 100
const IN_PLACE_ATTEMPTS = 4
const MAX_IN_PLACE_PAUSE_MS = 10_000

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export const createNodeTraffic = (url: string, timeoutMs: number): NodeTraffic => ({
  transport: createRpcTransport(url),
  timeoutMs,
  limits: {
    maxBlocks: Number.POSITIVE_INFINITY,
    maxLogs: Number.POSITIVE_INFINITY,
    maxAddresses: 1_000,
    batch: START_BATCH,
    concurrency: START_CONCURRENCY,
  },
  failures: {},
  queue: [],
  inFlight: 0,
  requests: 0,
  calls: 0,
  successes: 0,
  latencyMs: 50,
  bestLatencyMs: Number.POSITIVE_INFINITY,
  failuresInRow: 0,
})

export const countFailure = (node: NodeTraffic, kind: string) => {
  node.failures[kind] = (node.failures[kind] ?? 0) + 1
}

/** Additive increase while the node answers no slower than it can, halved when it says stop. */
function onSuccess(node: NodeTraffic, tookMs: number, size: number): void {
  const {limits} = node
  node.latencyMs = node.latencyMs * 0.8 + (tookMs / Math.max(1, Math.sqrt(size))) * 0.2
  node.bestLatencyMs = Math.min(node.bestLatencyMs, node.latencyMs)
  node.failuresInRow = 0
  node.successes += 1
  const isEager = node.latencyMs < node.bestLatencyMs * 4 + 20
  if (node.successes % limits.concurrency === 0 && isEager) limits.concurrency = Math.min(MAX_CONCURRENCY, limits.concurrency + 1)
}

function onFailure(node: NodeTraffic, failure: RpcFailure): void {
  countFailure(node, failure.kind)
  if (failure.kind === 'rateLimited') node.limits.concurrency = Math.max(1, node.limits.concurrency >> 1)
}

async function sendOnce(node: NodeTraffic, batch: readonly RpcCall[]): Promise<readonly RpcReply[]> {
  while (node.inFlight >= node.limits.concurrency) await new Promise<void>((resolve) => node.queue.push(resolve))
  node.inFlight += 1
  const started = performance.now()
  node.requests += 1
  node.calls += batch.length
  try {
    const replies = await node.transport.send(batch, node.timeoutMs)
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
async function sendPatiently(node: NodeTraffic, batch: readonly RpcCall[], attempt = 1): Promise<readonly RpcReply[]> {
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

async function sendBatch(node: NodeTraffic, batch: readonly RpcCall[]): Promise<readonly RpcReply[]> {
  try {
    return await sendPatiently(node, batch)
  } catch (error) {
    if (batch.length === 1 || !isRpcFailure(error) || (error.kind !== 'batchTooLarge' && error.kind !== 'tooManyResults')) throw error
    node.limits.batch = Math.max(1, Math.min(node.limits.batch, batch.length) >> 1)
    return fetchReplies(node, batch)
  }
}

/** Replies in the order of the calls; errors of single calls are values. @throws RpcFailure */
export async function fetchReplies(node: NodeTraffic, all: readonly RpcCall[]): Promise<readonly RpcReply[]> {
  const pieces: (readonly RpcCall[])[] = []
  for (let i = 0; i < all.length; i += node.limits.batch) pieces.push(all.slice(i, i + node.limits.batch))
  return (await Promise.all(pieces.map((piece) => sendBatch(node, piece)))).flat()
}

/** Results only. @throws RpcFailure the first failure of any call, or what `parse` throws */
export async function fetchResults<T>(
  node: NodeTraffic,
  all: readonly RpcCall[],
  parse: (result: unknown, index: number) => T,
): Promise<readonly T[]> {
  const replies = await fetchReplies(node, all)
  return replies.map((reply, i) => {
    if (reply.ok) return parse(reply.result, i)
    onFailure(node, reply.failure)
    throw reply.failure
  })
}
