import {randomBytes} from 'node:crypto'
import {startArchiveServer} from './archiveServer'
import {type Hashing} from './blockTruth'
import {createBloom} from './bloom'
import type {Note} from './gatewayNote'
import type {GatewaySettings} from './gatewaySettings'
import type {GatewayStatus} from './gatewayStatus'
import {createHistory, type History} from './history'
import {loadKeccak} from './keccak'
import {highestCached} from './logCache'
import {createNodePool, type NodePool} from './nodePool'
import {type Probe, startProbe} from './nodeProbe'
import {nameNodes, redactText} from './redact'
import {createRpcNode} from './rpcNode'
import {type Head, startHead} from './startHead'
import type {VerifyStats} from './verifyRange'

export type Gateway = Readonly<{url: string; headUrl: string; status: () => GatewayStatus; close: () => Promise<void>}>

/** Without an answer for so long, somebody who waits is told why. */
const STALL_MS = 10_000

/** The gateway itself, on the thread that calls this. */
export async function startGateway(settings: GatewaySettings, note: Note): Promise<Gateway> {
  const {tuning, rpc, chainId, finality} = settings
  const redacted: Note = (level, message, detail = {}) =>
    note(
      level,
      redactText(message, rpc),
      Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, typeof value === 'string' ? redactText(value, rpc) : value])),
    )
  const keccak = await loadKeccak()
  const names = nameNodes(rpc)
  const pool: NodePool = createNodePool(
    rpc.map((url, i) =>
      createRpcNode({url, name: names[i] as string, timeoutMs: tuning.timeoutMs, asideMs: tuning.asideMs, onChange: () => pool.wake()}),
    ),
  )
  const stats: VerifyStats = {blocks: 0, suspicious: 0, rechecked: 0, check: 'every block'}
  const probe = startProbe({
    pool,
    chainId,
    finality,
    fallbackConfirmations: settings.confirmations,
    intervalMs: tuning.probeIntervalMs,
    onNote: (message, detail) => redacted('warn', message, detail),
  })
  const cachedTo = settings.cacheDir === null ? null : await highestCached(settings.cacheDir, chainId)
  // What is cached was final: a re-index needs no node to say so. A node that answers knows better.
  const finalized = () => probe.finalized() ?? cachedTo
  const hashing: Hashing = {keccak, bloom: createBloom(keccak)}
  const head = await startHead(settings, pool, hashing, redacted)
  const history = createHistory({settings, pool, hashing, stats, finalized, note: redacted})
  let closed = false
  const server = await startArchiveServer({
    secret: randomBytes(18).toString('base64url'),
    height: async () => {
      // Nodes are given a moment, so that the first answer is not an old one.
      if (probe.finalized() === null) await Promise.race([probe.first, sleep(5_000)])
      while (finalized() === null && !closed) await sleep(100)
      return finalized()
    },
    answer: history.answer,
    onRefused: (reason) => redacted('error', 'the processor asks for what this gateway does not serve', {reason}),
  })
  return {
    url: server.url,
    headUrl: head.url,
    status: () => readStatus(settings, pool, probe, history, head, stats, finalized()),
    close: async () => {
      closed = true
      probe.close()
      await server.close()
      await head.close()
      await history.close()
      pool.close()
    },
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function readStatus(
  settings: GatewaySettings,
  pool: NodePool,
  probe: Probe,
  history: History,
  head: Head,
  stats: VerifyStats,
  finalized: number | null,
): GatewayStatus {
  const {counters} = history
  const {verification: asked, chainId, rpc} = settings
  const {retries, broken, ...handedOver} = counters
  const problem = broken ?? findProblem(pool, history)
  return {
    chainId,
    finalized,
    finality: probe.rule(),
    nodes: pool.states().map((state) => ({...state, reason: state.reason && redactText(state.reason, rpc)})),
    verification: {
      asked,
      omissions: asked === 'none' ? null : stats.check,
      blocks: stats.blocks,
      suspicious: stats.suspicious,
      rechecked: stats.rechecked,
    },
    cache: history.cache()?.stats() ?? null,
    next: history.next(),
    handedOver,
    head: head.status(),
    retries,
    problem: problem && redactText(problem, rpc),
    broken: broken !== null,
  }
}

function findProblem(pool: NodePool, history: History): string | null {
  const states = pool.states()
  const reasons = states.map(({name, health, reason}) => `${name}: ${reason ?? health}`).join('; ')
  if (states.every(({health}) => health !== 'healthy')) return `no RPC node is usable (${reasons})`
  const since = history.waitingSinceMs()
  if (since === null || Date.now() - since < STALL_MS) return null
  return `no blocks for ${Math.round((Date.now() - since) / 1000)} s (${reasons})`
}
