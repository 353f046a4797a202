import {toQuantity} from './blockRange'
import {judgeNode} from './nodePool'
import {RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import {parseHeader} from './rpcShapes'

export type NodeAgreement = Readonly<{
  /** Of nodes that answered, those that may be asked. */
  keep: (nodes: readonly RpcNode[]) => Promise<readonly RpcNode[]>
  /** Why none of several can be believed; null when that is not so. */
  dispute: () => string | null
}>

type Camp = {readonly speaker: RpcNode; readonly members: RpcNode[]}
type Block = Readonly<{number: number; hash: string}>

const TIMEOUT_MS = 5_000

/**
 * Which nodes are on the same chain, by the blocks that are final for two of them. Of camps the largest is right; of equals the one that still
 * has the block that all of them had when they last agreed. Where neither tells, no one is believed: to index a fork is worse than to wait for
 * the operator, who is told which node says what.
 */
export function createNodeAgreement(): NodeAgreement {
  let agreed: Block | null = null
  let dispute: string | null = null

  const settle = async (camps: readonly Camp[]): Promise<Camp | null> => {
    const largest = Math.max(...camps.map(({members}) => members.length))
    const first = camps.filter(({members}) => members.length === largest)
    if (first.length === 1) return first[0] ?? null
    const reference = agreed
    if (!reference) return null
    const hashes = await Promise.all(first.map(({speaker}) => fetchHash(speaker, reference.number)))
    const faithful = first.filter((_, i) => hashes[i] === reference.hash)
    return faithful.length === 1 ? (faithful[0] ?? null) : null
  }

  return {
    dispute: () => dispute,
    keep: async (nodes) => {
      // Who was found out has no vote; who is held in a dispute has.
      const voters = nodes.filter((node) => node.state().health !== 'aside' || node.isHeld())
      const camps = await findCamps(voters.length > 0 ? voters : nodes)
      const [only] = camps
      const winner = camps.length > 1 ? await settle(camps) : (only ?? null)
      if (camps.length > 1 && !winner) {
        dispute = await describe(camps)
        for (const {members} of camps) for (const node of members) node.hold(dispute)
        return []
      }
      dispute = null
      if (!winner) return nodes
      if (camps.length === 1) agreed = (await findAgreed(winner)) ?? agreed
      const others = nodes.filter((node) => !winner.members.includes(node))
      const verdicts = await Promise.all(others.map(async (node) => ((await agree(winner.speaker, node)) === false ? node : null)))
      for (const node of verdicts) if (node) judgeNode(node, new RpcFailure('dishonest', 'is on another fork than the other nodes'))
      return nodes.filter((node) => !verdicts.includes(node))
    },
  }
}

const finalOf = (node: RpcNode): number => node.state().finalized ?? -1

/** Highest first, so that whoever disagrees with the speaker of a camp disagrees with all of it. Who cannot be told from several has no vote. */
async function findCamps(nodes: readonly RpcNode[]): Promise<readonly Camp[]> {
  const camps: Camp[] = []
  for (const node of nodes.filter((one) => finalOf(one) >= 0).toSorted((a, b) => finalOf(b) - finalOf(a))) {
    const verdicts = await Promise.all(camps.map(({speaker}) => agree(speaker, node)))
    if (verdicts.includes(null)) continue
    const own = camps.filter((_, i) => verdicts[i] === true)
    if (own.length === 0) camps.push({speaker: node, members: [node]})
    else if (own.length === 1) own[0]?.members.push(node)
  }
  return camps
}

/** The highest block that is final for all of a camp, when it is more than one node's word. */
async function findAgreed({speaker, members}: Camp): Promise<Block | null> {
  if (members.length < 2) return null
  const number = Math.min(...members.map(finalOf))
  const hash = await fetchHash(speaker, number)
  return hash === null ? null : {number, hash}
}

/** Null when it cannot be told. */
async function agree(a: RpcNode, b: RpcNode): Promise<boolean | null> {
  const number = Math.min(finalOf(a), finalOf(b))
  if (number < 0) return null
  const [ofA, ofB] = await Promise.all([fetchHash(a, number), fetchHash(b, number)])
  return ofA === null || ofB === null ? null : ofA === ofB
}

async function describe(camps: readonly Camp[]): Promise<string> {
  const number = Math.min(...camps.map(({speaker}) => finalOf(speaker)))
  const words = await Promise.all(
    camps.map(async ({speaker, members}) => `${await fetchHash(speaker, number)} by ${members.map(({name}) => name).join(', ')}`),
  )
  return `the nodes are on different forks and no majority tells which is right: final block ${number} is ${words.join(', but ')}`
}

async function fetchHash(node: RpcNode, number: number): Promise<string | null> {
  try {
    const [reply] = await node.probe([{method: 'eth_getBlockByNumber', params: [toQuantity(number), false]}], TIMEOUT_MS)
    return reply?.ok ? parseHeader(reply.result, number).hash : null
  } catch {
    return null
  }
}
