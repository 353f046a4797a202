import {agreedFinality} from './agreedFinality'
import {createNodeAgreement} from './nodeAgreement'
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
  /** None of several nodes can be believed. */
  onDispute: (why: string) => void
}>

export type Probe = Readonly<{
  /** Highest block that the healthy nodes have as final (agreedFinality); null before any has answered. */
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
  const noTag: MissingTags = new Map()
  const agreement = createNodeAgreement()
  let told: string | null = null
  const tellDispute = (dispute: string | null) => {
    if (dispute !== null && told === null) options.onDispute(dispute)
    told = dispute
  }

  const round = async () => {
    const answered = (await Promise.all(pool.nodes.map((node) => probeNode(options, node, noTag)))).filter((node) => node !== null)
    const kept = await agreement.keep(answered)
    for (const node of kept) node.setHealthy()
    tellDispute(agreement.dispute())
    finalized = agreedFinality(pool.states().filter(({health}) => health === 'healthy')) ?? finalized
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
      const tagged = pool.nodes.some((node) => !lacksTag(noTag, node))
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
async function probeNode(options: ProbeOptions, node: RpcNode, noTag: MissingTags): Promise<RpcNode | null> {
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
    if (tagged !== null) noTag.delete(node.name)
    else if (finality === 'finalized' && !isPassing(tag?.ok ? null : tag?.failure))
      noteMissingTag(options, node, noTag, tag?.ok === true || tag?.failure.kind === 'unavailable' || tag?.failure.kind === 'behind')
    const confirmations = finality === 'finalized' ? (lacksTag(noTag, node) ? fallbackConfirmations : null) : finality
    const finalized = tagged ?? (confirmations === null ? node.state().finalized : Math.max(0, height - confirmations))
    node.setHeads(height, finalized === null ? null : Math.min(finalized, height))
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

/**
 * How often in a row a node had no block for the tag. An answer without one may be a bad moment, and the first height decides where history
 * ends, so that it takes some of them (three seconds, at the start); that it knows no such tag, a node says once.
 */
type MissingTags = Map<string, number>
const MISSED_OFTEN = 6

const lacksTag = (noTag: MissingTags, {name}: RpcNode): boolean => (noTag.get(name) ?? 0) >= MISSED_OFTEN

function noteMissingTag({onNote, fallbackConfirmations}: ProbeOptions, node: RpcNode, noTag: MissingTags, mayPass: boolean): void {
  if (lacksTag(noTag, node)) return
  noTag.set(node.name, mayPass ? (noTag.get(node.name) ?? 0) + 1 : MISSED_OFTEN)
  if (!lacksTag(noTag, node)) return
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
