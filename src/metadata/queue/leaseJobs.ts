import type {Pool} from 'pg'
import type {ChainId} from '../../domain/caip'
import type {Priority} from './priority'

/** Work taken by lease, so that several workers share one queue and a killed worker's work comes back. */
export type Job = Readonly<{id: string; lease: number; failures: number; priority: Priority}>

/** More than a job can take: the calls and the document have their own, shorter limits. */
export const LEASE_SECONDS = 120

export type LeaseQuery = Readonly<{chainId: ChainId; priority: Priority; limit: number}>

/** The longest due of that priority; nobody else gets them while the lease lasts. */
export async function leaseJobs(pool: Pool, {chainId, priority, limit}: LeaseQuery): Promise<readonly Job[]> {
  if (limit < 1) return []
  const {rows} = await pool.query<Job>(
    `UPDATE metadata_subject s SET lease = s.lease + 1, leased_at = now(),
       leased_until = now() + make_interval(secs => ${LEASE_SECONDS}), due_at = now() + make_interval(secs => ${LEASE_SECONDS})
     FROM (
       SELECT id FROM metadata_subject WHERE chain_id = $1 AND priority = $2 AND due_at <= now()
       ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
     WHERE s.id = due.id
     RETURNING s.id, s.lease, s.failures, s.priority`,
    [chainId, priority, limit],
  )
  return rows
}

/** Given back untried, for another moment: what hindered says nothing of the documents. */
export async function returnJobs(pool: Pool, jobs: readonly Pick<Job, 'id' | 'lease'>[], pauseMs: number): Promise<void> {
  await pool.query(
    `UPDATE metadata_subject s SET due_at = now() + make_interval(secs => $3::float8 / 1000), leased_until = NULL
     FROM unnest($1::text[], $2::int[]) AS j(id, lease) WHERE s.id = j.id AND s.lease = j.lease`,
    [jobs.map(({id}) => id), jobs.map(({lease}) => lease), pauseMs],
  )
}
