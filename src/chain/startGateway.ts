import {randomBytes} from 'node:crypto'
import {nameNodes, redactText} from '../process/redact'
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
import {createRpcNode} from './rpcNode'
import {type Head, startHead} from './startHead'
import type {VerifyStats} from './verifyRange'

export type Gateway = Readonly<{url: string; headUrl: string; status: () => GatewayStatus; close: () => Promise<void>}>

/** Without an answer for so long, somebody who waits is told why. */
const STALL_MS = 10_000
const FIRST_HEIGHT_MS = 5_000

const redactNotes =
  (note: Note, urls: readonly string[]): Note =>
  (level, message, detail = {}) => {
    const redacted = Object.entries(detail).map(([key, value]) => [key, typeof value === 'string' ? redactText(value, urls) : value])
    note(level, redactText(message, urls), Object.fromEntries(redacted))
  }

function openPool({rpc, tuning}: GatewaySettings): NodePool {
  const {timeoutMs, asideMs} = tuning
  const names = nameNodes(rpc)
  const nodes = rpc.map((url, i) => createRpcNode({url, name: names[i] as string, timeoutMs, asideMs, onChange: () => pool.wake()}))
  const pool: NodePool = createNodePool(nodes)
  return pool
}

function openProbe(settings: GatewaySettings, pool: NodePool, note: Note): Probe {
  const {chainId, finality, confirmations, tuning} = settings
  return startProbe({
    pool,
    chainId,
    finality,
    fallbackConfirmations: confirmations,
    intervalMs: tuning.probeIntervalMs,
    onNote: (message, detail) => note('warn', message, detail),
  })
}

/** The gateway itself, on the thread that calls this. */
export async function startGateway(settings: GatewaySettings, onNote: Note): Promise<Gateway> {
  const note = redactNotes(onNote, settings.rpc)
  const keccak = await loadKeccak()
  const pool = openPool(settings)
  const stats: VerifyStats = {blocks: 0, suspicious: 0, rechecked: 0, check: 'every block'}
  const probe = openProbe(settings, pool, note)
  const cachedTo = settings.cacheDir === null ? null : await highestCached(settings.cacheDir, settings.chainId)
  // What is cached was final: a re-index needs no node to say so. A node that answers knows better.
  const finalized = () => probe.finalized() ?? cachedTo
  const hashing: Hashing = {keccak, bloom: createBloom(keccak)}
  const head = await startHead(settings, pool, hashing, note)
  const history = createHistory({settings, pool, hashing, stats, finalized, note})
  const closing = new AbortController()
  const server = await startArchiveServer({
    secret: randomBytes(18).toString('base64url'),
    height: () => waitForHeight(probe, finalized, closing.signal),
    answer: history.answer,
    onRefused: (reason) => note('error', 'the processor asks for what this gateway does not serve', {reason}),
  })
  return {
    url: server.url,
    headUrl: head.url,
    status: () => readStatus({settings, pool, probe, history, head, stats}, finalized()),
    close: async () => {
      closing.abort()
      probe.close()
      await server.close()
      await head.close()
      await history.close()
      pool.close()
    },
  }
}

async function waitForHeight(probe: Probe, finalized: () => number | null, closing: AbortSignal): Promise<number | null> {
  // Nodes are given a moment, so that the first answer is not an old one.
  if (probe.finalized() === null) await Promise.race([probe.first, sleep(FIRST_HEIGHT_MS)])
  while (finalized() === null && !closing.aborted) await sleep(100)
  return finalized()
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

type Parts = Readonly<{settings: GatewaySettings; pool: NodePool; probe: Probe; history: History; head: Head; stats: VerifyStats}>

function readStatus({settings, pool, probe, history, head, stats}: Parts, finalized: number | null): GatewayStatus {
  const {counters} = history
  const {verification: asked, chainId, rpc} = settings
  const {retries, broken, lastRetry: _, ...handedOver} = counters
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
  return `no blocks for ${Math.round((Date.now() - since) / 1000)} s (${history.counters.lastRetry ?? reasons})`
}
