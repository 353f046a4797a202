import {randomBytes} from 'node:crypto'
import {redactText} from '../process/redact'
import {parseArchiveQuery, UnsupportedQuery} from './archiveQuery'
import {joinBlocks, startArchiveServer} from './archiveServer'
import {createHashing} from './blockTruth'
import {highestCached} from './cacheFiles'
import {createAnswerer} from './createAnswerer'
import type {Note} from './gatewayNote'
import type {GatewaySettings} from './gatewaySettings'
import type {GatewayStatus} from './gatewayStatus'
import {createHistory, type History} from './history'
import {loadKeccak} from './keccak'
import type {NodePool} from './nodePool'
import type {Probe} from './nodeProbe'
import {openPool, openProbe, probeWhenWanted, type StartableProbe} from './openNodes'
import {type Head, startHead} from './startHead'
import {createVerifyStats, type VerifyStats} from './verifyRange'

export type Gateway = Readonly<{
  url: string
  headUrl: string | null
  /** The same answers as under `url`, for the thread that owns this one; null when closed. */
  height: () => Promise<number | null>
  query: (query: string) => Promise<Buffer | null>
  status: () => GatewayStatus
  close: () => Promise<void>
}>

/** Without an answer for so long, somebody who waits is told why. */
const STALL_MS = 10_000
const FIRST_HEIGHT_MS = 5_000

const redactNotes =
  (note: Note, urls: readonly string[]): Note =>
  (level, message, detail = {}) => {
    const redacted = Object.entries(detail).map(([key, value]) => [key, typeof value === 'string' ? redactText(value, urls) : value])
    note(level, redactText(message, urls), Object.fromEntries(redacted))
  }

/** The gateway itself, on the thread that calls this. */
export async function startGateway(settings: GatewaySettings, onNote: Note): Promise<Gateway> {
  const note = redactNotes(onNote, settings.rpc)
  const keccak = await loadKeccak()
  const {knownFinal} = settings
  const pool = openPool(settings, () => knownFinal !== null && probe.start())
  const stats = createVerifyStats()
  const probe = probeWhenWanted(() => openProbe(settings, pool, note))
  if (knownFinal === null) probe.start()
  const cachedTo = settings.cacheDir === null ? null : await highestCached(settings.cacheDir, settings.chainId)
  // What is cached was final: a re-index needs no node to say so. A node that answers knows better.
  const finalized = () => knownFinal ?? probe.finalized() ?? cachedTo
  const hashing = createHashing(keccak, settings.chainId)
  const head = knownFinal === null ? await startHead(settings, pool, hashing, note) : null
  const history = createHistory({settings, pool, hashing, stats, finalized, note})
  const closing = new AbortController()
  const height = () => waitForHeight(probe, finalized, closing.signal)
  const onRefused = (reason: string) => note('error', 'the processor asks for what this gateway does not serve', {reason})
  const server = await startArchiveServer({
    secret: randomBytes(18).toString('base64url'),
    height,
    answer: history.answer,
    ask: createAnswerer(pool, settings, note),
    onRefused,
  })
  return {
    url: server.url,
    headUrl: head?.url ?? null,
    height,
    query: (query) => answerQuery(query, history, onRefused),
    status: () => readStatus({settings, pool, probe, history, head, stats}, finalized()),
    close: async () => {
      closing.abort()
      probe.close()
      await server.close()
      await head?.close()
      await history.close()
      pool.close()
    },
  }
}

async function answerQuery(query: string, history: History, onRefused: (reason: string) => void): Promise<Buffer | null> {
  try {
    const blocks = await history.answer(parseArchiveQuery(query))
    return blocks && joinBlocks(blocks)
  } catch (error) {
    if (error instanceof UnsupportedQuery) onRefused(error.message)
    throw error
  }
}

async function waitForHeight(probe: Probe, finalized: () => number | null, closing: AbortSignal): Promise<number | null> {
  // Nodes are given a moment, so that the first answer is not an old one.
  if (probe.finalized() === null) await Promise.race([probe.first, sleep(FIRST_HEIGHT_MS)])
  while (finalized() === null && !closing.aborted) await sleep(100)
  return finalized()
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

type Parts = Readonly<{
  settings: GatewaySettings
  pool: NodePool
  probe: StartableProbe
  history: History
  head: Head | null
  stats: VerifyStats
}>

function readStatus({settings, pool, probe, history, head, stats}: Parts, finalized: number | null): GatewayStatus {
  const {counters} = history
  const {verification: asked, chainId, rpc} = settings
  const {retries, broken, lastRetry: _, ...handedOver} = counters
  const problem = broken ?? findProblem(pool, history, probe.isStarted())
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
      fetchSeconds: stats.fetchMs / 1000,
      verifySeconds: stats.verifyMs / 1000,
    },
    cache: history.cache()?.stats() ?? null,
    next: history.next(),
    handedOver,
    head: head?.status() ?? null,
    retries,
    problem: problem && redactText(problem, rpc),
    broken: broken !== null,
  }
}

function findProblem(pool: NodePool, history: History, needsNodes: boolean): string | null {
  const states = pool.states()
  const reasons = states.map(({name, health, reason}) => `${name}: ${reason ?? health}`).join('; ')
  if (needsNodes && states.every(({health}) => health !== 'healthy')) return `no RPC node is usable (${reasons})`
  const since = history.waitingSinceMs()
  if (since === null || Date.now() - since < STALL_MS) return null
  return `no blocks for ${Math.round((Date.now() - since) / 1000)} s (${history.counters.lastRetry ?? reasons})`
}
