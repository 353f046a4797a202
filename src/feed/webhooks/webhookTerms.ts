import {createSecretBox, type SecretBox} from './webhookSecret'

/** What the operator allows, the same for the API, which registers, and the feed worker, which delivers. */
export type WebhookTerms = Readonly<{
  /** Keeps the secrets. */
  box: SecretBox
  /** Whether webhooks may lead to private addresses, and be http. */
  allowPrivate: boolean
}>

export const readWebhookTerms = (env: Readonly<Record<string, string | undefined>>): WebhookTerms => ({
  box: createSecretBox(env['WEBHOOK_KEY'] || null),
  allowPrivate: env['WEBHOOK_ALLOW_PRIVATE'] === 'true',
})
