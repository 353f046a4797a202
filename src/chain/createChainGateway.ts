import {join} from 'node:path'
import {Worker} from 'node:worker_threads'
import type {ChainConfig} from '../config/config'
import {confirmationsOf} from '../config/finality'
import {createThreadLine, type GatewayLine, type LineAnswer, type LineQuestion} from './gatewayLine'
import type {Note} from './gatewayNote'
import {DEFAULT_TUNING, type GatewaySettings, type GatewayTuning} from './gatewaySettings'
import type {GatewayStatus} from './gatewayStatus'
import type {LogRequest, MinTopics} from './logFilter'

export type GatewayMessage =
  | Readonly<{kind: 'ready'; url: string; headUrl: string | null; status: GatewayStatus}>
  | Readonly<{kind: 'status'; status: GatewayStatus}>
  | Readonly<{kind: 'note'; level: Parameters<Note>[0]; message: string; detail: Readonly<Record<string, unknown>>}>
  | LineAnswer

/** To the thread; the settings come first. */
export type GatewayOrder = Readonly<{kind: 'start'; settings: GatewaySettings}> | LineQuestion | 'close'

export type ChainGatewayOptions = Readonly<{
  note: Note
  /** Null: nothing is kept. */
  cacheDir: string | null
  cacheMaxBytes?: number | null
  /** GatewaySettings.knownFinal; null by default. */
  knownFinal?: number | null
  /** What EvmBatchProcessor.addLog is given: the head is filtered by it. */
  logs: readonly LogRequest[]
  /** Where every contract is indexed: how many topics a log of a topic0 has at least. */
  minTopics?: MinTopics
  tuning?: Partial<GatewayTuning>
  /** One of startGatewayThread, where the caller has had something else to do meanwhile; a new one by default. */
  thread?: Worker
  /** The thread has died, or the chain has taken back what was final: nothing more will be handed over. The process has to start again. */
  onFailure: (error: Error) => void
}>

export type ChainGateway = Readonly<{
  /** For setGateway; a secret is in its path. */
  url: string
  /** The same answers without a socket. */
  line: GatewayLine
  /** For setGateway's requestTimeout: a request is held as long as no node gives a good answer. */
  requestTimeoutMs: number
  /** For setRpcEndpoint (WebSocket). Null when no head is followed. */
  headUrl: string | null
  /** As of the last second. */
  status: () => GatewayStatus
  close: () => Promise<void>
}>

const REQUEST_TIMEOUT_MS = 24 * 3_600_000
const CLOSE_TIMEOUT_MS = 5_000

export function buildGatewaySettings(
  chain: ChainConfig,
  options: Omit<ChainGatewayOptions, 'note' | 'onFailure' | 'thread'>,
): GatewaySettings {
  return {
    chainId: chain.id,
    rpc: chain.rpc,
    finality: chain.finality,
    confirmations: confirmationsOf(chain),
    verification: chain.verification,
    pollIntervalMs: chain.pollIntervalMs,
    cacheDir: options.cacheDir,
    cacheMaxBytes: options.cacheMaxBytes ?? null,
    knownFinal: options.knownFinal ?? null,
    logs: options.logs,
    minTopics: options.minTopics ?? {},
    tuning: {...DEFAULT_TUNING, ...options.tuning},
  }
}

/** What the thread holds for long it holds outside of the heap; half of V8's usual young generation costs it no CPU and saves 25 MB. */
const YOUNG_GENERATION_MB = 24

/** A thread that loads its code and waits for its settings. */
export const startGatewayThread = (): Worker =>
  new Worker(join(__dirname, 'gatewayWorker.js'), {
    name: 'chain-gateway',
    resourceLimits: {maxYoungGenerationSizeMb: YOUNG_GENERATION_MB},
  })

/**
 * The chain gateway on a thread of its own, so that the next blocks are fetched and verified while the last ones are written. Resolves when
 * it listens, which needs no node. @throws when the thread cannot start
 */
export function createChainGateway(
  chain: ChainConfig,
  {note, onFailure, thread: worker = startGatewayThread(), ...options}: ChainGatewayOptions,
): Promise<ChainGateway> {
  worker.postMessage({kind: 'start', settings: buildGatewaySettings(chain, options)} satisfies GatewayOrder)
  return new Promise((resolve, reject) => {
    let status: GatewayStatus | undefined
    let closing = false
    let onClosed: () => void = () => {}
    const {line, hear, cut} = createThreadLine((question) => worker.postMessage(question satisfies GatewayOrder))
    const fail = (error: Error) => {
      cut(error)
      reject(error)
      if (!closing) onFailure(error)
    }
    worker.on('message', (message: GatewayMessage) => {
      if (message.kind === 'line') return hear(message)
      if (message.kind === 'note') return note(message.level, message.message, message.detail)
      if (message.status.broken && !status?.broken) fail(new Error(message.status.problem ?? 'the chain has broken its own finality'))
      status = message.status
      if (message.kind === 'ready')
        resolve({
          url: message.url,
          requestTimeoutMs: REQUEST_TIMEOUT_MS,
          headUrl: message.headUrl,
          line,
          status: () => status as GatewayStatus,
          close,
        })
    })
    worker.on('error', fail)
    worker.on('exit', (code) => {
      const ended = new Error(`the gateway's thread ended with ${code}`)
      cut(ended)
      return closing ? onClosed() : fail(ended)
    })
    const close = async () => {
      closing = true
      const closed = new Promise<void>((done) => {
        onClosed = done
      })
      worker.postMessage('close' satisfies GatewayOrder)
      await Promise.race([closed, new Promise((done) => setTimeout(done, CLOSE_TIMEOUT_MS).unref())])
      await worker.terminate()
    }
  })
}
