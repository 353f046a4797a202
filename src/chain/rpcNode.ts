import {isRpcFailure, RpcFailure} from './rpcFailure'
import {createRpcTransport, type RpcCall, type RpcReply} from './rpcTransport'

/** What a node has told of its limits, learnt from its errors and carefully tried again. */
export type NodeLimits = Readonly<{maxBlocks: number; maxLogs: number; maxAddresses: number; batch: number; concurrency: number}>

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

/** One RPC URL: its connection, what it can bear, how it is. */
export function createRpcNode({url, name, timeoutMs, asideMs, onChange}: NodeOptions) {
  const transport = createRpcTransport(url)
  const limits = {
    maxBlocks: Number.POSITIVE_INFINITY,
    maxLogs: 10_000,
    maxAddresses: 1_000,
    batch: START_BATCH,
    concurrency: START_CONCURRENCY,
  }
  const failures: Record<string, number> = {}
  const queue: (() => void)[] = []
  let inFlight = 0
  let requests = 0
  let calls = 0
  let successes = 0
  let latencyMs = 50
  let bestLatencyMs = Number.POSITIVE_INFINITY
  let failuresInRow = 0
  let timesAside = 0
  let until = 0
  let health: NodeState['health'] = 'unknown'
  let reason: string | null = null
  let head = -1
  let finalized: number | null = null

  const acquire = async () => {
    while (inFlight >= limits.concurrency) await new Promise<void>((resolve) => queue.push(resolve))
    inFlight += 1
  }
  const release = () => {
    inFlight -= 1
    queue.shift()?.()
  }

  /** Additive increase while the node answers no slower than it can, halved when it says stop. */
  const onSuccess = (tookMs: number, size: number) => {
    const perCall = tookMs / Math.max(1, Math.sqrt(size))
    latencyMs = latencyMs * 0.8 + perCall * 0.2
    bestLatencyMs = Math.min(bestLatencyMs, latencyMs)
    failuresInRow = 0
    successes += 1
    if (successes % limits.concurrency === 0 && latencyMs < bestLatencyMs * 4 + 20)
      limits.concurrency = Math.min(MAX_CONCURRENCY, limits.concurrency + 1)
  }

  const onFailure = (failure: RpcFailure) => {
    failures[failure.kind] = (failures[failure.kind] ?? 0) + 1
    if (failure.kind === 'rateLimited') limits.concurrency = Math.max(1, limits.concurrency >> 1)
  }

  const sendOnce = async (batch: readonly RpcCall[], ms: number): Promise<readonly RpcReply[]> => {
    await acquire()
    const started = performance.now()
    requests += 1
    calls += batch.length
    try {
      const replies = await transport.send(batch, ms)
      onSuccess(performance.now() - started, batch.length)
      return replies
    } catch (error) {
      const failure = isRpcFailure(error) ? error : new RpcFailure('unavailable', 'the request failed', {cause: error})
      onFailure(failure)
      throw failure
    } finally {
      release()
    }
  }

  /** A short trouble is sat out here, so that one lost reply of many does not throw away the others. */
  const sendPatiently = async (batch: readonly RpcCall[], attempt = 1): Promise<readonly RpcReply[]> => {
    try {
      const replies = await sendOnce(batch, timeoutMs)
      const limited = replies.find((reply) => !reply.ok && reply.failure.kind === 'rateLimited')
      if (limited && !limited.ok) {
        onFailure(limited.failure)
        throw limited.failure
      }
      return replies
    } catch (error) {
      const failure = error as RpcFailure
      const pause = Math.max(failure.retryAfterMs ?? 0, 50 * 4 ** (attempt - 1))
      const transient =
        failure.kind === 'rateLimited' ||
        failure.kind === 'malformed' ||
        (failure.kind === 'unavailable' && !failure.message.startsWith('no answer'))
      if (!transient || attempt >= IN_PLACE_ATTEMPTS || pause > MAX_IN_PLACE_PAUSE_MS) throw failure
      await sleep(pause)
      return sendPatiently(batch, attempt + 1)
    }
  }

  const sendBatch = async (batch: readonly RpcCall[]): Promise<readonly RpcReply[]> => {
    try {
      return await sendPatiently(batch)
    } catch (error) {
      if (batch.length === 1 || !isRpcFailure(error) || (error.kind !== 'batchTooLarge' && error.kind !== 'tooManyResults')) throw error
      limits.batch = Math.max(1, Math.min(limits.batch, batch.length) >> 1)
      return fetchReplies(batch)
    }
  }

  const fetchReplies = async (all: readonly RpcCall[]): Promise<readonly RpcReply[]> => {
    const pieces: (readonly RpcCall[])[] = []
    for (let i = 0; i < all.length; i += limits.batch) pieces.push(all.slice(i, i + limits.batch))
    return (await Promise.all(pieces.map(sendBatch))).flat()
  }

  const setHealth = (next: NodeState['health'], why: string | null, pauseMs = 0) => {
    const changed = next !== health || why !== reason
    health = next
    reason = why
    until = pauseMs > 0 ? Date.now() + pauseMs : 0
    if (changed) onChange()
  }

  return {
    name,
    limits,
    /** Replies in the order of the calls; errors of single calls are values. @throws RpcFailure */
    fetchReplies,
    /** Results only. @throws RpcFailure the first failure of any call, or what `parse` throws. */
    fetchResults: async <T>(all: readonly RpcCall[], parse: (result: unknown, index: number) => T): Promise<readonly T[]> => {
      const replies = await fetchReplies(all)
      return replies.map((reply, i) => {
        if (reply.ok) return parse(reply.result, i)
        onFailure(reply.failure)
        throw reply.failure
      })
    },
    /** A single question past all queues, for health and heads. @throws RpcFailure */
    probe: (batch: readonly RpcCall[], ms: number) => transport.send(batch, ms),
    count: (kind: string) => {
      failures[kind] = (failures[kind] ?? 0) + 1
    },
    /** Not to be asked for a while that grows with each failure in a row. */
    cool: (failure: RpcFailure) => {
      if (health === 'aside') return
      failuresInRow += 1
      setHealth(
        'cooling',
        failure.message,
        Math.max(failure.retryAfterMs ?? 0, Math.min(MAX_COOLING_MS, 125 * 2 ** Math.min(failuresInRow, 10))),
      )
    },
    setAside: (why: string) => {
      timesAside += 1
      setHealth('aside', why, asideMs * 2 ** Math.min(timesAside - 1, 6))
    },
    /** Seen to serve the right chain. A node set aside stays so until its time is over. */
    setHealthy: () => {
      if (health === 'aside' && Date.now() < until) return
      if (health === 'cooling' && Date.now() < until) return
      if (health !== 'healthy') failuresInRow = Math.max(0, failuresInRow - 1)
      setHealth('healthy', null)
    },
    setHeads: (newHead: number, newFinalized: number | null) => {
      const changed = newHead !== head || newFinalized !== finalized
      head = newHead
      finalized = newFinalized
      if (changed) onChange()
    },
    /** Trusted work since it was last set aside: its next offence is a first one again. */
    forgive: () => {
      timesAside = 0
    },
    isUsable: () => health === 'healthy' || (health === 'cooling' && Date.now() >= until),
    state: (): NodeState => ({
      name,
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
    }),
    close: () => transport.close(),
  }
}
