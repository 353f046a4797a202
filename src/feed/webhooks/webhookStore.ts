import {randomBytes} from 'node:crypto'
import type {Pool, PoolClient} from 'pg'
import {inTransaction} from '../../process/inTransaction'
import type {Finality, WebhookFilter, WebhookRow, WebhookState} from './webhook'
import {WEBHOOK_COLUMNS} from './webhook'

type Queryable = Pick<Pool | PoolClient, 'query'>

export type NewWebhook = WebhookFilter &
  Readonly<{owner: string | null; name: string; url: string; finality: Finality; startPosition: number; secret: Buffer}>

/** A message as its owner sees it. */
export type DeliveryRow = Readonly<{
  id: string
  state: 'pending' | 'delivered' | 'dead'
  attempts: number
  status: number | null
  error: string | null
  firstPosition: string | null
  lastPosition: string | null
  createdAt: Date
  doneAt: Date | null
}>

/** Endpoints of one key. */
export const MOST_WEBHOOKS = 50

/** Null: the key has as many as it may have. */
export async function createWebhook(db: Queryable, made: NewWebhook): Promise<WebhookRow | null> {
  const {rows} = await db.query<WebhookRow>(
    `INSERT INTO webhook AS w (id, owner, name, url, secret, kinds, collections, assets, include_unverified, finality, start_position)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
     WHERE (SELECT count(*) FROM webhook o WHERE o.owner = $2) < ${MOST_WEBHOOKS} RETURNING ${WEBHOOK_COLUMNS}`,
    [
      `wh_${randomBytes(8).toString('hex')}`,
      made.owner,
      made.name,
      made.url,
      made.secret,
      made.kinds,
      made.collections,
      made.assets,
      made.includeUnverified,
      made.finality,
      made.startPosition,
    ],
  )
  return rows[0] ?? null
}

export async function listWebhooks(db: Queryable, owner: string): Promise<readonly WebhookRow[]> {
  const {rows} = await db.query<WebhookRow>(`SELECT ${WEBHOOK_COLUMNS} FROM webhook w WHERE w.owner = $1 ORDER BY w.created_at, w.id`, [
    owner,
  ])
  return rows
}

type Own = Readonly<{id: string; owner: string}>

/** Null: there is no such endpoint of this key. */
export async function setState(db: Queryable, {id, owner}: Own, state: WebhookState): Promise<WebhookRow | null> {
  const {rows} = await db.query<WebhookRow>(
    `UPDATE webhook w SET state = $3, reason = NULL, dead_in_row = 0, next_attempt_at = now() WHERE w.id = $1 AND w.owner = $2
     RETURNING ${WEBHOOK_COLUMNS}`,
    [id, owner, state],
  )
  return rows[0] ?? null
}

export type Changed = WebhookFilter & Readonly<{name: string; url: string}>

/** The filter holds for what has not become a message yet, the URL for whatever is sent from now on; what waits goes to a new one at once. */
export async function updateWebhook(db: Queryable, {id, owner}: Own, changed: Changed): Promise<WebhookRow | null> {
  const {rows} = await db.query<WebhookRow>(
    `UPDATE webhook w SET name = $3, url = $4, kinds = $5, collections = $6, assets = $7, include_unverified = $8,
       next_attempt_at = CASE WHEN w.url <> $4 THEN now() ELSE w.next_attempt_at END
     WHERE w.id = $1 AND w.owner = $2 RETURNING ${WEBHOOK_COLUMNS}`,
    [id, owner, changed.name, changed.url, changed.kinds, changed.collections, changed.assets, changed.includeUnverified],
  )
  return rows[0] ?? null
}

/** The old secret signs beside the new one for a while. */
export async function rotateSecret(db: Queryable, {id, owner}: Own, secret: Buffer, overlapSeconds: number): Promise<WebhookRow | null> {
  const {rows} = await db.query<WebhookRow>(
    `UPDATE webhook w SET previous_secret = w.secret, previous_until = now() + $4 * interval '1 second', secret = $3
     WHERE w.id = $1 AND w.owner = $2 RETURNING ${WEBHOOK_COLUMNS}`,
    [id, owner, secret, overlapSeconds],
  )
  return rows[0] ?? null
}

export async function deleteWebhook(db: Queryable, {id, owner}: Own): Promise<boolean> {
  return (await db.query('DELETE FROM webhook WHERE id = $1 AND owner = $2', [id, owner])).rowCount === 1
}

/** A message that tells nothing, through the same queue. */
export async function testWebhook(db: Queryable, {id, owner}: Own): Promise<boolean> {
  const body = JSON.stringify({type: 'ping', timestamp: new Date().toISOString(), data: {}})
  const sql = 'INSERT INTO webhook_message (webhook_id, body) SELECT w.id, $3 FROM webhook w WHERE w.id = $1 AND w.owner = $2'
  return (await db.query(sql, [id, owner, body])).rowCount === 1
}

/**
 * Begins again behind a position: what waits is told from there, in order. The lock comes first, in a statement of its own: only those after
 * it see the lanes and messages of a round that had to be waited for.
 */
export const replayWebhook = (pool: Pool, {id, owner}: Own, position: number): Promise<WebhookRow | null> =>
  inTransaction(pool, async (client) => {
    const own = await client.query('SELECT FROM webhook WHERE id = $1 AND owner = $2 FOR UPDATE', [id, owner])
    if (own.rowCount === 0) return null
    await client.query(`DELETE FROM webhook_message WHERE webhook_id = $1 AND state = 'pending' AND first_position IS NOT NULL`, [id])
    await client.query('UPDATE webhook_lane SET position = $2 WHERE webhook_id = $1', [id, position])
    const {rows} = await client.query<WebhookRow>(`UPDATE webhook w SET start_position = $2 WHERE w.id = $1 RETURNING ${WEBHOOK_COLUMNS}`, [
      id,
      position,
    ])
    return rows[0] ?? null
  })

/** Newest first. `before`: an id of a message. */
export async function listDeliveries(
  db: Queryable,
  {id, owner}: Own,
  limit: number,
  before: string | null,
): Promise<readonly DeliveryRow[]> {
  const {rows} = await db.query<DeliveryRow>(
    `SELECT m.id::text AS id, m.state, m.attempts, m.last_status AS status, m.last_error AS error, m.first_position::text AS "firstPosition",
       m.last_position::text AS "lastPosition", m.created_at AS "createdAt", m.done_at AS "doneAt"
     FROM webhook_message m JOIN webhook w ON w.id = m.webhook_id
     WHERE w.id = $1 AND w.owner = $2 AND ($4::bigint IS NULL OR m.id < $4) ORDER BY m.id DESC LIMIT $3`,
    [id, owner, limit, before],
  )
  return rows
}

/** A dead message is tried again at once, before what waits. */
export async function redeliver(db: Queryable, {id, owner}: Own, messageId: string): Promise<boolean> {
  const {rowCount} = await db.query(
    `WITH held AS (
       UPDATE webhook w SET next_attempt_at = now()
       WHERE w.id = $1 AND w.owner = $2 AND EXISTS (SELECT FROM webhook_message d WHERE d.id = $3 AND d.webhook_id = w.id AND d.state = 'dead')
       RETURNING w.id)
     UPDATE webhook_message m SET state = 'pending', attempts = 0, done_at = NULL FROM held
     WHERE m.id = $3 AND m.webhook_id = held.id AND m.state = 'dead'`,
    [id, owner, messageId],
  )
  return rowCount === 1
}
