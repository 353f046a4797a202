import type {ChainId} from '../domain/caip'
import type {Snapshot} from './snapshot'
import {SCHEMA_PREFIX} from './stateSchemas'

export type BlockRef = Readonly<{number: number; hash: string}>

/** What Subsquid's state says of a chain: how far it is indexed, and up to where for good. */
export type ChainState = Readonly<{
  chainId: ChainId
  /** Null before the first batch. */
  indexed: BlockRef | null
  finalized: BlockRef | null
}>

/** `stored`: chains that a processor keeps state of; the others that are configured have not begun. */
export async function loadChainStates(
  db: Snapshot,
  stored: readonly ChainId[],
  configured: readonly ChainId[],
): Promise<readonly ChainState[]> {
  const states = stored.length === 0 ? [] : await loadStates(db, stored)
  const missing = configured.filter((id) => !stored.includes(id)).map((chainId): ChainState => ({chainId, indexed: null, finalized: null}))
  return [...states, ...missing].sort((a, b) => a.chainId - b.chainId)
}

type StateRow = Readonly<{chain: string; height: number; hash: string; hot_height: number | null; hot_hash: string | null}>

async function loadStates(db: Snapshot, chainIds: readonly ChainId[]): Promise<readonly ChainState[]> {
  // Identifiers are built from numbers only.
  const selects = chainIds.map(
    (id) => `SELECT ${id}::text AS chain, s.height, s.hash, h.height AS hot_height, h.hash AS hot_hash FROM ${SCHEMA_PREFIX}${id}.status s
      LEFT JOIN LATERAL (SELECT height, hash FROM ${SCHEMA_PREFIX}${id}.hot_block ORDER BY height DESC LIMIT 1) h ON true WHERE s.id = 0`,
  )
  const rows = await db.query<StateRow>(selects.join(' UNION ALL '), [], `chain_states_${chainIds.join('_')}`)
  return rows.map(({chain, height, hash, hot_height, hot_hash}) => {
    const finalized = height >= 0 ? {number: height, hash} : null
    const hot = hot_height !== null && hot_hash !== null ? {number: hot_height, hash: hot_hash} : null
    return {chainId: Number(chain), indexed: hot ?? finalized, finalized}
  })
}

export const isFinal = (chains: readonly ChainState[], chainId: string, blockNumber: number): boolean =>
  (chains.find((chain) => String(chain.chainId) === chainId)?.finalized?.number ?? -1) >= blockNumber
