import {randomUUID} from 'node:crypto'
import type {Pool} from 'pg'
import type {Poster, PostOutcome} from './postMessage'
import {MOST_DEAD, retryDelayMs} from './retryDelay'
import {type SecretBox, signatureHeaders} from './webhookSecret'

/** How long an endpoint belongs to whoever delivers to it; longer than an attempt takes. */
const LEASE_SECONDS = 60
/** Messages of one turn: then others have theirs. */
const TURN = 20

type Leased = Readonly<{id: string; lease: string}>
/** As its owner wants it at present. */
type Endpoint = Leased &
  Readonly<{
    owner: string | null
    url: string
    secret: Buffer
    previous_secret: Buffer | null
    previous_until: Date | null
    dead_in_row: number
  }>
type Pending = Readonly<{id: string; body: string; attempts: number}>

export type Delivery = 'delivered' | 'failed' | 'dead'

export type Courier = Readonly<{
  pool: Pool
  poster: Poster
  box: SecretBox
  /** Whether to stop after the message that is under way. */
  isStopped: () => boolean
  onAttempt: (what: Delivery, seconds: number) => void
  delayMs?: (failed: number) => number | null
}>

/** A turn of one endpoint that has something to be told, in order. Any number of workers do this at once. Answers whether there was one. */
export async function deliverTurn(courier: Courier): Promise<boolean> {
  const leased = await lease(courier.pool)
  if (!leased) return false
  try {
    for (let i = 0; i < TURN && !courier.isStopped(); i++) if (!(await deliverNext(courier, leased))) break
  } finally {
    await courier.pool.query('UPDATE webhook SET lease = NULL, leased_until = NULL WHERE id = $1 AND lease = $2', [leased.id, leased.lease])
  }
  return true
}

async function lease(pool: Pool): Promise<Leased | null> {
  const {rows} = await pool.query<Leased>(
    `UPDATE webhook SET lease = $1, leased_until = now() + interval '${LEASE_SECONDS} seconds', next_attempt_at = now()
     WHERE id = (SELECT w.id FROM webhook w
       WHERE w.state = 'active' AND w.next_attempt_at <= now() AND (w.leased_until IS NULL OR w.leased_until < now())
         AND EXISTS (SELECT FROM webhook_message m WHERE m.webhook_id = w.id AND m.state = 'pending')
       ORDER BY w.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, lease`,
    [randomUUID()],
  )
  return rows[0] ?? null
}

/** Whether to go on with the endpoint: its first message was taken, and it is still ours. */
async function deliverNext(courier: Courier, leased: Leased): Promise<boolean> {
  const endpoint = await renew(courier.pool, leased)
  if (!endpoint) return false
  // In a statement of its own, behind whatever the lease had to wait for: a replay drops messages.
  const {rows} = await courier.pool.query<Pending>(
    `SELECT id, body, attempts FROM webhook_message WHERE webhook_id = $1 AND state = 'pending' ORDER BY id LIMIT 1`,
    [endpoint.id],
  )
  const [message] = rows
  if (!message) return false
  const start = performance.now()
  const outcome = await attempt(courier, endpoint, message)
  const what = await record(courier, endpoint, message, outcome)
  courier.onAttempt(what, (performance.now() - start) / 1000)
  return what === 'delivered'
}

/** Before every message, and with all that is known of the endpoint: its owner may have changed it since the last one. Null: it is not ours. */
async function renew(pool: Pool, {id, lease}: Leased): Promise<Endpoint | null> {
  const {rows} = await pool.query<Endpoint>(
    `UPDATE webhook SET leased_until = now() + interval '${LEASE_SECONDS} seconds' WHERE id = $1 AND lease = $2 AND state = 'active'
     RETURNING id, lease, owner, url, secret, previous_secret, previous_until, dead_in_row`,
    [id, lease],
  )
  return rows[0] ?? null
}

async function attempt({poster, box}: Courier, endpoint: Endpoint, message: Pending): Promise<PostOutcome> {
  const at = new Date()
  const old = endpoint.previous_secret && endpoint.previous_until && endpoint.previous_until > at ? [endpoint.previous_secret] : []
  const secrets = openSecrets(box, [endpoint.secret, ...old])
  // As any other failure, so that it is no trouble of other endpoints.
  if (!secrets) return {ok: false, status: null, reason: 'the secret cannot be read: WEBHOOK_KEY is not what it was, or rotate the secret'}
  // The same in every attempt: who has handled it knows it by its id.
  const headers = signatureHeaders({id: `msg_${endpoint.id}_${message.id}`, body: message.body, at}, secrets)
  return poster.post(endpoint.url, message.body, headers, endpoint.owner === null)
}

function openSecrets(box: SecretBox, sealed: readonly Buffer[]): readonly string[] | null {
  try {
    return sealed.map(box.open)
  } catch {
    return null
  }
}

const GONE = 410

/**
 * In one statement for message and endpoint, and only while the lease holds: who lost it leaves the message to the next. What failed says
 * nothing of a URL that was given meanwhile, nor of a message that its owner wants tried again, which comes before it.
 */
async function record(
  {pool, delayMs = (failed) => retryDelayMs(failed, Math.random())}: Courier,
  endpoint: Endpoint,
  message: Pending,
  {ok, status, reason}: PostOutcome,
): Promise<Delivery> {
  const attempts = message.attempts + 1
  const delay = ok ? 0 : delayMs(attempts)
  const what: Delivery = ok ? 'delivered' : delay === null ? 'dead' : 'failed'
  const dead = what === 'dead' ? endpoint.dead_in_row + 1 : ok ? 0 : endpoint.dead_in_row
  const disabled =
    status === GONE ? 'it answered 410 Gone' : dead >= MOST_DEAD ? `${dead} messages in a row were never taken: ${reason}` : null
  await pool.query(
    `WITH held AS (
       UPDATE webhook w SET dead_in_row = $3, attempts = $5,
         next_attempt_at = now() + interval '1 millisecond' * CASE WHEN w.url <> $12 OR EXISTS (
           SELECT FROM webhook_message o WHERE o.webhook_id = w.id AND o.state = 'pending' AND o.id < $7) THEN 0 ELSE $4 END,
         state = CASE WHEN $6::text IS NULL THEN state ELSE 'disabled' END, reason = coalesce($6, reason)
       WHERE id = $1 AND lease = $2 RETURNING id)
     UPDATE webhook_message SET attempts = $8, last_status = $9, last_error = $10, state = $11,
       body = CASE WHEN $11 = 'delivered' THEN NULL ELSE body END, done_at = CASE WHEN $11 = 'pending' THEN NULL ELSE now() END
     WHERE id = $7 AND webhook_id IN (SELECT id FROM held)`,
    [
      endpoint.id,
      endpoint.lease,
      dead,
      delay ?? 0,
      ok ? 0 : attempts,
      disabled,
      message.id,
      attempts,
      status,
      reason,
      what === 'failed' ? 'pending' : what,
      endpoint.url,
    ],
  )
  return what
}

/** Messages that are done are shown for a while: delivered ones a week, dead ones a month. */
export async function pruneMessages(pool: Pool): Promise<void> {
  await pool.query(
    `DELETE FROM webhook_message WHERE done_at < now() - CASE state WHEN 'dead' THEN interval '30 days' ELSE interval '7 days' END`,
  )
}
