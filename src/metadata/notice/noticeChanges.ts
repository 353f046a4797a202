import type {Pool, PoolClient} from 'pg'
import type {ChainId} from '../../domain/caip'
import {firstKeyOfBlock} from '../../domain/ids'
import {inTransaction} from '../../process/inTransaction'
import {ACTIVE, BACKGROUND} from '../queue/priority'
import {blockOfKeySql} from './changesSql'
import {readChainState} from './readChainState'

/** Changes looked at in one transaction. */
const PAGE = 5_000
/** Of a collection's transfers, for the tokens that moved of late. */
const MOST_ACTIVE = 500
/** Transfers since the last time, the newest of them, as far as they are of late: history is walked over instead. */
const MOST_TRANSFERS = 2_000
const RECENT = `now() - interval '1 day'`

/** Where the chain stood when all of its changes were noticed; the same answer again: there is nothing new. */
export type Mark = string

/**
 * Turns what the processor has stored since the last time into work. A change of one token or contract queues it; ranges only widen the one walk
 * over their collection. Blocks that are not final are looked at again whenever the head moves, as a fork may have put other changes there;
 * what was noticed already is left alone. One worker at a time; null: another one is at it, or nothing is indexed.
 */
export const noticeChanges = (pool: Pool, chainId: ChainId, last: Mark | null): Promise<Mark | null> =>
  inTransaction(pool, (client) => noticeLeased(client, chainId, last))

async function noticeLeased(client: PoolClient, chainId: ChainId, last: Mark | null): Promise<Mark | null> {
  const {rows} = await client.query<{held: boolean}>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('metadata notices ' || $1, 0)) AS held`,
    [chainId],
  )
  if (!rows[0]?.held) return null
  const state = await readChainState(client, chainId)
  if (!state?.indexed) return null
  const finalized = state.finalized?.number ?? -1
  const mark = `${finalized} ${state.indexed.number} ${state.indexed.hash}`
  if (mark === last) return mark
  const hotFrom = firstKeyOfBlock(chainId, finalized + 1)
  const known = await readNextKey(client, chainId)
  let from = known ?? firstKeyOfBlock(chainId, 0)
  for (let to: string | null = from; to !== null; from = to ?? from) {
    to = await findPageEnd(client, from, firstKeyOfBlock(chainId + 1, 0))
    const page = [from, to ?? firstKeyOfBlock(chainId + 1, 0)]
    await client.query(QUEUE_NAMED, page)
    await client.query(ENROL_WALKED, page)
    await client.query(WIDEN_WALKS, page)
    await saveNextKey(client, chainId, to !== null && to < hotFrom ? to : hotFrom)
  }
  const hot = [hotFrom, firstKeyOfBlock(chainId + 1, 0)]
  await client.query(QUEUE_ORPHANED, hot)
  await client.query(QUEUE_MOVED, [known ?? hotFrom, hot[1], hotFrom])
  return mark
}

/** Null: nothing of the chain was ever noticed. */
async function readNextKey(client: PoolClient, chainId: ChainId): Promise<string | null> {
  const {rows} = await client.query<{next_key: string}>('SELECT next_key FROM metadata_chain WHERE chain_id = $1', [chainId])
  return rows[0]?.next_key ?? null
}

const saveNextKey = (client: PoolClient, chainId: ChainId, nextKey: string) =>
  client.query('INSERT INTO metadata_chain VALUES ($1, $2) ON CONFLICT (chain_id) DO UPDATE SET next_key = EXCLUDED.next_key', [
    chainId,
    nextKey,
  ])

/** The key of the first change after a full page; null: the page is the last. */
async function findPageEnd(client: PoolClient, from: string, end: string): Promise<string | null> {
  const {rows} = await client.query<{id: string}>(
    `SELECT id FROM metadata_change WHERE id >= $1 AND id < $2 ORDER BY id OFFSET ${PAGE} LIMIT 1`,
    [from, end],
  )
  return rows[0]?.id ?? null
}

const HASHED = `(SELECT m.*, m.id || ' ' || coalesce(b.hash, '') AS notice, b.hash
  FROM metadata_change m LEFT JOIN block b ON b.id = ${blockOfKeySql('m.id')} WHERE m.id >= $1 AND m.id < $2)`

/** What one event names comes at once when it is new, and in its turn when it is history. */
const QUEUE_NAMED = `INSERT INTO metadata_subject AS s (id, chain_id, collection_id, token_id, priority, due_at, noticed)
  SELECT DISTINCT ON (coalesce(m.asset_id, m.collection_id)) coalesce(m.asset_id, m.collection_id), m.chain_id, m.collection_id, m.from_token_id,
    CASE WHEN m.timestamp > ${RECENT} THEN ${ACTIVE} ELSE ${BACKGROUND} END, now(), m.notice
  FROM ${HASHED} m WHERE m.scope <> 'range'
  ORDER BY coalesce(m.asset_id, m.collection_id), m.id DESC
  ON CONFLICT (id) DO UPDATE SET priority = least(s.priority, EXCLUDED.priority), queued_at = now(), noticed = EXCLUDED.noticed, failures = 0,
    due_at = CASE WHEN s.leased_until > now() THEN s.due_at ELSE now() END
  WHERE s.noticed IS DISTINCT FROM EXCLUDED.noticed
    AND (s.event_id IS NULL OR s.event_id || ' ' || coalesce(s.event_hash, '') <> EXCLUDED.noticed)`

const ENROL_WALKED = `INSERT INTO metadata_collection (collection_id, chain_id)
  SELECT DISTINCT collection_id, chain_id FROM metadata_change WHERE id >= $1 AND id < $2 AND scope = 'range'
  ON CONFLICT (collection_id) DO NOTHING`

/**
 * Ten thousand ranges are one row: what encloses them, walked over once more after the last of them. A range of nothing is none. Those of its
 * tokens that moved of late do not wait for the walk.
 */
const WIDEN_WALKS = `WITH ranges AS (
    SELECT m.collection_id, min(m.from_token_id) AS from_token, max(m.notice) AS notice, max(m.timestamp) > ${RECENT} AS is_recent,
      CASE WHEN bool_or(m.to_token_id IS NULL) THEN NULL ELSE max(m.to_token_id) END AS to_token
    FROM ${HASHED} m WHERE m.scope = 'range' AND (m.to_token_id IS NULL OR m.from_token_id <= m.to_token_id)
    GROUP BY m.collection_id),
  widened AS (
    UPDATE metadata_collection c SET
      from_token = CASE WHEN c.walking THEN least(c.from_token, r.from_token) ELSE r.from_token END,
      to_token = CASE WHEN NOT c.walking THEN r.to_token WHEN c.to_token IS NULL OR r.to_token IS NULL THEN NULL
        ELSE greatest(c.to_token, r.to_token) END,
      next_token = CASE WHEN c.walking THEN c.next_token ELSE r.from_token END,
      again = c.walking, walking = true, sweep_at = CASE WHEN c.walking THEN c.sweep_at ELSE now() END, noticed = r.notice
    FROM ranges r WHERE c.collection_id = r.collection_id AND c.noticed IS DISTINCT FROM r.notice
    RETURNING c.collection_id, c.chain_id, r.from_token, r.to_token, r.is_recent, r.notice)
  INSERT INTO metadata_subject AS s (id, chain_id, collection_id, token_id, priority, due_at)
  SELECT t.asset_id, w.chain_id, w.collection_id, t.token_id, ${ACTIVE}, now()
  FROM widened w CROSS JOIN LATERAL (
    SELECT DISTINCT l.asset_id, l.token_id FROM (
      SELECT t.asset_id, t.token_id, t.timestamp FROM transfer t WHERE t.collection_id = w.collection_id ORDER BY t.id DESC LIMIT ${MOST_ACTIVE}) l
    WHERE l.timestamp > ${RECENT} AND l.token_id >= w.from_token AND (w.to_token IS NULL OR l.token_id <= w.to_token)) t
  WHERE w.is_recent
  ON CONFLICT (id) DO UPDATE SET priority = least(s.priority, ${ACTIVE}), queued_at = now(), failures = 0,
    due_at = CASE WHEN s.leased_until > now() THEN s.due_at ELSE now() END`

/** What was read under a change that a fork took back. */
const QUEUE_ORPHANED = `UPDATE metadata_subject s SET priority = least(s.priority, ${ACTIVE}), queued_at = now(), event_hash = NULL,
    due_at = CASE WHEN s.leased_until > now() THEN s.due_at ELSE now() END
  WHERE s.event_id >= $1 AND s.event_id < $2 AND s.event_hash IS NOT NULL AND NOT EXISTS (
    SELECT FROM metadata_change m JOIN block b ON b.id = ${blockOfKeySql('m.id')} WHERE m.id = s.event_id AND b.hash = s.event_hash)`

/**
 * Tokens that move are read when they never were, and again where their contract never says when to. `$1`: from where on blocks were not final when
 * they were last looked at; `$3`: from where on they are not now. Whether a reading covers a transfer is told by its block; a try that failed has
 * none, and is told by its time.
 */
const QUEUE_MOVED = `INSERT INTO metadata_subject AS s (id, chain_id, collection_id, token_id, priority, due_at)
  SELECT DISTINCT ON (t.asset_id) t.asset_id, t.chain_id, t.collection_id, t.token_id, ${ACTIVE}, now()
  FROM (SELECT * FROM transfer WHERE id >= $1 AND id < $2 ORDER BY id DESC LIMIT ${MOST_TRANSFERS}) t
  LEFT JOIN metadata_subject known ON known.id = t.asset_id
  WHERE (t.id >= $3 OR t.timestamp > ${RECENT})
    AND (known.id IS NULL OR (known.priority IS NULL AND t.block_number > coalesce(known.read_block, -1)
      AND (known.read_at >= known.tried_at OR t.timestamp > known.tried_at)
      AND NOT EXISTS (SELECT FROM metadata_change m WHERE m.collection_id = t.collection_id)))
  ORDER BY t.asset_id, t.id DESC
  ON CONFLICT (id) DO UPDATE SET priority = least(s.priority, ${ACTIVE}), queued_at = now(),
    due_at = CASE WHEN s.leased_until > now() THEN s.due_at ELSE now() END`
