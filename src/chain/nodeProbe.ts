import {toQuantity} from './blockRange'
import {judgeNode, type NodePool} from './nodePool'
import {isRpcFailure, RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import {parseHeader, parseQuantity} from './rpcShapes'

export type FinalityRule = 'finalized' | number

export type ProbeOptions = Readonly<{
  pool: NodePool
  chainId: number
  finality: FinalityRule
  /** Confirmations where a node has no `finalized` tag. */
  fallbackConfirmations: number
  intervalMs: number
  onNote: (message: string, detail: Readonly<Record<string, unknown>>) => void
}>

export type Probe = Readonly<{
  /** Highest block that an agreeing node has as final; null before any has answered. */
  finalized: () => number | null
  /** The rule that gave it. */
  rule: () => Readonly<{source: 'finalized tag' | 'confirmations'; confirmations: number | null}>
  /** After this, nodes that answered are usable. */
  first: Promise<void>
  close: () => void
}>

const PROBE_TIMEOUT_MS = 5_000

/** Watches every node: chain id, head, finality, and whether it is on the same chain as the others. */
export function startProbe(options: ProbeOptions): Probe {
  const {pool, intervalMs} = options
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let finalized: number | null = null
  const noTag = new Set<string>()

  const round = async () => {
    const answered = (await Promise.all(pool.nodes.map((node) => probeNode(options, node, noTag)))).filter((node) => node !== null)
    for (const node of await keepAgreeing(answered)) node.setHealthy()
    for (const node of pool.nodes) {
      const state = node.state()
      if (state.health === 'healthy' && state.finalized !== null && (finalized === null || state.finalized > finalized))
        finalized = state.finalized
    }
    pool.wake()
  }
  const loop = async (): Promise<void> => {
    await round()
    if (!closed) timer = setTimeout(() => void loop(), finalized === null ? Math.min(intervalMs, 500) : intervalMs)
  }
  return {
    finalized: () => finalized,
    rule: () => {
      const {finality, fallbackConfirmations} = options
      if (typeof finality === 'number') return {source: 'confirmations', confirmations: finality}
      const tagged = pool.nodes.some(({name}) => !noTag.has(name))
      return tagged ? {source: 'finalized tag', confirmations: null} : {source: 'confirmations', confirmations: fallbackConfirmations}
    },
    first: loop(),
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}

/** The node, or null when it is not to be used. */
async function probeNode(options: ProbeOptions, node: RpcNode, noTag: Set<string>): Promise<RpcNode | null> {
  const {chainId, finality, fallbackConfirmations} = options
  try {
    const calls = [
      {method: 'eth_chainId', params: []},
      {method: 'eth_blockNumber', params: []},
      ...(finality === 'finalized' ? [{method: 'eth_getBlockByNumber', params: ['finalized', false]}] : []),
    ]
    const replies = await sendTogether(node, calls)
    const [id, head, tag] = replies
    if (!id?.ok) throw id?.failure ?? new RpcFailure('malformed', 'no chain id')
    const served = parseQuantity(id.result, 'chain id')
    if (served !== chainId) throw new RpcFailure('wrongChain', `serves chain ${served}, not ${chainId}`)
    if (!head?.ok) throw head?.failure ?? new RpcFailure('malformed', 'no block number')
    const height = parseQuantity(head.result, 'block number')
    const tagged = tag?.ok && tag.result !== null ? parseHeader(tag.result).number : null
    if (finality === 'finalized' && tagged === null && !isPassing(tag?.ok ? null : tag?.failure)) noteMissingTag(options, node, noTag)
    const confirmations = finality === 'finalized' ? (noTag.has(node.name) ? fallbackConfirmations : null) : finality
    node.setHeads(height, tagged ?? (confirmations === null ? node.state().finalized : Math.max(0, height - confirmations)))
    return node
  } catch (error) {
    const failure = isRpcFailure(error) ? error : new RpcFailure('unavailable', 'probe failed', {cause: error})
    if (node.state().reason !== failure.message)
      options.onNote(`node ${node.name} is not usable`, {node: node.name, kind: failure.kind, reason: failure.message})
    judgeNode(node, failure)
    return null
  }
}

/** A trouble of the moment says nothing about whether the node knows the tag. */
const isPassing = (failure: RpcFailure | null | undefined): boolean => failure?.kind === 'rateLimited' || failure?.kind === 'malformed'

function noteMissingTag({onNote, fallbackConfirmations}: ProbeOptions, node: RpcNode, noTag: Set<string>): void {
  if (noTag.has(node.name)) return
  noTag.add(node.name)
  onNote(`node ${node.name} has no finalized tag: ${fallbackConfirmations} confirmations stand for it`, {
    node: node.name,
    confirmations: fallbackConfirmations,
  })
}

/** In one batch, or one by one where the node takes none. */
async function sendTogether(node: RpcNode, calls: readonly Readonly<{method: string; params: readonly unknown[]}>[]) {
  if (node.limits.batch > 1) {
    try {
      return await node.probe(calls, PROBE_TIMEOUT_MS)
    } catch (error) {
      if (!isRpcFailure(error) || (error.kind !== 'batchTooLarge' && error.kind !== 'malformed' && error.kind !== 'unsupported'))
        throw error
    }
  }
  const replies = []
  for (const call of calls) replies.push(...(await node.probe([call], PROBE_TIMEOUT_MS)))
  return replies
}

/**
 * Nodes that have the same block at the height that is final for both. Of two camps the larger is right; of equals, the one of the node
 * that is configured first.
 */
async function keepAgreeing(nodes: readonly RpcNode[]): Promise<readonly RpcNode[]> {
  const anchor = nodes.find((node) => node.state().health !== 'aside') ?? nodes[0]
  const others = nodes.filter((node) => node !== anchor)
  if (!anchor || others.length === 0) return nodes
  const verdicts = await Promise.all(others.map(async (node) => ({node, agrees: await agree(anchor, node)})))
  const against = verdicts.filter(({agrees}) => agrees === false).map(({node}) => node)
  const withAnchor = verdicts.filter(({agrees}) => agrees === true).map(({node}) => node)
  const wrong = against.length > withAnchor.length + 1 ? [anchor, ...withAnchor] : against
  for (const node of wrong) judgeNode(node, new RpcFailure('dishonest', 'is on another fork than the other nodes'))
  return nodes.filter((node) => !wrong.includes(node))
}

/** Null when it cannot be told. */
async function agree(a: RpcNode, b: RpcNode): Promise<boolean | null> {
  const heights = [a.state().finalized, b.state().finalized]
  if (heights[0] == null || heights[1] == null) return null
  const call = {method: 'eth_getBlockByNumber', params: [toQuantity(Math.min(heights[0], heights[1])), false]}
  try {
    const hashes = await Promise.all(
      [a, b].map(async (node) => {
        const [reply] = await node.probe([call], PROBE_TIMEOUT_MS)
        return reply?.ok ? parseHeader(reply.result).hash : null
      }),
    )
    return hashes.includes(null) ? null : hashes[0] === hashes[1]
  } catch {
    return null
  }
}
