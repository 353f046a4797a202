import type {Pool} from 'pg'
import type {ChainId} from '../../domain/caip'
import {ASKED, type Priority} from './priority'

/** A token (its asset's key), or with `tokenId` null a contract (its collection's key). */
export type Subject = Readonly<{id: string; chainId: ChainId; collectionId: string; tokenId: bigint | null}>

/** `<chainId>-<address>-<tokenId>` or `<chainId>-<address>`: the keys of assets and of collections. */
export function parseSubject(id: string): Subject {
  const [chainId = '', address = '', tokenId] = id.split('-')
  return {id, chainId: Number(chainId), collectionId: `${chainId}-${address}`, tokenId: tokenId === undefined ? null : BigInt(tokenId)}
}

type Queryable = Pick<Pool, 'query'>

const columns = (subjects: readonly Subject[]) => [
  subjects.map(({id}) => id),
  subjects.map(({chainId}) => chainId),
  subjects.map(({collectionId}) => collectionId),
  subjects.map(({tokenId}) => (tokenId === null ? null : String(tokenId))),
]
const SUBJECTS = 'unnest($1::text[], $2::bigint[], $3::text[], $4::numeric[]) AS n(id, chain_id, collection_id, token_id)'

/**
 * Somebody wants them read anew now, whatever was read or failed before. A reading under way is not cut off: it is followed by another one.
 */
export async function requestReading(db: Queryable, subjects: readonly Subject[], priority: Priority = ASKED): Promise<void> {
  if (subjects.length === 0) return
  await db.query(
    `INSERT INTO metadata_subject AS s (id, chain_id, collection_id, token_id, priority, due_at)
     SELECT n.id, n.chain_id, n.collection_id, n.token_id, $5, now() FROM ${SUBJECTS}
     ON CONFLICT (id) DO UPDATE SET priority = least(s.priority, EXCLUDED.priority), queued_at = now(), failures = 0,
       due_at = CASE WHEN s.leased_until > now() THEN s.due_at ELSE now() END`,
    [...columns(subjects), priority],
  )
}

/**
 * Somebody looks at them: what is queued comes first, what nobody has read is queued. What failed keeps its pause, so looking often costs
 * nothing; what is fresh is left alone.
 */
export async function noteReaders(db: Queryable, subjects: readonly Subject[]): Promise<void> {
  if (subjects.length === 0) return
  await db.query(
    `INSERT INTO metadata_subject AS s (id, chain_id, collection_id, token_id, priority, due_at)
     SELECT n.id, n.chain_id, n.collection_id, n.token_id, ${ASKED}, now() FROM ${SUBJECTS}
     ON CONFLICT (id) DO UPDATE SET priority = ${ASKED}, due_at = coalesce(s.due_at, now()), queued_at = now()
     WHERE s.priority > ${ASKED} OR (s.priority IS NULL AND s.tried_at < now() - interval '5 seconds')`,
    columns(subjects),
  )
}
