/** An entry of the feed as the journal holds it. */
export type JournalChange = Readonly<{
  /** Dense, from 1. */
  position: number
  /** Null: a worker speaks of no chain in particular. */
  chainId: string | null
  /** Name of the fact's table; of what a worker tells, its own word. */
  kind: string
  eventId: string
  /** Null: a worker's entry, which belongs to no block. */
  blockNumber: number | null
  blockHash: string | null
  collections: readonly string[]
  assets: readonly string[]
  /** Position of the entry that a fork took back; null: an event. */
  retracts: number | null
  /** Position of the entry that takes this one back, as far as is known; null: none. */
  retractedBy: number | null
  wasFinal: boolean
  /** Claimed by a contract that is neither the asset's own nor trusted. */
  isUnverified: boolean
  payload: unknown
}>

/** The kind that stands for whatever workers tell. */
export const WORKER_KIND = 'worker'

/** What filters go by. */
export const filterKind = ({kind, blockHash}: Pick<JournalChange, 'kind' | 'blockHash'>): string =>
  blockHash === null ? WORKER_KIND : kind

/** SQL over the alias `c`. */
export const FILTER_KIND_SQL = `(CASE WHEN c.block_hash IS NULL THEN '${WORKER_KIND}' ELSE c.kind END)`

/** SQL over the alias `c`: the columns of an entry. */
export const CHANGE_COLUMNS = `c.position::float8 AS position, c.chain_id AS "chainId", c.kind, c.event_id AS "eventId",
  c.block_number AS "blockNumber", c.block_hash AS "blockHash", c.collections, c.assets, c.retracts::float8 AS retracts,
  (SELECT r.position FROM feed_change r WHERE r.retracts = c.position)::float8 AS "retractedBy", c.was_final AS "wasFinal",
  c.unverified AS "isUnverified", c.payload`
