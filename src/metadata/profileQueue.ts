import type {Pool} from 'pg'
import type {Address} from '../domain/hex'
import type {CollectionProfile} from './collectionProfile'
import type {PinnedBlock} from './ethCall'

/** Work is taken by lease, so several workers share one queue and a killed worker's work comes back. */
export type ProfileJob = Readonly<{collectionId: string; address: Address; attempts: number}>

const LEASE_SECONDS = 60
/** A contract may turn into another one behind a proxy, or be renamed: profiles are read again. */
const FRESH_FOR = '1 day'

/** Every collection of the chain that has no row yet gets one, due at once. */
export const enqueueNewCollections = async (pool: Pool, chainId: number): Promise<number> =>
  (
    await pool.query(
      `INSERT INTO collection_profile (collection_id, address)
       SELECT c.id, c.address FROM collection c
       WHERE c.chain_id = $1 AND NOT EXISTS (SELECT FROM collection_profile p WHERE p.collection_id = c.id)
       LIMIT 1000
       ON CONFLICT (collection_id) DO NOTHING`,
      [chainId],
    )
  ).rowCount ?? 0

export async function leaseProfiles(pool: Pool, chainId: number, limit: number): Promise<readonly ProfileJob[]> {
  const {rows} = await pool.query<{collection_id: string; address: Address; attempts: number}>(
    `UPDATE collection_profile SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $3)
     WHERE collection_id IN (
       SELECT collection_id FROM collection_profile
       WHERE collection_id LIKE $1 AND next_attempt_at <= now()
       ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING collection_id, address, attempts`,
    [`${chainId}-%`, limit, LEASE_SECONDS],
  )
  return rows.map((row) => ({collectionId: row.collection_id, address: row.address, attempts: row.attempts}))
}

export async function storeProfile(pool: Pool, job: ProfileJob, profile: CollectionProfile, at: PinnedBlock): Promise<void> {
  await pool.query(
    `UPDATE collection_profile SET name = $2, symbol = $3, name_failure = $4, standard = $5, block_number = $6, block_hash = $7,
       observed_at = now(), attempts = 0, next_attempt_at = now() + interval '${FRESH_FOR}'
     WHERE collection_id = $1`,
    [job.collectionId, profile.name, profile.symbol, profile.nameFailure, profile.standard, at.number, at.hash],
  )
}

/** Exponential, at most an hour: the node was not there, which says nothing of the contract. */
export async function postponeProfiles(pool: Pool, jobs: readonly ProfileJob[]): Promise<void> {
  await pool.query(
    `UPDATE collection_profile SET next_attempt_at = now() + make_interval(secs => least(3600, 2 ^ least(attempts, 12)))
     WHERE collection_id = ANY($1)`,
    [jobs.map((job) => job.collectionId)],
  )
}
