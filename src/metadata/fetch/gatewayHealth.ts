import type {FailureKind} from './documentOutcome'

type Health = {latencyMs: number; trouble: number; at: number; asked: number}

/** What says something about the document rather than about who was asked for it. */
const NOT_ITS_FAULT: ReadonlySet<FailureKind> = new Set(['too_large', 'not_a_file', 'aborted', 'not_found', 'empty'])
const TROUBLE_MS = 2_000
/** A gateway that lied is asked last for hours, and not never: its blocks are checked all the same. */
const LIE = 1_024
const HALF_LIFE_MS = 60_000
const WEIGHT = 0.2
/** What a gateway is taken for as long as nothing is known of it. */
const LEAST_MS = 50
/** So many questions at once make a gateway count as half as quick. */
const SHARE = 16
/** Slower than usual, by so much, is slow. */
const PATIENCE = 1.5

const mix = (known: number, now: number): number => (known === 0 ? now : known * (1 - WEIGHT) + now * WEIGHT)

/** Remembers how gateways fared, so that the quick and honest are asked first. Trouble is forgotten by half a minute at a time. */
export function createGatewayHealth(gateways: readonly string[], now: () => number = Date.now) {
  const known = new Map<string, Health>(gateways.map((gateway) => [gateway, {latencyMs: 0, trouble: 0, at: now(), asked: 0}]))

  const troubleOf = ({trouble, at}: Health): number => trouble * 0.5 ** ((now() - at) / HALF_LIFE_MS)
  const scoreOf = (gateway: string): number => {
    const health = known.get(gateway)
    if (!health) return Number.MAX_SAFE_INTEGER
    // Who is asked much already makes others wait: equals share the questions.
    return Math.max(health.latencyMs, LEAST_MS) * (1 + health.asked / SHARE) + troubleOf(health) * TROUBLE_MS
  }

  return {
    /** A question is on its way; answers what is to be called when it ends. */
    ask: (gateway: string): (() => void) => {
      const health = known.get(gateway)
      if (!health) return () => {}
      health.asked += 1
      return () => {
        health.asked -= 1
      }
    },
    /** How long to wait for it before another one is asked as well: where all are slow, to ask all of them helps nobody. */
    patienceMs: (gateway: string, leastMs: number): number => Math.max(leastMs, (known.get(gateway)?.latencyMs ?? 0) * PATIENCE),
    /** `kind`: null when it answered. Those that URIs named are not remembered: strangers could name any number. */
    record: (gateway: string, kind: FailureKind | null, durationMs: number): void => {
      const health = known.get(gateway)
      if (!health || (kind && NOT_ITS_FAULT.has(kind))) return
      const trouble = kind === 'dishonest_gateway' ? LIE : kind ? 1 : 0
      health.trouble = troubleOf(health) + trouble
      health.at = now()
      if (!kind) health.latencyMs = mix(health.latencyMs, durationMs)
    },
    /** It had so long, and was not waited for any more: it takes at least that. */
    recordSilence: (gateway: string, durationMs: number): void => {
      const health = known.get(gateway)
      if (health && durationMs > health.latencyMs) health.latencyMs = mix(health.latencyMs, durationMs)
    },
    /** Best first; equals in the given order. */
    order: (list: readonly string[]): readonly string[] =>
      list
        .map((gateway) => ({gateway, score: scoreOf(gateway)}))
        .sort((a, b) => a.score - b.score)
        .map(({gateway}) => gateway),
  }
}
