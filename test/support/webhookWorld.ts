import 'reflect-metadata'
import {Pool} from 'pg'
import {Registry} from 'prom-client'
import {expect} from 'vitest'
import {createKey} from '../../src/access/keyStore'
import type {WebhookConfig} from '../../src/config/config'
import {createSequencer} from '../../src/feed/createSequencer'
import {applyConfiguredWebhooks} from '../../src/feed/webhooks/configuredWebhooks'
import {createPoster} from '../../src/feed/webhooks/postMessage'
import {runWebhooks} from '../../src/feed/webhooks/runWebhooks'
import {createWebhookRenderer} from '../../src/feed/webhooks/webhookRenderer'
import {createSecretBox, type SecretBox} from '../../src/feed/webhooks/webhookSecret'
import {startFeedApi} from './feedApi'
import {createFeedChain} from './feedChain'
import {type Receiver, startReceiver} from './webhookReceiver'

type Owned = <T extends Readonly<{close: () => Promise<void>}>>(thing: T) => T

const BOX = createSecretBox('test key')

export const CREATE = `mutation ($input: WebhookInput!, $finality: WebhookFinality! = HEAD, $after: String) {
  createWebhook(input: $input, finality: $finality, after: $after) { secret webhook { id state } } }`
type WorkerOptions = Readonly<{box?: SecretBox; configured?: readonly WebhookConfig[] | null}>

/** A worker that delivers; as a process, it can be ended and started again. */
export function startWebhookWorker(url: string, {box = BOX, configured = null}: WorkerOptions = {}) {
  const pool = new Pool({connectionString: url, max: 8})
  const render = createWebhookRenderer(pool, [1, 2])
  const webhooks = runWebhooks({
    pool,
    render,
    poster: createPoster({timeoutMs: 500, allowPrivateAddresses: true}),
    box,
    ...(configured && {prepare: () => applyConfiguredWebhooks(pool, configured, {box, allowPrivate: true})}),
    registry: new Registry(),
    onTrouble: () => {},
    delayMs: (n) => (n < 5 ? 20 : null),
  })
  let closed = false
  return {
    close: async () => {
      if (closed) return
      closed = true
      await webhooks.stop()
      await pool.end()
    },
  }
}

/** A chain, its sequencer, an API with a key that may register, and an endpoint. */
export async function startWebhookWorld(url: string, owned: Owned) {
  const chain = owned(await createFeedChain(url, 1))
  const feed = owned(await createSequencer(url))
  const api = owned(await startFeedApi(url, {webhooks: {box: BOX, allowPrivate: true}}))
  const key = await createKey(api.pool, {name: 'k', scopes: ['webhooks'], expiresAt: null})
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
  const ask = async (query: string, variables: object = {}, apiKey = key): Promise<any> => {
    const headers = {'content-type': 'application/json', ...(apiKey && {'x-api-key': apiKey})}
    return (await fetch(api.url, {method: 'POST', headers, body: JSON.stringify({query, variables})})).json()
  }
  const register = async (receiver: Receiver, more: object = {}): Promise<{id: string; secret: string}> => {
    const {input, ...rest} = more as {input?: object}
    const {data, errors} = await ask(CREATE, {input: {name: 'mine', url: receiver.url, ...input}, ...rest})
    expect(errors).toBeUndefined()
    return {id: data.createWebhook.webhook.id, secret: data.createWebhook.secret}
  }
  return {chain, feed, api, ask, register, receiver: owned(await startReceiver())}
}
