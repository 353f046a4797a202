import type {Pool, PoolClient} from 'pg'
import type {ChainId} from '../../domain/caip'
import {firstKeyOfBlock} from '../../domain/ids'
import {inTransaction} from '../../process/inTransaction'
import {BACKGROUND} from '../queue/priority'

export type WalkSettings = Readonly<{
  /** Tokens queued in the background for each second; 0: none ever. */
  backgroundPerSecond: number
  /** After so many hours a token is read again even when nothing says that it changed: many contracts never say. */
  rereadHours: number
}>

/** Tokens looked at in one step. */
const STEP = 500
/** No more is queued while so much of it waits. */
const MOST_WAITING = 2_000
/** A collection that has grown is walked over again after this time, or at once when it has doubled. */
const GROWN_AFTER = '1 hour'

/** Collections that are new get a walk, and a reading of their own document; those that have grown another walk. */
export async function enrolCollections(pool: Pool, chainId: ChainId): Promise<void> {
  await pool.query(
    `WITH added AS (
       INSERT INTO metadata_collection (collection_id, chain_id)
       SELECT c.id, c.chain_id FROM collection c
       WHERE c.chain_id = $1 AND c.standard IS NOT NULL AND NOT EXISTS (SELECT FROM metadata_collection m WHERE m.collection_id = c.id)
       LIMIT 1000 ON CONFLICT (collection_id) DO NOTHING RETURNING collection_id, chain_id)
     INSERT INTO metadata_subject (id, chain_id, collection_id, priority, due_at)
     SELECT collection_id, chain_id, collection_id, ${BACKGROUND}, now() FROM added ON CONFLICT (id) DO NOTHING`,
    [chainId],
  )
  await pool.query(
    `UPDATE metadata_collection m SET walking = true, sweep_at = now(), from_token = 0, to_token = NULL, next_token = 0
     FROM collection c WHERE m.chain_id = $1 AND NOT m.walking AND c.id = m.collection_id AND c.asset_count > m.asset_count
       AND (m.swept_at < now() - interval '${GROWN_AFTER}' OR c.asset_count >= 2 * m.asset_count)`,
    [chainId],
  )
}

type Walk = Readonly<{collection_id: string; from_token: string; to_token: string | null; next_token: string; again: boolean}>

/** A step of the walk that is due first. Answers how many tokens it queued; null: no walk is due, or enough waits. */
export async function walkCollections(pool: Pool, chainId: ChainId, settings: WalkSettings): Promise<number | null> {
  if (settings.backgroundPerSecond === 0) return null
  return inTransaction(pool, (client) => walkLocked(client, chainId, settings))
}

async function walkLocked(
  client: PoolClient,
  chainId: ChainId,
  {backgroundPerSecond: perSecond, rereadHours}: WalkSettings,
): Promise<number | null> {
  const {rows: waiting} = await client.query(
    `SELECT FROM metadata_subject WHERE chain_id = $1 AND priority = ${BACKGROUND} AND due_at <= now() OFFSET ${MOST_WAITING} LIMIT 1`,
    [chainId],
  )
  if (waiting.length > 0) return null
  const {rows} = await client.query<Walk>(
    `SELECT collection_id, from_token, to_token, next_token, again FROM metadata_collection
     WHERE chain_id = $1 AND sweep_at <= now() ORDER BY sweep_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [chainId],
  )
  const [walk] = rows
  if (!walk) return null
  const page = await client.query<{token_id: string; changed_since: number | null}>(PAGE, [
    walk.collection_id,
    walk.next_token,
    walk.to_token,
  ])
  const last = page.rows.at(-1)
  if (!last) return end(client, walk, rereadHours)
  const since = page.rows.reduce<number | null>((least, {changed_since: at}) => (at === null ? least : Math.min(at, least ?? at)), null)
  const {rowCount} = await client.query(QUEUE_STALE, [
    walk.collection_id,
    walk.next_token,
    last.token_id,
    rereadHours,
    firstKeyOfBlock(chainId, (since ?? -1) + 1),
  ])
  const queued = rowCount ?? 0
  await client.query(
    `UPDATE metadata_collection SET walking = true, next_token = $2::numeric + 1, sweep_at = clock_timestamp() + make_interval(secs => $3::float8)
     WHERE collection_id = $1`,
    [walk.collection_id, last.token_id, queued / perSecond],
  )
  return queued
}

/**
 * The walk went over all that it had to: once more if something changed meanwhile, else the next one is that of the schedule, over the whole
 * collection, which what was told of a part of it does not put off.
 */
async function end(client: PoolClient, {collection_id, from_token, to_token, again}: Walk, rereadHours: number): Promise<number> {
  if (again) await client.query(WALK_AGAIN, [collection_id])
  else await client.query(END_WALK, [collection_id, rereadHours, from_token === '0' && to_token === null])
  return 0
}

const WALK_AGAIN = 'UPDATE metadata_collection SET again = false, next_token = from_token, sweep_at = now() WHERE collection_id = $1'

const END_WALK = `UPDATE metadata_collection m SET walking = false, from_token = 0, to_token = NULL, next_token = 0,
    swept_at = CASE WHEN $3 THEN now() ELSE swept_at END,
    sweep_at = coalesce(CASE WHEN $3 THEN now() ELSE swept_at END + make_interval(secs => $2::float8 * 3600), now()),
    asset_count = CASE WHEN $3 THEN coalesce((SELECT c.asset_count FROM collection c WHERE c.id = $1), 0) ELSE asset_count END
  WHERE m.collection_id = $1`

/** `changed_since`: the block that it was last read at; null where that says nothing. */
const PAGE = `SELECT a.token_id, CASE WHEN s.priority IS NULL AND s.tried_at <= s.read_at THEN s.read_block END AS changed_since
  FROM (SELECT id, token_id FROM asset WHERE collection_id = $1 AND token_id >= $2 AND ($3::numeric IS NULL OR token_id <= $3)
    ORDER BY token_id LIMIT ${STEP}) a
  LEFT JOIN metadata_subject s ON s.id = a.id ORDER BY a.token_id`

/**
 * Tokens that were never read, that a range after the oldest reading among them names, or whose time has come. The ranges are put together
 * once for the whole page, so that ten thousand of them cost what they cost to read. A burned token is left alone.
 */
const QUEUE_STALE = `WITH changed AS (
    SELECT range_agg(numrange(m.from_token_id, m.to_token_id, '[]')) AS tokens FROM metadata_change m
    WHERE m.collection_id = $1 AND m.scope = 'range' AND m.id >= $5 AND (m.to_token_id IS NULL OR m.from_token_id <= m.to_token_id))
  INSERT INTO metadata_subject AS s (id, chain_id, collection_id, token_id, priority, due_at)
  SELECT a.id, a.chain_id, a.collection_id, a.token_id, ${BACKGROUND}, now()
  FROM asset a CROSS JOIN changed c LEFT JOIN metadata_subject k ON k.id = a.id
  WHERE a.collection_id = $1 AND a.token_id BETWEEN $2 AND $3 AND a.burn_id IS NULL
    AND (k.id IS NULL OR (k.priority IS NULL AND (a.token_id <@ c.tokens OR k.tried_at < now() - make_interval(secs => $4::float8 * 3600))))
  ON CONFLICT (id) DO UPDATE SET priority = least(s.priority, ${BACKGROUND}), queued_at = now(), failures = 0,
    due_at = CASE WHEN s.leased_until > now() THEN s.due_at ELSE now() END`
