import type {Pool, PoolClient} from 'pg'
import type {ChainId} from '../../domain/caip'
import {inTransaction} from '../../process/inTransaction'
import {ACTIVE} from '../queue/priority'
import {METADATA_REFRESH, tellSql} from '../tellFeed'

/** Tokens queued in one step. */
const STEP = 500
/** Requests queue no more while so much of their priority waits: a request for everything keeps nobody else out. */
const MOST_WAITING = 2_000
const LOOK_AGAIN = '1 second'

type Open = Readonly<{
  id: string
  collection_id: string | null
  from_token: string | null
  to_token: string | null
  next_token: string | null
}>

/** A step of the request that is due first: queues more of its range, or, when all of it is queued, looks whether all was tried. Answers whether there was one. */
export const serveRequests = (pool: Pool, chainId: ChainId): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const {rows} = await client.query<Open>(
      `SELECT id, collection_id, from_token, to_token, next_token FROM metadata_request
       WHERE chain_id = $1 AND completed_at IS NULL AND due_at <= now() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [chainId],
    )
    const [open] = rows
    if (open) await (open.next_token === null ? finish(client, open) : queueMore(client, chainId, open))
    return open !== undefined
  })

async function queueMore(client: PoolClient, chainId: ChainId, {id, collection_id, to_token, next_token}: Open): Promise<void> {
  const waiting = await client.query(
    `SELECT FROM metadata_subject WHERE chain_id = $1 AND priority = ${ACTIVE} AND due_at <= now() OFFSET ${MOST_WAITING} LIMIT 1`,
    [chainId],
  )
  if (waiting.rowCount) return postpone(client, id)
  const {rows} = await client.query<{last: string | null; n: number}>(
    `WITH page AS (
       SELECT id, chain_id, collection_id, token_id, burn_id FROM asset
       WHERE collection_id = $1 AND token_id >= $2 AND ($3::numeric IS NULL OR token_id <= $3) ORDER BY token_id LIMIT ${STEP}),
     queued AS (
       INSERT INTO metadata_subject AS s (id, chain_id, collection_id, token_id, priority, due_at)
       SELECT id, chain_id, collection_id, token_id, ${ACTIVE}, now() FROM page WHERE burn_id IS NULL
       ON CONFLICT (id) DO UPDATE SET priority = least(s.priority, ${ACTIVE}), queued_at = now(), failures = 0,
         due_at = CASE WHEN s.leased_until > now() THEN s.due_at ELSE now() END)
     SELECT max(token_id) AS last, count(*)::int AS n FROM page`,
    [collection_id, next_token, to_token],
  )
  const [page] = rows
  const isLast = !page?.last || page.n < STEP
  await client.query('UPDATE metadata_request SET next_token = $2::numeric, due_at = now() WHERE id = $1', [
    id,
    isLast ? null : String(BigInt(page.last as string) + 1n),
  ])
}

const postpone = async (client: PoolClient, id: string): Promise<void> => {
  await client.query(`UPDATE metadata_request SET due_at = now() + interval '${LOOK_AGAIN}' WHERE id = $1`, [id])
}

/** What the request names: its assets, or its collection's tokens in the range that are not burned. */
const NAMED = `SELECT s.* FROM metadata_request r JOIN metadata_subject s ON s.id = ANY(r.assets)
    WHERE r.id = $1 AND r.assets IS NOT NULL
  UNION ALL
  SELECT s.* FROM metadata_request r JOIN metadata_subject s ON s.collection_id = r.collection_id AND s.token_id >= r.from_token
      AND (r.to_token IS NULL OR s.token_id <= r.to_token)
    WHERE r.id = $1 AND r.assets IS NULL`

/** All were tried since it was asked for: read, or not, and then metadataHealth says why. A try that was under way when it came does not count. */
async function finish(client: PoolClient, {id}: Open): Promise<void> {
  const open = await client.query(
    `SELECT FROM (${NAMED}) s JOIN metadata_request r ON r.id = $1
     WHERE s.priority IS NOT NULL AND (s.tried_at IS NULL OR s.tried_at < r.created_at OR s.leased_at < r.created_at) LIMIT 1`,
    [id],
  )
  if (open.rowCount) return postpone(client, id)
  await client.query(
    `WITH done AS (
     UPDATE metadata_request r SET completed_at = now(), read_count = n.read, failed_count = n.failed
     FROM (SELECT count(*) FILTER (WHERE s.read_at >= q.created_at AND s.failure_kind IS NULL) AS read,
         count(*) FILTER (WHERE s.tried_at >= q.created_at AND s.failure_kind IS NOT NULL) AS failed
       FROM (${NAMED}) s JOIN metadata_request q ON q.id = $1) n
     WHERE r.id = $1 RETURNING r.*)
     ${tellSql(
       METADATA_REFRESH,
       `(SELECT chain_id, collection_id, assets[1] AS asset_id, jsonb_build_object('request', id, 'assets', to_jsonb(assets),
           'fromTokenId', from_token::text, 'toTokenId', to_token::text, 'read', read_count, 'failed', failed_count) AS payload FROM done) d`,
     )}`,
    [id],
  )
}
