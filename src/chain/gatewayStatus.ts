import type {Verification} from './fetchRange'
import type {CacheStats} from './logCache'
import type {NodeState} from './rpcNode'
import type {OmissionCheck} from './verifyRange'

/** What the gateway's thread tells about itself, once a second and at each change that matters. */
export type GatewayStatus = Readonly<{
  chainId: number
  /** Highest final block; null before a node has answered. */
  finalized: number | null
  finality: Readonly<{source: 'finalized tag' | 'confirmations'; confirmations: number | null}>
  nodes: readonly NodeState[]
  verification: Readonly<{
    asked: Verification
    /** How logs left out are looked for at present; null at level `none`. */
    omissions: OmissionCheck | null
    blocks: number
    suspicious: number
    rechecked: number
    /** Of all ranges together, which are read at the same time. */
    fetchSeconds: number
    verifySeconds: number
  }>
  cache: CacheStats | null
  /** First block not handed over yet; null before a query. */
  next: number | null
  handedOver: Readonly<{blocks: number; logs: number; fromCacheBlocks: number}>
  head: Readonly<{number: number; hash: string; announcedAtMs: number; forks: number}> | null
  retries: number
  /** Why nothing is handed over though something is asked for; null when all is well. */
  problem: string | null
  /** True when what was handed over is no longer on the chain: the processor has to start again and rewind. */
  broken: boolean
}>

export type GatewayMetric = Readonly<{
  name: string
  help: string
  type: 'gauge' | 'counter'
  values: readonly Readonly<{labels: Readonly<Record<string, string>>; value: number}>[]
}>

/** The status as Prometheus has it. Nodes are named by host, never by URL. */
export function gatewayMetrics(status: GatewayStatus): readonly GatewayMetric[] {
  const chain = String(status.chainId)
  const one = (name: string, help: string, type: GatewayMetric['type'], value: number): GatewayMetric => ({
    name: `chain_gateway_${name}`,
    help,
    type,
    values: [{labels: {chain}, value}],
  })
  const perNode = (name: string, help: string, type: GatewayMetric['type'], value: (node: NodeState) => number): GatewayMetric => ({
    name: `chain_gateway_node_${name}`,
    help,
    type,
    values: status.nodes.map((node) => ({labels: {chain, node: node.name}, value: value(node)})),
  })
  return [
    one('finalized_block', 'Highest final block', 'gauge', status.finalized ?? -1),
    one('head_block', 'Block announced as the head', 'gauge', status.head?.number ?? -1),
    one('forks_total', 'Heads announced that were no children of the one before', 'counter', status.head?.forks ?? 0),
    one('blocks_total', 'Blocks handed over', 'counter', status.handedOver.blocks),
    one('logs_total', 'Logs handed over', 'counter', status.handedOver.logs),
    one('retries_total', 'Ranges asked for again', 'counter', status.retries),
    one('verified_blocks_total', 'Headers compared with the logs', 'counter', status.verification.blocks),
    one('suspicious_blocks_total', 'Blocks whose bloom holds more than the logs show', 'counter', status.verification.suspicious),
    one('rechecked_blocks_total', 'Blocks compared with all their logs', 'counter', status.verification.rechecked),
    one('fetch_seconds_total', 'Waiting for what nodes answer, of all ranges together', 'counter', status.verification.fetchSeconds),
    one('verify_seconds_total', 'Checking what nodes answered, of all ranges together', 'counter', status.verification.verifySeconds),
    one('cache_bytes', 'Size of the raw-log cache', 'gauge', status.cache?.bytes ?? 0),
    one('cache_damaged_total', 'Segments dropped as damaged', 'counter', status.cache?.damaged ?? 0),
    perNode('healthy', '1 when the node is asked', 'gauge', ({health}) => (health === 'healthy' ? 1 : 0)),
    perNode('head_block', 'Head of the node', 'gauge', ({head}) => head),
    perNode('latency_ms', 'Mean latency', 'gauge', ({latencyMs}) => latencyMs),
    perNode('requests_total', 'HTTP requests', 'counter', ({requests}) => requests),
    perNode('calls_total', 'JSON-RPC calls', 'counter', ({calls}) => calls),
    {
      name: 'chain_gateway_node_failures_total',
      help: 'Failures by kind',
      type: 'counter',
      values: status.nodes.flatMap(({name, failures}) =>
        Object.entries(failures).map(([kind, value]) => ({labels: {chain, node: name, kind}, value})),
      ),
    },
  ]
}
