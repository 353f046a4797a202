import type {Verification} from './fetchRange'
import type {LogRequest, MinTopics} from './logFilter'
import type {FinalityRule} from './nodeProbe'

/** All that the gateway's thread needs to know; plain data, as it crosses to the thread. */
export type GatewaySettings = Readonly<{
  chainId: number
  /** At least one; http(s) or ws(s). They carry keys: no message shows one. */
  rpc: readonly string[]
  finality: FinalityRule
  /** Stands for the `finalized` tag where a node has none. */
  confirmations: number
  verification: Verification
  pollIntervalMs: number
  /** Null: no cache. */
  cacheDir: string | null
  cacheMaxBytes: number | null
  /**
   * Up to here everything is known to be final: history is read to there from the cache, no head is followed, and no node is asked until
   * something is missing. Null: the nodes say what is final.
   */
  knownFinal: number | null
  /** The head is filtered by these, for evm-processor asks for it without filters. */
  logs: readonly LogRequest[]
  /** Topics that a log must have at least, by topic0, where a request names no contract. */
  minTopics: MinTopics
  tuning: GatewayTuning
}>

export type GatewayTuning = Readonly<{
  /** A request without an answer for so long is given up. */
  timeoutMs: number
  /** First pause of a node set aside. */
  asideMs: number
  probeIntervalMs: number
  /** JSON handed over at once, about. */
  answerBytes: number
  /** Time that an answer waits to become larger. */
  patienceMs: number
  /** JSON kept ready, about. */
  maxReadyBytes: number
  targetLogs: number
  maxRange: number
  rangesAtOnce: number
}>

export const DEFAULT_TUNING: GatewayTuning = {
  timeoutMs: 30_000,
  asideMs: 15_000,
  probeIntervalMs: 4_000,
  answerBytes: 6 * 2 ** 20,
  patienceMs: 300,
  maxReadyBytes: 8 * 2 ** 20,
  targetLogs: 3_000,
  maxRange: 2_000,
  rangesAtOnce: 3,
}
