import {createHash} from 'node:crypto'
import type {RawLog} from './chainBlock'

/** A log request as EvmBatchProcessor.addLog takes it; an absent or empty list means any. Lower-case hex. */
export type LogRequest = Readonly<{
  address?: readonly string[]
  topic0?: readonly string[]
  topic1?: readonly string[]
  topic2?: readonly string[]
  topic3?: readonly string[]
  transaction?: boolean
}>

/** The filter of one eth_getLogs: addresses null for all contracts. */
export type RpcLogFilter = Readonly<{addresses: readonly string[] | null; topics: readonly (readonly string[] | null)[]}>

/** How many topics a log must have at least, by topic0: where no contract is named, an ERC-20 Transfer (3) is none of ERC-721 (4). */
export type MinTopics = Readonly<Record<string, number>>

export type LogFilter = Readonly<{
  /** The eth_getLogs to make; together they return every wanted log, and perhaps others. */
  rpc: readonly RpcLogFilter[]
  /** Exactly the wanted ones. */
  isWanted: (log: RawLog) => boolean
  /** Of a wanted log: whether a request asks for its transaction. */
  wantsTransaction: (log: RawLog) => boolean
  /** What a bloom must hold for a wanted log to be there: pairs of (address, topic0); null stands for any. */
  bloomPairs: readonly BloomPair[]
  anyTransaction: boolean
  isEmpty: boolean
  /** Names the set of logs and the fields kept of them; equal for equal requests in any order. */
  key: string
}>

export type BloomPair = Readonly<{address: string | null; topic0s: readonly string[] | null}>

const TOPICS = ['topic0', 'topic1', 'topic2', 'topic3'] as const
/** More filters than this are asked as one wider one, and sorted out here. */
const MAX_RPC_FILTERS = 4

const sorted = (list: readonly string[] | undefined): readonly string[] | null =>
  list && list.length > 0 ? [...new Set(list.map((value) => value.toLowerCase()))].sort() : null

type Normal = Readonly<{addresses: readonly string[] | null; topics: readonly (readonly string[] | null)[]; transaction: boolean}>

export function buildLogFilter(requests: readonly LogRequest[], minTopics: MinTopics = {}): LogFilter {
  const normal = mergeByTopics(
    requests.map((r) => ({
      addresses: sorted(r.address),
      topics: TOPICS.map((name) => sorted(r[name])),
      transaction: r.transaction === true,
    })),
  )
  const judgeLog = buildMatcher(normal, minTopics)
  return {
    rpc: buildRpcFilters(normal, minTopics),
    isWanted: (log) => judgeLog(log) > 0,
    wantsTransaction: (log) => judgeLog(log) === 2,
    bloomPairs: buildBloomPairs(normal),
    anyTransaction: normal.some(({transaction}) => transaction),
    isEmpty: normal.length === 0,
    key: createHash('sha256')
      .update(JSON.stringify([normal, Object.entries(minTopics).sort()]))
      .digest('hex')
      .slice(0, 32),
  }
}

/** Requests that differ in nothing but the contracts they name are one. */
function mergeByTopics(requests: readonly Normal[]): readonly Normal[] {
  const groups = new Map<string, {addresses: Set<string> | null; request: Normal}>()
  for (const request of requests) {
    const key = JSON.stringify([request.topics, request.transaction, request.addresses === null])
    const group = groups.get(key)
    if (!group) groups.set(key, {addresses: request.addresses && new Set(request.addresses), request})
    else for (const address of request.addresses ?? []) group.addresses?.add(address)
  }
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, {addresses, request}]) => ({...request, addresses: addresses && [...addresses].sort()}))
}

type Compiled = Readonly<{topics: readonly (ReadonlySet<string> | null)[]; verdict: Verdict}>
/** Of a log: not wanted, wanted, wanted with its transaction. */
type Verdict = 0 | 1 | 2

function buildMatcher(requests: readonly Normal[], minTopics: MinTopics): (log: RawLog) => Verdict {
  const byAddress = new Map<string, Compiled[]>()
  const anywhere: Compiled[] = []
  for (const {addresses, topics, transaction} of requests) {
    const last = topics.findLastIndex((list) => list !== null)
    const compiled: Compiled = {topics: topics.slice(0, last + 1).map((list) => list && new Set(list)), verdict: transaction ? 2 : 1}
    if (!addresses) anywhere.push(compiled)
    for (const address of addresses ?? []) byAddress.set(address, [...(byAddress.get(address) ?? []), compiled])
  }
  const none: readonly Compiled[] = []
  return (log) => {
    const named = judge(byAddress.get(log.address) ?? none, log)
    if (named === 2 || anywhere.length === 0 || log.topics.length < (minTopics[log.topics[0] ?? ''] ?? 0)) return named
    return Math.max(named, judge(anywhere, log)) as Verdict
  }
}

function judge(requests: readonly Compiled[], log: RawLog): Verdict {
  let verdict: Verdict = 0
  for (const request of requests) if (request.verdict > verdict && matchTopics(request, log)) verdict = request.verdict
  return verdict
}

function matchTopics({topics}: Compiled, log: RawLog): boolean {
  for (let i = 0; i < topics.length; i++) {
    const allowed = topics[i]
    if (allowed && !(i < log.topics.length && allowed.has(log.topics[i] as string))) return false
  }
  return true
}

function buildRpcFilters(requests: readonly Normal[], minTopics: MinTopics): readonly RpcLogFilter[] {
  const named = requests.filter(({addresses}) => addresses !== null)
  const anywhere = requests.filter(({addresses}) => addresses === null)
  const wide = anywhere.flatMap(({topics}) => splitByMinTopics(topics, minTopics))
  const narrow = named.map(({addresses, topics}) => ({addresses, topics: trimTopics(topics)}))
  return [...(narrow.length > MAX_RPC_FILTERS ? [widen(narrow)] : narrow), ...wide]
}

/** One filter that takes in all of them: every address with every topic0. */
function widen(filters: readonly RpcLogFilter[]): RpcLogFilter {
  const topic0s = filters.map(({topics}) => topics[0] ?? null)
  const union = topic0s.includes(null) ? null : [...new Set(topic0s.flatMap((list) => list ?? []))].sort()
  return {addresses: [...new Set(filters.flatMap(({addresses}) => addresses ?? []))].sort(), topics: union ? [union] : []}
}

function trimTopics(topics: readonly (readonly string[] | null)[]): readonly (readonly string[] | null)[] {
  const last = topics.findLastIndex((list) => list !== null)
  return topics.slice(0, last + 1)
}

/** `[[Transfer], null, null, null]`: nodes match the number of topics too, and leave ERC-20 out (execution-apis, eth_getLogs). */
function splitByMinTopics(topics: readonly (readonly string[] | null)[], minTopics: MinTopics): readonly RpcLogFilter[] {
  const [topic0s] = topics
  if (!topic0s) return [{addresses: null, topics: trimTopics(topics)}]
  const groups = new Map<number, string[]>()
  for (const topic0 of topic0s) {
    const count = Math.max(1, minTopics[topic0] ?? 1)
    groups.set(count, [...(groups.get(count) ?? []), topic0])
  }
  return [...groups].map(([count, list]) => {
    const rest = trimTopics(topics).slice(1)
    return {addresses: null, topics: [list, ...rest, ...Array.from({length: Math.max(0, count - 1 - rest.length)}, () => null)]}
  })
}

function buildBloomPairs(requests: readonly Normal[]): readonly BloomPair[] {
  return requests.flatMap(({addresses, topics}): readonly BloomPair[] => {
    const topic0s = topics[0] ?? null
    return addresses ? addresses.map((address) => ({address, topic0s})) : [{address: null, topic0s}]
  })
}

/** As the `topics` and `address` of eth_getLogs. */
export const toRpcParams = ({addresses, topics}: RpcLogFilter): Readonly<Record<string, unknown>> => ({
  ...(addresses ? {address: addresses} : {}),
  ...(topics.length > 0 ? {topics} : {}),
})
