import {firstChangeAfterSql, newestChangeSql} from '../notice/changesSql'
import {parseSubject} from './askFor'

/** Whether what was read of a subject is what its contract speaks of now; from the facts, before anything is fetched. */
export type Freshness = Readonly<{
  /** Time of the first change that no reading covers; null: fresh. What was never read is stale since the first change, or since its mint. */
  staleSince: Date | null
}>

type Queryable = Readonly<{query: (text: string, values: unknown[]) => Promise<unknown>}>
type Row = Readonly<{id: string; stale_since: Date | null}>

/**
 * A change of the same place in another block, or none where there was one: a fork took back what was read, so it is stale since it was read.
 */
const FRESHNESS = `SELECT n.id, CASE
    WHEN s.read_at IS NULL THEN coalesce(${firstChangeAfterSql('n', "''")}, a.minted_at, now())
    WHEN (c.id, c.hash) IS NOT DISTINCT FROM (s.event_id, s.event_hash) THEN NULL
    ELSE coalesce(${firstChangeAfterSql('n', "coalesce(s.event_id, '')")}, s.read_at) END AS stale_since
  FROM unnest($1::text[], $2::text[], $3::numeric[]) AS n(id, collection_id, token_id)
  LEFT JOIN metadata_subject s ON s.id = n.id
  LEFT JOIN asset a ON a.id = n.id
  LEFT JOIN LATERAL ${newestChangeSql('n')} c ON true`

/** By the keys of assets and collections. */
export async function readFreshness(db: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, Freshness>> {
  const subjects = ids.map(parseSubject)
  const values = [
    subjects.map(({id}) => id),
    subjects.map(({collectionId}) => collectionId),
    subjects.map(({tokenId}) => (tokenId === null ? null : String(tokenId))),
  ]
  const answer = (await db.query(FRESHNESS, values)) as readonly Row[] | Readonly<{rows: readonly Row[]}>
  const rows = 'rows' in answer ? answer.rows : answer
  return new Map(rows.map((row) => [row.id, {staleSince: row.stale_since}]))
}
