import type {Pool, PoolClient} from 'pg'
import type {WebhookConfig} from '../../config/config'
import {assetKey, collectionId} from '../../domain/ids'
import {inTransaction} from '../../process/inTransaction'
import {createWebhook, type NewWebhook} from './webhookStore'
import type {WebhookTerms} from './webhookTerms'

/** One feed worker at a time. */
const LOCK = 'provenance-indexer configured webhooks'
/** How long a secret that was replaced still signs beside the new one, as after `rotateWebhookSecret`. */
const OVERLAP = '1 day'

type Kept = Readonly<{id: string; name: string; finality: string; secret: Buffer}>

/**
 * Makes the webhooks without a key those of the configuration, known by their names: new ones are told what comes from now on, those that are
 * gone are deleted, the others go on where they were, also if they had been disabled. One whose finality changed begins anew.
 */
export const applyConfiguredWebhooks = (pool: Pool, webhooks: readonly WebhookConfig[], {box}: WebhookTerms): Promise<void> =>
  inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [LOCK])
    const {rows} = await client.query<Kept>('SELECT id, name, finality, secret FROM webhook WHERE owner IS NULL FOR UPDATE')
    const kept = new Map(rows.map((row) => [row.name, row]))
    const goneOn = webhooks.filter(({name, finality}) => kept.get(name)?.finality === finality)
    await client.query('DELETE FROM webhook WHERE owner IS NULL AND name <> ALL($1)', [goneOn.map(({name}) => name)])
    for (const webhook of webhooks) {
      const row = goneOn.includes(webhook) ? kept.get(webhook.name) : undefined
      if (row) await update(client, row, webhook, box)
      else await make(client, webhook, box)
    }
  })

const filterOf = ({kinds, collections, assets, includeUnverified}: WebhookConfig) => ({
  kinds,
  collections: collections?.map(({chainId, address}) => collectionId(chainId, address)) ?? null,
  assets: assets?.map(assetKey) ?? null,
  includeUnverified,
})

async function make(client: PoolClient, webhook: WebhookConfig, box: WebhookTerms['box']): Promise<void> {
  const {rows} = await client.query<{last: string}>('SELECT last_position AS last FROM feed_state WHERE id = 0')
  const {name, url, finality, secret} = webhook
  const made: NewWebhook = {
    ...filterOf(webhook),
    owner: null,
    name,
    url,
    finality,
    secret: box.seal(secret),
    startPosition: Number(rows[0]?.last ?? 0),
  }
  await createWebhook(client, made)
}

async function update(client: PoolClient, {id, secret: sealed}: Kept, webhook: WebhookConfig, box: WebhookTerms['box']): Promise<void> {
  const {kinds, collections, assets, includeUnverified} = filterOf(webhook)
  await client.query(
    `UPDATE webhook SET url = $2, kinds = $3, collections = $4, assets = $5, include_unverified = $6,
       state = 'active', reason = NULL, dead_in_row = 0, next_attempt_at = CASE WHEN state = 'disabled' OR url <> $2 THEN now() ELSE next_attempt_at END
     WHERE id = $1`,
    [id, webhook.url, kinds, collections, assets, includeUnverified],
  )
  const before = secretOf(sealed, box)
  if (before === webhook.secret) return
  await client.query(
    `UPDATE webhook SET secret = $2, previous_secret = $3, previous_until = CASE WHEN $3::bytea IS NULL THEN NULL ELSE now() + interval '${OVERLAP}' END WHERE id = $1`,
    [id, box.seal(webhook.secret), before === null ? null : sealed],
  )
}

/** Null: it was encrypted with another WEBHOOK_KEY, and nobody can sign with it any more. */
function secretOf(sealed: Buffer, box: WebhookTerms['box']): string | null {
  try {
    return box.open(sealed)
  } catch {
    return null
  }
}
