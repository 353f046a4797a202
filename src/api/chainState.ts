import type {ChainId} from '../domain/caip'
import {SCHEMA_PREFIX} from './stateSchemas'

export type BlockRef = Readonly<{number: number; hash: string}>

/** What Subsquid's state says of a chain: how far it is indexed, and up to where for good. */
export type ChainState = Readonly<{
  chainId: ChainId
  /** Null before the first batch. */
  indexed: BlockRef | null
  finalized: BlockRef | null
}>

export type StateRow = Readonly<{chain: string; height: number; hash: string | null; hot_height: number | null; hot_hash: string | null}>

/** Identifiers are built from numbers only. */
export function chainStatesSql(chainIds: readonly ChainId[]): string {
  if (chainIds.length === 0) return 'SELECT WHERE false'
  const selects = chainIds.map(
    (id) => `SELECT '${id}' AS chain, s.height, s.hash, h.height AS hot_height, h.hash AS hot_hash FROM ${SCHEMA_PREFIX}${id}.status s
      LEFT JOIN LATERAL (SELECT height, hash FROM ${SCHEMA_PREFIX}${id}.hot_block ORDER BY height DESC LIMIT 1) h ON true WHERE s.id = 0`,
  )
  return selects.join(' UNION ALL ')
}

export const parseChainStates = (rows: readonly StateRow[]): readonly ChainState[] =>
  rows.map(({chain, height, hash, hot_height, hot_hash}) => {
    const finalized = height >= 0 && hash !== null ? {number: height, hash} : null
    const hot = hot_height !== null && hot_hash !== null ? {number: hot_height, hash: hot_hash} : null
    return {chainId: Number(chain), indexed: hot ?? finalized, finalized}
  })

/** Configured chains that have no state yet have not begun. */
export function withUnbegun(states: readonly ChainState[], configured: readonly ChainId[]): readonly ChainState[] {
  const missing = configured.filter((id) => !states.some(({chainId}) => chainId === id))
  return [...states, ...missing.map((chainId): ChainState => ({chainId, indexed: null, finalized: null}))].sort(
    (a, b) => a.chainId - b.chainId,
  )
}

export const isFinal = (chains: readonly ChainState[], chainId: string, blockNumber: number): boolean =>
  (chains.find((chain) => String(chain.chainId) === chainId)?.finalized?.number ?? -1) >= blockNumber
