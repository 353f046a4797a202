import type {WebhookConfig} from '../../config/config'
import {ConfigError} from '../../config/configError'
import {requirePublicHost} from '../../outbound/addressGuard'

/** Why a webhook may not be told there; null: it may. What the name leads to is judged at each request. `allowPrivate`: WEBHOOK_ALLOW_PRIVATE. */
export function webhookUrlProblem(text: string, allowPrivate: boolean): string | null {
  const url = text.length <= 2_000 && URL.canParse(text) ? new URL(text) : null
  if (!url || !(url.protocol === 'https:' || (allowPrivate && url.protocol === 'http:'))) return 'must be an https URL'
  if (url.username || url.password) return 'must not hold a user name or password'
  try {
    if (!allowPrivate) requirePublicHost(url.hostname)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

/** What a key may not register, the operator may not by accident either. `source`: the file. @throws ConfigError */
export function requireUsableUrls(webhooks: readonly WebhookConfig[], allowPrivate: boolean, source = 'indexer.yaml'): void {
  const problems = webhooks.flatMap(({url}, i) => {
    const message = webhookUrlProblem(url, allowPrivate)
    return message
      ? [{path: `webhooks[${i}].url`, message: `${message} (WEBHOOK_ALLOW_PRIVATE=true allows http and private addresses)`}]
      : []
  })
  if (problems.length > 0) throw new ConfigError(source, problems)
}
