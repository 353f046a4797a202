import type {ChainId} from '../domain/caip'
import {SCHEMA_PREFIX} from './stateSchemas'

export type BlockRef = Readonly<{number: number; hash: string}>

/** What Subsquid's state says of a chain: how far it is indexed, and up to where for good. */
export type ChainState = Readonly<{
  chainId: ChainId
  /** Null before the first batch. */
  indexed: BlockRef | null
  finalized: BlockRef | null
  /** The last block that holds an indexed event; null: none does. */
  lastEvent: Readonly<{number: number; timestamp: Date}> | null
  /** The nodes' newest block, as the processor last saw it; null: not known. */
  head: number | null
}>

export type StateRow = Readonly<{
  chain: string
  height: number
  hash: string | null
  hot_height: number | null
  hot_hash: string | null
  event_block: number | null
  /** Text where the states come as JSON. */
  event_at: Date | string | null
  head: number | null
}>

/** Identifiers are built from numbers only. */
export function chainStatesSql(chainIds: readonly ChainId[]): string {
  if (chainIds.length === 0) return 'SELECT WHERE false'
  const selects = chainIds.map(
    (id) => `SELECT '${id}' AS chain, s.height, s.hash, h.height AS hot_height, h.hash AS hot_hash,
        b.number AS event_block, b."timestamp" AS event_at, (SELECT p.head_block FROM chain_progress p WHERE p.chain_id = ${id}) AS head
      FROM ${SCHEMA_PREFIX}${id}.status s
      LEFT JOIN LATERAL (SELECT height, hash FROM ${SCHEMA_PREFIX}${id}.hot_block ORDER BY height DESC LIMIT 1) h ON true
      LEFT JOIN LATERAL (SELECT number, "timestamp" FROM block WHERE chain_id = ${id} ORDER BY number DESC LIMIT 1) b ON true WHERE s.id = 0`,
  )
  return selects.join(' UNION ALL ')
}

export const parseChainStates = (rows: readonly StateRow[]): readonly ChainState[] =>
  rows.map(parseChainState).sort((a, b) => a.chainId - b.chainId)

function parseChainState({chain, height, hash, hot_height, hot_hash, event_block, event_at, head}: StateRow): ChainState {
  const finalized = height >= 0 && hash !== null ? {number: height, hash} : null
  const hot = hot_height !== null && hot_hash !== null ? {number: hot_height, hash: hot_hash} : null
  const lastEvent = event_block !== null && event_at !== null ? {number: event_block, timestamp: new Date(event_at)} : null
  return {chainId: Number(chain), indexed: hot ?? finalized, finalized, lastEvent, head}
}

/** Configured chains that have no state yet have not begun. */
export function withUnbegun(states: readonly ChainState[], configured: readonly ChainId[]): readonly ChainState[] {
  const missing = configured.filter((id) => !states.some(({chainId}) => chainId === id))
  // The same object where nothing is to be added: what was made of it once is found again.
  if (missing.length === 0) return states
  return [
    ...states,
    ...missing.map((chainId): ChainState => ({chainId, indexed: null, finalized: null, lastEvent: null, head: null})),
  ].sort((a, b) => a.chainId - b.chainId)
}

export const isFinal = (chains: readonly ChainState[], chainId: string, blockNumber: number): boolean =>
  (chains.find((chain) => String(chain.chainId) === chainId)?.finalized?.number ?? -1) >= blockNumber
