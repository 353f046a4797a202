import type {ExecutionResult} from 'graphql'
import {formatChainId} from '../../domain/caip'
import type {ChainState} from '../chainState'
import type {Context} from '../context'

/** Says with an answer which blocks it speaks of, from the answer's own snapshot, and gives the snapshot back. */
export async function withFreshness(result: ExecutionResult, context: Context): Promise<ExecutionResult> {
  // Where the database does not answer, the fields have said so.
  const chains = await context.chains().catch(() => null)
  // The answer does not wait for the connection to be free again.
  void context.release()
  if (chains === null) return result
  const freshness = describe(chains)
  const {asOf, ...others} = result.extensions ?? {}
  return {...result, extensions: {...others, indexer: {chains: freshness, ...(asOf ? {asOf} : {})}}}
}

/** While nothing is written, answers hold the same states. */
const described = new WeakMap<readonly ChainState[], readonly object[]>()
function describe(chains: readonly ChainState[]): readonly object[] {
  let known = described.get(chains)
  if (!known) described.set(chains, (known = chains.map(describeChain)))
  return known
}

/** The time of a block without an indexed event is not known; that of the last one with one is. */
const describeChain = ({chainId, indexed, finalized, lastEvent, head}: ChainState) => ({
  chainId: formatChainId(chainId),
  indexedBlock: indexed && {...indexed, timestamp: lastEvent?.number === indexed.number ? lastEvent.timestamp.toISOString() : null},
  finalizedBlock: finalized,
  lastEventAt: lastEvent?.timestamp.toISOString() ?? null,
  headBlock: head,
  lagBlocks: head === null || indexed === null ? null : Math.max(0, head - indexed.number),
})
