import type {Pool} from 'pg'
import type {ChainId} from '../../domain/caip'
import {ACTIVE, ASKED, BACKGROUND, type Priority} from './priority'

/** Work taken by lease, so that several workers share one queue and a killed worker's work comes back. */
export type Job = Readonly<{id: string; lease: number; failures: number; priority: Priority}>

/** More than a job can take: the calls and the document have their own, shorter limits. */
export const LEASE_SECONDS = 120

export type LeaseQuery = Readonly<{
  chainId: ChainId
  /** Of each priority at most so many, and so many of all. */
  asked: number
  active: number
  background: number
  limit: number
}>

const dueSql = (priority: Priority, limit: string): string =>
  `SELECT id FROM metadata_subject WHERE chain_id = $1 AND priority = ${priority} AND due_at <= now()
     ORDER BY due_at LIMIT greatest(0, ${limit}) FOR UPDATE SKIP LOCKED`

/**
 * The asked-for first, then the active, then the rest, of each the longest due; nobody else gets them while the lease lasts. By an array, as
 * PostgreSQL takes a limit that it does not know for a tenth of the table, and would read all of it.
 */
const LEASE = `WITH asked AS (${dueSql(ASKED, 'least($2::int, $5::int)')}),
  active AS (${dueSql(ACTIVE, 'least($3::int, $5::int - (SELECT count(*)::int FROM asked))')}),
  background AS (${dueSql(BACKGROUND, 'least($4::int, $5::int - (SELECT count(*)::int FROM asked) - (SELECT count(*)::int FROM active))')})
  UPDATE metadata_subject s SET lease = s.lease + 1, leased_at = now(),
    leased_until = now() + make_interval(secs => ${LEASE_SECONDS}), due_at = now() + make_interval(secs => ${LEASE_SECONDS})
  WHERE s.id = ANY(ARRAY(SELECT id FROM asked UNION ALL SELECT id FROM active UNION ALL SELECT id FROM background))
  RETURNING s.id, s.lease, s.failures, s.priority`

export async function leaseJobs(pool: Pool, {chainId, asked, active, background, limit}: LeaseQuery): Promise<readonly Job[]> {
  if (limit < 1) return []
  const {rows} = await pool.query<Job>(LEASE, [chainId, asked, active, background, limit])
  return rows.sort((a, b) => a.priority - b.priority)
}

/** Given back untried, for another moment: what hindered says nothing of the documents. */
export async function returnJobs(pool: Pool, jobs: readonly Pick<Job, 'id' | 'lease'>[], pauseMs: number): Promise<void> {
  if (jobs.length === 0) return
  await pool.query(
    `UPDATE metadata_subject s SET due_at = now() + make_interval(secs => $3::float8 / 1000), leased_until = NULL
     FROM unnest($1::text[], $2::int[]) AS j(id, lease) WHERE s.id = j.id AND s.lease = j.lease`,
    [jobs.map(({id}) => id), jobs.map(({lease}) => lease), pauseMs],
  )
}
