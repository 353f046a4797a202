import type {ChainId} from '../../domain/caip'
import type {ChainState} from '../chainState'
import type {Snapshot} from '../snapshot'
import type {Rider} from '../snapshotSql'
import {SCHEMA_PREFIX} from '../stateSchemas'

type Reader = Pick<Snapshot, 'query'>

/** A block that holds an indexed event; hot ones are known without. */
export type KnownBlock = Readonly<{number: number; hash: string; timestamp: Date | null}>

type Row = Readonly<{number: number; hash: string; timestamp: Date | null}>

export type BlocksAround = readonly [KnownBlock | null, KnownBlock | null]

const aroundSql = (chainId: string, number: string): string =>
  `(SELECT number, hash, "timestamp" FROM block WHERE chain_id = ${chainId} AND number <= ${number} ORDER BY number DESC LIMIT 1) UNION ALL
   (SELECT number, hash, "timestamp" FROM block WHERE chain_id = ${chainId} AND number > ${number} ORDER BY number LIMIT 1)`
const aroundJsonSql = (places: number): string =>
  `SELECT json_agg(b) FROM (${aroundSql(`$${places + 1}::numeric`, `$${places + 2}::int`)}) b`

/** Blocks around a number, told along with the rows of whatever is read first. */
export class RidingBlocks implements Rider {
  around: BlocksAround | null = null
  readonly sql = aroundJsonSql
  readonly values: readonly number[]
  constructor(
    chainId: ChainId,
    private readonly number: number,
  ) {
    this.values = [chainId, number]
  }
  take(told: unknown): void {
    const rows = (told ?? []) as readonly Readonly<{number: number; hash: string; timestamp: string}>[]
    this.around = pick(
      rows.map((row) => ({...row, timestamp: new Date(row.timestamp)})),
      this.number,
    )
  }
}

const pick = (rows: readonly Row[], number: number): BlocksAround => [
  rows.find((row) => row.number <= number) ?? null,
  rows.find((row) => row.number > number) ?? null,
]

/** The last known block at or before a number, and the first one behind it. */
export async function findBlocksAround(db: Reader, chainId: ChainId, number: number): Promise<BlocksAround> {
  return pick(await db.query<Row>(aroundSql('$1', '$2'), [chainId, number], true), number)
}

/** A block of the canonical chain, `retracted` for one that a fork took back, null for one that cannot be told. */
export async function findBlockByHash(
  db: Reader,
  {chainId, finalized}: ChainState,
  hash: string,
): Promise<KnownBlock | 'retracted' | null> {
  const known = await db.query<Row>(
    `SELECT number, hash, "timestamp" FROM block WHERE hash = $2 AND chain_id = $1
     UNION ALL SELECT height, hash, NULL FROM ${SCHEMA_PREFIX}${chainId}.hot_block WHERE hash = $2 LIMIT 1`,
    [chainId, hash],
  )
  if (known[0]) return known[0]
  if (finalized?.hash === hash) return {...finalized, timestamp: null}
  const [gone] = await db.query<{gone: boolean}>(
    'SELECT EXISTS (SELECT FROM feed_change WHERE block_hash = $2 AND chain_id = $1 AND retracts IS NOT NULL) AS gone',
    [chainId, hash],
  )
  return gone?.gone === true ? 'retracted' : null
}

/** The last known block at or before a time; up to when the index reaches, and up to when for good. */
export async function findLastBlockBefore(
  db: Reader,
  {chainId, finalized}: ChainState,
  time: Date,
): Promise<Readonly<{before: KnownBlock | null; coveredTo: Date | null; finalTo: Date | null}>> {
  const [row] = await db.query<{number: number | null; hash: string; timestamp: Date; covered: Date | null; final: Date | null}>(
    `SELECT b.*, (SELECT max("timestamp") FROM block WHERE chain_id = $1) AS covered,
       (SELECT max("timestamp") FROM block WHERE chain_id = $1 AND number <= $3) AS final
     FROM (SELECT) one LEFT JOIN LATERAL (SELECT number, hash, "timestamp" FROM block WHERE chain_id = $1 AND "timestamp" <= $2
       ORDER BY "timestamp" DESC, number DESC LIMIT 1) b ON true`,
    [chainId, time, finalized?.number ?? -1],
    true,
  )
  const before = row?.number == null ? null : {number: row.number, hash: row.hash, timestamp: row.timestamp}
  return {before, coveredTo: row?.covered ?? null, finalTo: row?.final ?? null}
}
