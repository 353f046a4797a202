import {Pool} from 'pg'
import {Webhook} from 'standardwebhooks'
import {afterEach, describe, expect, test} from 'vitest'
import {createKey} from '../../src/access/keyStore'
import type {Sequencer} from '../../src/feed/createSequencer'
import {createPoster} from '../../src/feed/webhooks/postMessage'
import {createSecretBox, type SecretBox} from '../../src/feed/webhooks/webhookSecret'
import type {FeedBlock} from '../support/feedChain'
import {useMigratedDatabases} from '../support/migratedDatabases'
import {startReceiver} from '../support/webhookReceiver'
import {CREATE, startWebhookWorker, startWebhookWorld} from '../support/webhookWorld'

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

const startWorker = (box?: SecretBox) => owned(startWebhookWorker(databases.url, {...(box && {box})}))
const setUp = () => startWebhookWorld(databases.url, owned)

const DELIVERIES = 'query ($id: ID!) { webhookDeliveries(id: $id) { id state attempts status error firstPosition lastPosition } }'

describe('an endpoint', () => {
  test('is told in order, signed as the Standard Webhooks specification says, of its filter and of retractions [INV-4] [INV-7]', async () => {
    const {chain, feed, ask, register, receiver} = await setUp()
    const {secret} = await register(receiver)
    const filtered = await register(receiver, {input: {kinds: ['ROYALTY']}})
    startWorker()
    await chain.commitHot(-1, [block(0, 1), block(1, 2)], -1)
    await catchUp(feed)
    await soon(() => receiver.positions()).toEqual([1, 2, 3])
    await chain.commitHot(0, [block(1, 1, 'b')], -1)
    await catchUp(feed)
    await soon(() => receiver.positions()).toEqual([1, 2, 3, 4, 5, 6])
    expect((await ask(DELIVERIES, {id: filtered.id})).data.webhookDeliveries).toEqual([])
    const told = receiver.received.flatMap(({body}) => JSON.parse(body).data.changes)
    expect(told[0]).toMatchObject({
      kind: 'TRANSFER',
      retracted: false,
      event: {__typename: 'Transfer', amount: '0', to: {address: `0x${'aa'.repeat(20)}`}},
    })
    expect(told[3]).toMatchObject({retracted: true, retracts: '3', event: null})
    for (const {headers, body} of receiver.received) expect(new Webhook(secret).verify(body, headers)).toMatchObject({type: 'changes'})
    const [{headers, body}] = receiver.received as [(typeof receiver.received)[0]]
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow()
  })

  test('that wants only what is final is never told what a fork takes back before [INV-4]', async () => {
    const {chain, feed, register, receiver} = await setUp()
    await register(receiver, {finality: 'FINAL'})
    startWorker()
    await chain.commitHot(-1, [block(0, 1), block(1, 2)], -1)
    await catchUp(feed)
    await chain.commitHot(0, [block(1, 1, 'b')], -1)
    await catchUp(feed)
    await chain.commitHot(1, [block(2, 1, 'b')], 1)
    await catchUp(feed)
    await soon(() => receiver.positions()).toEqual([1, 6])
  })

  test('is told again with the same id until it takes the message, and of the rest behind it [INV-7]', async () => {
    const {chain, feed, ask, register, receiver} = await setUp()
    const {id} = await register(receiver)
    let failures = 3
    receiver.answerWith((_, response) => void response.writeHead(failures-- > 0 ? 500 : 200).end())
    startWorker()
    await chain.commitFinal([block(1, 1)])
    await catchUp(feed)
    await soon(() => receiver.received.length).toBe(4)
    expect(new Set(receiver.received.map(({headers}) => headers['webhook-id']))).toHaveLength(1)
    expect(new Set(receiver.received.map(({body}) => body))).toHaveLength(1)
    await soon(async () => (await ask(DELIVERIES, {id})).data.webhookDeliveries[0]).toMatchObject({
      state: 'DELIVERED',
      attempts: 4,
      status: 200,
    })
  })

  test('that never takes a message loses none: it is dead, shown, and can be tried again; others are not held up [INV-8]', async () => {
    const {chain, feed, ask, register, receiver} = await setUp()
    const stalling = owned(await startReceiver())
    stalling.answerWith(() => {})
    const {id} = await register(stalling)
    await register(receiver)
    startWorker()
    for (const height of [1, 2, 3]) {
      await chain.commitFinal([block(height, 1)])
      await catchUp(feed)
    }
    await soon(() => receiver.positions()).toEqual([1, 2, 3])
    await soon(async () => (await ask(DELIVERIES, {id})).data.webhookDeliveries.at(-1)).toMatchObject({
      state: 'DEAD',
      attempts: 5,
      status: null,
      error: 'no answer in time',
    })
    stalling.answerWith((_, response) => void response.writeHead(200).end())
    await ask('mutation ($id: ID!) { resumeWebhook(id: $id) { state } }', {id})
    const dead = (await ask(DELIVERIES, {id})).data.webhookDeliveries.at(-1).id
    await ask('mutation ($id: ID!, $delivery: BigInt!) { redeliverWebhook(id: $id, delivery: $delivery) }', {id, delivery: dead})
    await soon(async () => (await ask(DELIVERIES, {id})).data.webhookDeliveries.at(-1).state).toBe('DELIVERED')
  })

  test('whose secret cannot be read is told why and holds up nobody [INV-8]', async () => {
    const {chain, feed, ask, register, receiver} = await setUp()
    const {id} = await register(receiver)
    startWorker(createSecretBox('another key'))
    await chain.commitFinal([block(1, 1)])
    await catchUp(feed)
    await soon(async () => (await ask(DELIVERIES, {id})).data.webhookDeliveries[0]).toMatchObject({
      state: 'DEAD',
      error: expect.stringContaining('WEBHOOK_KEY'),
    })
    expect(receiver.received).toEqual([])
  })

  test('has its secret changed without a gap, is paused, resumed, replayed and deleted', async () => {
    const {chain, feed, ask, register, receiver} = await setUp()
    const {id, secret} = await register(receiver)
    startWorker()
    const {data} = await ask('mutation ($id: ID!) { rotateWebhookSecret(id: $id, overlapSeconds: 60) { secret } }', {id})
    await chain.commitFinal([block(1, 1)])
    await catchUp(feed)
    await soon(() => receiver.received.length).toBe(1)
    const [{headers, body}] = receiver.received as [(typeof receiver.received)[0]]
    for (const one of [secret, data.rotateWebhookSecret.secret]) expect(new Webhook(one).verify(body, headers)).toBeTruthy()
    await ask('mutation ($id: ID!) { pauseWebhook(id: $id) { state } }', {id})
    await chain.commitFinal([block(2, 1)])
    await catchUp(feed)
    await ask('mutation ($id: ID!) { resumeWebhook(id: $id) { state } }', {id})
    await soon(() => receiver.positions()).toEqual([1, 2])
    const first = JSON.parse(body).data.changes[0].cursor
    await ask('mutation ($id: ID!, $after: String!) { replayWebhook(id: $id, after: $after) { id } }', {id, after: first})
    await soon(() => receiver.positions()).toEqual([1, 2, 2])
    await ask('mutation ($id: ID!) { testWebhook(id: $id) }', {id})
    await soon(() => JSON.parse(receiver.received.at(-1)?.body ?? '{}').type).toBe('ping')
    expect((await ask('mutation ($id: ID!) { deleteWebhook(id: $id) }', {id})).data.deleteWebhook).toBe(true)
    expect((await ask('{ webhooks { id } }')).data.webhooks).toEqual([])
  })
})

describe('what strangers register', () => {
  test('is never reached at a private address, not by a redirect, and not by a name that changes its mind [INV-8]', async () => {
    const {receiver} = await setUp()
    let asked = 0
    const lookup = (_: string, __: object, callback: (e: null, found: {address: string; family: number}[]) => void) =>
      callback(null, [{address: asked++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4}])
    const poster = createPoster({timeoutMs: 2_000, lookup: lookup as never})
    for (const target of [
      receiver.url,
      `http://[::1]:${receiver.port}/`,
      `http://0x7f.1:${receiver.port}/`,
      `http://rebind.example:${receiver.port}/`,
    ])
      expect(await poster.post(target, '{}', {}, false), target).toMatchObject({
        ok: false,
        status: null,
        reason: expect.stringContaining('not a public address'),
      })
    const inner = owned(await startReceiver())
    receiver.answerWith((_, response) => void response.writeHead(302, {location: inner.url}).end())
    expect(await poster.post(receiver.url, '{}', {}, true)).toMatchObject({ok: false, status: 302})
    expect([receiver.received.length, inner.received.length]).toEqual([1, 0])
    await poster.close()
  })

  test('needs a key with the scope, belongs to that key alone, and shows no secret [INV-8]', async () => {
    const {api, ask, register, receiver} = await setUp()
    const {id, secret} = await register(receiver)
    expect((await ask('{ webhooks { id } }', {}, '')).errors[0].extensions.code).toBe('UNAUTHENTICATED')
    const reader = await createKey(api.pool, {name: 'r', scopes: ['read'], expiresAt: null})
    expect((await ask('{ webhooks { id } }', {}, reader)).errors[0].extensions.code).toBe('FORBIDDEN')
    const other = await createKey(api.pool, {name: 'o', scopes: ['webhooks'], expiresAt: null})
    expect((await ask('{ webhooks { id } }', {}, other)).data.webhooks).toEqual([])
    expect((await ask('mutation ($id: ID!) { deleteWebhook(id: $id) }', {id}, other)).errors[0].extensions.code).toBe('BAD_USER_INPUT')
    const {rows} = await api.pool.query('SELECT secret FROM webhook')
    expect(rows[0].secret.includes(Buffer.from(secret.slice(6)))).toBe(false)
    for (const bad of ["x'; DROP TABLE webhook; --", 'ftp://example.com', 'https://u:p@example.com', ''])
      expect((await ask(CREATE, {input: {name: 'n', url: bad}})).errors[0].extensions.code).toBe('BAD_USER_INPUT')
    expect((await ask('{ webhooks { id } }')).data.webhooks).toHaveLength(1)
  })
})

test.each([1, 2])(
  'workers and receivers that come and go, over forks: every change at least once, in order, seed %i [INV-7]',
  async (seed) => {
    const {chain, feed, register, receiver} = await setUp()
    await register(receiver)
    let [random, branch, workers] = [seed, 0, [startWorker(), startWorker()]]
    const upTo = (n: number) => (random = (random * 48_271) % 2_147_483_647) % (n + 1)
    receiver.answerWith((_, response) => void (upTo(3) === 0 ? response.destroy() : response.writeHead(upTo(3) === 0 ? 503 : 200).end()))
    for (let round = 0; round < 12; round++) {
      const {final, hot} = chain.state()
      const top = hot.at(-1)?.height ?? final
      const base = upTo(2) === 0 ? final + upTo(top - final) : top
      await chain.commitHot(
        base,
        [block(base + 1, 1 + upTo(1), base < top ? `f${++branch}-` : `n${branch}-`)],
        Math.min(base, final + upTo(1)),
      )
      await catchUp(feed)
      if (upTo(2) === 0) {
        await workers.shift()?.close()
        workers = [...workers, startWorker()]
      }
    }
    const last = Number((await await fetchState(databases.url)).last)
    // Attempts that failed were seen too: what counts is the first time of each position.
    const firsts = () => [...new Set(receiver.positions())]
    await soon(() => firsts().length).toBe(last)
    expect(firsts()).toEqual(Array.from({length: last}, (_, i) => i + 1))
  },
)

async function fetchState(database: string): Promise<{last: string}> {
  const pool = new Pool({connectionString: database})
  const {rows} = await pool.query('SELECT last_position AS last FROM feed_state')
  await pool.end()
  return rows[0]
}
