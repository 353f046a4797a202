import {Pool} from 'pg'
import {Webhook} from 'standardwebhooks'
import {afterEach, describe, expect, test} from 'vitest'
import type {WebhookConfig} from '../../src/config/config'
import type {Sequencer} from '../../src/feed/createSequencer'
import {generateSecret} from '../../src/feed/webhooks/webhookSecret'
import {requireUsableUrls} from '../../src/feed/webhooks/webhookUrl'
import type {FeedBlock} from '../support/feedChain'
import {useMigratedDatabases} from '../support/migratedDatabases'
import {startWebhookWorker, startWebhookWorld} from '../support/webhookWorld'

const databases = useMigratedDatabases()
const open: {close: () => Promise<void>}[] = []

afterEach(async () => {
  for (const {close} of open.splice(0).reverse()) await close().catch(() => {})
})
function owned<T extends {close: () => Promise<void>}>(thing: T): T {
  open.push(thing)
  return thing
}
async function catchUp(feed: Sequencer): Promise<void> {
  while ((await feed.run())?.isFull);
}
const soon = <T>(read: () => T) => expect.poll(read, {timeout: 30_000})
const block = (height: number, transfers: number, branch = 'a'): FeedBlock => ({height, branch, transfers})
const startWorker = (configured: readonly WebhookConfig[]) => owned(startWebhookWorker(databases.url, {configured}))
const setUp = () => startWebhookWorld(databases.url, owned)

describe('what the configuration registers', () => {
  const wanted = (given: Partial<WebhookConfig> & Pick<WebhookConfig, 'url'>): WebhookConfig => ({
    name: 'search',
    secret: generateSecret(),
    finality: 'head',
    kinds: null,
    collections: null,
    assets: null,
    includeUnverified: false,
    ...given,
  })

  test('is told what comes from then on; a restart goes on where it was; another secret signs beside the old one [INV-7]', async () => {
    const {chain, feed, receiver} = await setUp()
    const [first, second] = [wanted({url: receiver.url}), wanted({url: receiver.url})]
    await chain.commitFinal([block(1, 1)])
    await catchUp(feed)
    const worker = startWorker([first, wanted({url: receiver.url, name: 'licences', kinds: ['LICENSE']})])
    await soon(registered).toEqual(['licences', 'search'])
    await chain.commitFinal([block(2, 1)])
    await catchUp(feed)
    await soon(() => receiver.positions()).toEqual([2])
    await worker.close()
    await chain.commitFinal([block(3, 1)])
    await catchUp(feed)
    startWorker([second])
    await soon(() => receiver.positions()).toEqual([2, 3])
    await soon(registered).toEqual(['search'])
    const {headers, body} = receiver.received.at(-1) as (typeof receiver.received)[0]
    for (const {secret} of [first, second]) expect(new Webhook(secret).verify(body, headers)).toBeTruthy()
  })

  test('belongs to no key, and no key can see or change it', async () => {
    const {ask, receiver} = await setUp()
    startWorker([wanted({url: receiver.url})])
    await soon(registered).toEqual(['search'])
    const id = (await rows<{id: string}>('SELECT id FROM webhook'))[0]?.id
    expect((await ask('{ webhooks { id } }')).data.webhooks).toEqual([])
    expect((await ask('mutation ($id: ID!) { deleteWebhook(id: $id) }', {id})).errors[0].extensions.code).toBe('BAD_USER_INPUT')
    expect(await registered()).toEqual(['search'])
  })

  test('is no way into the own network by accident', () => {
    const refused = (url: string) => () => requireUsableUrls([wanted({url})], false)
    expect(refused('https://hooks.example/a')).not.toThrow()
    for (const url of ['http://hooks.example/', 'https://127.0.0.1/', 'https://[::ffff:10.0.0.1]/', 'https://me:pw@hooks.example/'])
      expect(refused(url), url).toThrow(/webhooks\[0\]\.url: /)
  })

  const registered = async () => (await rows<{name: string}>('SELECT name FROM webhook ORDER BY name')).map(({name}) => name)
  async function rows<R extends object>(sql: string): Promise<readonly R[]> {
    const pool = new Pool({connectionString: databases.url, max: 1})
    return (await pool.query<R>(sql).finally(() => pool.end())).rows
  }
})
