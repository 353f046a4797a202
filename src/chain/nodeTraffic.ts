import {isRevert} from './revertWords'
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
  /** Calls in one request that the node takes, as far as is known. */
  maxBatch: number
  /** Refusals for coming too often, each after the pause for the one before it, since the node last answered. */
  limitedInRow: number
  /** Until then nothing is sent. */
  quietUntil: number
}

const START_CONCURRENCY = 4
const MAX_CONCURRENCY = 32
const START_BATCH = 100
const IN_PLACE_ATTEMPTS = 4
/** A failure that took so long has cost enough already: a proxy waits for the node as long as it may, and says 504 then. */
const COSTLY_MS = 5_000
const MAX_IN_PLACE_PAUSE_MS = 10_000
/** Of calls that were asked for together, while others get through. */
const MAX_REFUSALS = 32

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
  maxBatch: START_BATCH,
  limitedInRow: 0,
  quietUntil: 0,
})

export const countFailure = (node: NodeTraffic, kind: string) => {
  node.failures[kind] = (node.failures[kind] ?? 0) + 1
}

/**
 * Calls that were asked for together, and are of no use without each other. Refusals are those since one of them was answered. `attempts`: how
 * often one is sent while the node is unavailable.
 */
type Group = {isOver: boolean; refusals: number; readonly attempts: number}

/** Additive increase while the node answers no slower than it can, halved when it says stop. */
function onSuccess(node: NodeTraffic, tookMs: number, size: number): void {
  const {limits} = node
  node.latencyMs = node.latencyMs * 0.8 + (tookMs / Math.max(1, Math.sqrt(size))) * 0.2
  node.bestLatencyMs = Math.min(node.bestLatencyMs, node.latencyMs)
  node.failuresInRow = 0
  node.successes += 1
  if (node.latencyMs >= node.bestLatencyMs * 4 + 20) return
  if (node.successes % limits.concurrency === 0) limits.concurrency = Math.min(MAX_CONCURRENCY, limits.concurrency + 1)
  if (size >= limits.batch) limits.batch = Math.min(node.maxBatch, limits.batch + 1)
}

/** A provider may count calls, not requests: fewer of both at once. What was sent before the last refusal came says nothing new. */
function onLimited(node: NodeTraffic, group: Group, failure: RpcFailure, sentAt: number, size: number): void {
  const {limits} = node
  countFailure(node, failure.kind)
  if (sentAt < node.quietUntil) return
  limits.concurrency = Math.max(1, limits.concurrency >> 1)
  if (size > 1) limits.batch = halve(limits.batch, size)
  node.limitedInRow += 1
  group.refusals += 1
  const pause = pauseFor(failure, Math.min(node.limitedInRow, 3))
  if (pause <= MAX_IN_PLACE_PAUSE_MS) node.quietUntil = performance.now() + pause
}

/** What is refused for its number of calls alone is not tried again; what failed for what came of them may go well another time. */
function onTooLarge(node: NodeTraffic, failure: RpcFailure, size: number): void {
  const {limits} = node
  const {kind, maxBatch = size} = failure
  if (kind === 'batchTooLarge') node.maxBatch = Math.min(node.maxBatch, maxBatch, size - 1)
  limits.batch = maxBatch < size ? Math.min(limits.batch, maxBatch) : halve(limits.batch, size)
}

const halve = (batch: number, size: number): number => Math.max(1, Math.min(batch, size) >> 1)
const pauseFor = ({retryAfterMs = 0}: RpcFailure, attempt: number): number => Math.max(retryAfterMs, 50 * 4 ** (attempt - 1))

/** A contract may revert in any words. */
const isLimited = (reply: RpcReply): reply is Extract<RpcReply, {ok: false}> =>
  !reply.ok && reply.failure.kind === 'rateLimited' && !(reply.error && isRevert(reply.error))

async function takeSlot(node: NodeTraffic, group: Group): Promise<void> {
  while (node.inFlight >= node.limits.concurrency) await new Promise<void>((resolve) => node.queue.push(resolve))
  node.inFlight += 1
  while (!group.isOver && performance.now() < node.quietUntil) await sleep(node.quietUntil - performance.now())
}

function freeSlot(node: NodeTraffic): void {
  node.inFlight -= 1
  node.queue.shift()?.()
}

/** One request. A rate limit is the reply to each call that it hits; any other failure is the request's. */
async function sendOnce(node: NodeTraffic, batch: readonly RpcCall[], group: Group): Promise<readonly RpcReply[] | RpcFailure> {
  const started = performance.now()
  try {
    if (group.isOver) return new RpcFailure('unavailable', 'another of these calls has failed')
    node.requests += 1
    node.calls += batch.length
    const replies = await node.transport.send(batch, node.timeoutMs)
    const limited = replies.filter(isLimited)
    if (limited.length < replies.length) node.limitedInRow = group.refusals = 0
    if (limited[0]) onLimited(node, group, limited[0].failure, started, batch.length)
    else onSuccess(node, performance.now() - started, batch.length)
    return replies
  } catch (error) {
    const failure = isRpcFailure(error) ? error : new RpcFailure('unavailable', 'the request failed', {cause: error})
    if (failure.kind === 'rateLimited') {
      onLimited(node, group, failure, started, batch.length)
      return batch.map(() => ({ok: false, failure, error: null}))
    }
    countFailure(node, failure.kind)
    return failure
  }
}

/** What is refused for coming too often is sent again, and nothing else: fewer calls a second than a batch holds get through, too. */
async function sendBatch(node: NodeTraffic, batch: readonly RpcCall[], group: Group, attempt = 1): Promise<readonly RpcReply[]> {
  await takeSlot(node, group)
  const sentAt = performance.now()
  // Less may be known to be borne than when this began to wait.
  const replies = batch.length > node.limits.batch ? null : await sendOnce(node, batch, group)
  freeSlot(node)
  if (replies === null) return sendPieces(node, batch, group)
  if (isRpcFailure(replies))
    return sendAgain(node, batch, group, performance.now() - sentAt > COSTLY_MS ? IN_PLACE_ATTEMPTS : attempt, replies)
  const limited = replies.find(isLimited)
  if (!limited) return replies
  const isHopeless = (batch.length === 1 && node.limitedInRow >= IN_PLACE_ATTEMPTS) || group.refusals >= MAX_REFUSALS
  if (isHopeless || pauseFor(limited.failure, 1) > MAX_IN_PLACE_PAUSE_MS) throw limited.failure
  const rest = await sendPieces(
    node,
    batch.filter((_, i) => isLimited(replies[i] as RpcReply)),
    group,
  )
  let next = 0
  return replies.map((reply) => (isLimited(reply) ? (rest[next++] as RpcReply) : reply))
}

/** A short trouble is sat out here, so that one lost reply of many does not throw away the others. */
async function sendAgain(
  node: NodeTraffic,
  batch: readonly RpcCall[],
  group: Group,
  attempt: number,
  failure: RpcFailure,
): Promise<readonly RpcReply[]> {
  if (batch.length > 1 && (failure.kind === 'batchTooLarge' || failure.kind === 'tooManyResults')) {
    onTooLarge(node, failure, batch.length)
    return sendPieces(node, batch, group)
  }
  const pause = pauseFor(failure, attempt)
  const attempts = failure.kind === 'unavailable' ? group.attempts : IN_PLACE_ATTEMPTS
  if (group.isOver || !isTransient(failure) || attempt >= attempts || pause > MAX_IN_PLACE_PAUSE_MS) throw failure
  await sleep(pause)
  return sendBatch(node, batch, group, attempt + 1)
}

/** A time-out has cost enough already. */
const isTransient = ({kind, isTimeout}: RpcFailure): boolean => kind === 'malformed' || (kind === 'unavailable' && !isTimeout)

async function sendPieces(node: NodeTraffic, all: readonly RpcCall[], group: Group): Promise<readonly RpcReply[]> {
  const pieces: (readonly RpcCall[])[] = []
  for (let i = 0; i < all.length; i += node.limits.batch) pieces.push(all.slice(i, i + node.limits.batch))
  return (await Promise.all(pieces.map((piece) => sendBatch(node, piece, group)))).flat()
}

/** Replies in the order of the calls; errors of single calls are values. @throws RpcFailure */
export async function fetchReplies(node: NodeTraffic, all: readonly RpcCall[], attempts = IN_PLACE_ATTEMPTS): Promise<readonly RpcReply[]> {
  const group: Group = {isOver: false, refusals: 0, attempts}
  try {
    return await sendPieces(node, all, group)
  } finally {
    group.isOver = true
  }
}

/** Results only. @throws RpcFailure the first failure of any call, or what `parse` throws */
export async function fetchResults<T>(
  node: NodeTraffic,
  all: readonly RpcCall[],
  parse: (result: unknown, index: number) => T,
  attempts = IN_PLACE_ATTEMPTS,
): Promise<readonly T[]> {
  const replies = await fetchReplies(node, all, attempts)
  return replies.map((reply, i) => {
    if (reply.ok) return parse(reply.result, i)
    countFailure(node, reply.failure.kind)
    throw reply.failure
  })
}
