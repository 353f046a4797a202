import {toQuantity} from './blockRange'
import {parseHeader, parseQuantity} from './rpcShapes'
import {createRpcTransport, type RpcTransport} from './rpcTransport'

type BlockRef = Readonly<{number: number; hash: string}>

/** Blocks that were stored, to be compared with the chain. */
export type StoredBlocks = Readonly<{
  final: BlockRef | null
  highestWithFacts: (from: number, to: number) => Promise<BlockRef | null>
}>

export type Fork = Readonly<{
  /** The highest stored block that is known to be on the chain; null when none is. */
  ancestor: BlockRef | null
  /** The highest stored block that is not, and what the chain has in its place. */
  orphan: BlockRef
  instead: string
}>

const TIMEOUT_MS = 5_000

/**
 * Whether the nodes have other blocks than those that were stored as final: null when they have the same, or when none can tell. Where nodes
 * differ the majority of those that answer decides, and a draw leaves things as they are: the gateway sets the wrong ones aside.
 */
export async function findFork(rpc: readonly string[], chainId: number, stored: StoredBlocks): Promise<Fork | null> {
  const {final} = stored
  if (!final) return null
  const transports = rpc.map(createRpcTransport)
  try {
    const nodes = await findNodes(transports, chainId)
    const top = await findComparable(nodes, final, stored)
    const verdict = top && (await compareBlock(nodes, top))
    if (!top || verdict?.kind !== 'other') return null
    return {ancestor: await findAncestor(nodes, top, stored), orphan: top, instead: verdict.hash}
  } finally {
    for (const transport of transports) transport.close()
  }
}

type Node = Readonly<{transport: RpcTransport; head: number}>

/** Those that answer, for this chain. */
async function findNodes(transports: readonly RpcTransport[], chainId: number): Promise<readonly Node[]> {
  const found = await Promise.all(
    transports.map(async (transport): Promise<Node | null> => {
      const [served, head] = await Promise.all([fetchQuantity(transport, 'eth_chainId'), fetchQuantity(transport, 'eth_blockNumber')])
      return served === chainId && head !== null ? {transport, head} : null
    }),
  )
  return found.filter((node) => node !== null)
}

/** The last final block, or where the nodes have not got so far the highest below that they have: a chain may have become shorter. */
async function findComparable(nodes: readonly Node[], final: BlockRef, stored: StoredBlocks): Promise<BlockRef | null> {
  const head = Math.max(-1, ...nodes.map((node) => node.head))
  return head >= final.number ? final : stored.highestWithFacts(0, head)
}

type Verdict = Readonly<{kind: 'same' | 'unknown'}> | Readonly<{kind: 'other'; hash: string}>

/** What the nodes have at the height of a stored block. A draw is for the stored one. */
async function compareBlock(nodes: readonly Node[], {number, hash}: BlockRef): Promise<Verdict> {
  const votes = new Map<string, number>()
  for (const answer of await Promise.all(nodes.map(({transport}) => fetchHash(transport, number))))
    if (answer !== null) votes.set(answer, (votes.get(answer) ?? 0) + 1)
  if (votes.size === 0) return {kind: 'unknown'}
  const [best] = [...votes].filter(([other]) => other !== hash).sort(([, a], [, b]) => b - a)
  return best && best[1] > (votes.get(hash) ?? 0) ? {kind: 'other', hash: best[0]} : {kind: 'same'}
}

async function ask<T>(
  transport: RpcTransport,
  method: string,
  params: readonly unknown[],
  parse: (result: unknown) => T,
): Promise<T | null> {
  try {
    const [reply] = await transport.send([{method, params}], TIMEOUT_MS)
    return reply?.ok ? parse(reply.result) : null
  } catch {
    return null
  }
}

const fetchHash = (transport: RpcTransport, number: number): Promise<string | null> =>
  ask(transport, 'eth_getBlockByNumber', [toQuantity(number), false], (result) => parseHeader(result, number).hash)

const fetchQuantity = (transport: RpcTransport, method: string): Promise<number | null> =>
  ask(transport, method, [], (result) => parseQuantity(result, method))

/** By halving: below a block that is on the chain everything is. What no node can tell counts as orphaned. */
async function findAncestor(nodes: readonly Node[], orphan: BlockRef, {highestWithFacts}: StoredBlocks): Promise<BlockRef | null> {
  let ancestor: BlockRef | null = null
  for (let [low, high] = [0, orphan.number - 1]; low <= high; ) {
    const middle = low + ((high - low) >> 1)
    const candidate: BlockRef | null = await highestWithFacts(low, middle)
    const isOrphaned = candidate !== null && (await compareBlock(nodes, candidate)).kind !== 'same'
    if (candidate && isOrphaned) high = candidate.number - 1
    else {
      ancestor = candidate ?? ancestor
      low = middle + 1
    }
  }
  return ancestor
}
