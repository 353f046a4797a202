import 'reflect-metadata'
import {Client, Pool, type PoolClient} from 'pg'
import {Webhook} from 'standardwebhooks'
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {createSequencer} from '../../src/feed/createSequencer'
import {applyConfiguredWebhooks} from '../../src/feed/webhooks/configuredWebhooks'
import {deliverTurn} from '../../src/feed/webhooks/deliverMessages'
import {dispatchMessages} from '../../src/feed/webhooks/dispatchMessages'
import type {Poster, PostOutcome} from '../../src/feed/webhooks/postMessage'
import {createSecretBox, generateSecret} from '../../src/feed/webhooks/webhookSecret'
import {
  createWebhook,
  listDeliveries,
  redeliver,
  replayWebhook,
  rotateSecret,
  testWebhook,
  updateWebhook,
} from '../../src/feed/webhooks/webhookStore'
import {createFeedChain} from '../support/feedChain'
import {startPostgres, type TestPostgres} from '../support/postgres'

let postgres: TestPostgres
let url: string
let pool: Pool
const holders: Client[] = []

/** Entries 1 to 7 of the feed. */
beforeAll(async () => {
  postgres = await startPostgres()
  url = await postgres.createMigrated('under_way')
  pool = new Pool({connectionString: url})
  const chain = await createFeedChain(url, 1)
  const feed = await createSequencer(url)
  await chain.commitHot(-1, [{height: 0, branch: 'a', transfers: 7}], -1)
  while ((await feed.run())?.isFull);
  await feed.close()
  await chain.close()
})
afterAll(async () => {
  await pool.end()
  await postgres.stop()
})
beforeEach(() => pool.query('TRUNCATE webhook CASCADE'))
afterEach(async () => {
  for (const holder of holders.splice(0)) await holder.end()
})

const BOX = createSecretBox('test key')
const WANTED = {name: 'n', url: 'https://old.example/', kinds: null, collections: null, assets: null, includeUnverified: true}

async function register({secret = generateSecret(), startPosition = 0} = {}) {
  const made = await createWebhook(pool, {...WANTED, owner: 'o', finality: 'head', startPosition, secret: BOX.seal(secret)})
  return {id: made?.id as string, owner: 'o'}
}
const row = async <R extends object>(sql: string): Promise<R> => (await pool.query<R>(sql)).rows[0] as R

describe('a turn of deliveries', () => {
  type Posted = Readonly<{to: string; body: string; headers: Readonly<Record<string, string>>}>
  const TAKEN: PostOutcome = {ok: true, status: 200, reason: null}
  const REFUSED: PostOutcome = {ok: false, status: 500, reason: 'HTTP 500'}

  /** `answer`: to the n-th message, from 1. A message that is refused is dead at once, unless `delayMs` says when it comes again. */
  async function deliver(
    answer: (n: number) => PostOutcome | Promise<PostOutcome>,
    {couriers = pool, onTurn = () => {}, delayMs = () => null as number | null} = {},
  ) {
    const posted: Posted[] = []
    const post: Poster['post'] = async (to, body, headers) => answer(posted.push({to, body, headers}))
    const poster = {post, close: async () => {}}
    const isStopped = () => (onTurn(), false)
    await deliverTurn({pool: couriers, poster, box: BOX, isStopped, onAttempt: () => {}, delayMs})
    return posted
  }

  test('tells what waits at the URL, and signs it with the secret, that its owner gave meanwhile', async () => {
    const [leaked, fresh] = [generateSecret(), generateSecret()]
    const own = await register({secret: leaked})
    for (let i = 0; i < 3; i++) await testWebhook(pool, own)
    const posted = await deliver(async (n) => {
      if (n === 1) await updateWebhook(pool, own, {...WANTED, url: 'https://new.example/'})
      if (n === 2) await rotateSecret(pool, own, BOX.seal(fresh), 0)
      return TAKEN
    })
    expect(posted.map(({to}) => to)).toEqual([WANTED.url, 'https://new.example/', 'https://new.example/'])
    const {body, headers} = posted[2] as Posted
    expect(new Webhook(fresh).verify(body, headers)).toBeTruthy()
    expect(() => new Webhook(leaked).verify(body, headers)).toThrow()
  })

  test('counts dead messages in a row anew after one that was taken', async () => {
    const own = await register()
    for (let i = 0; i < 4; i++) await testWebhook(pool, own)
    for (let i = 0; i < 2; i++) await deliver(() => REFUSED)
    expect(await deliver((n) => (n === 1 ? TAKEN : REFUSED))).toHaveLength(2)
    expect(await row('SELECT state, dead_in_row FROM webhook')).toEqual({state: 'active', dead_in_row: 1})
  })

  const toComeIn = {delayMs: () => 86_400_000}
  const redeliverFirst = async (own: Awaited<ReturnType<typeof register>>) =>
    redeliver(pool, own, (await listDeliveries(pool, own, 10, null)).at(-1)?.id ?? '')

  test('tries a dead message again at once, though the endpoint waits after a failure of another', async () => {
    const own = await register()
    for (let i = 0; i < 2; i++) await testWebhook(pool, own)
    await deliver(() => REFUSED)
    await deliver(() => REFUSED, toComeIn)
    expect(await deliver(() => TAKEN)).toEqual([])
    expect(await redeliverFirst(own)).toBe(true)
    expect(await redeliverFirst(own)).toBe(false)
    expect(await deliver(() => TAKEN)).toHaveLength(2)
  })

  test('tries what waits again at once at a new URL, and only then', async () => {
    const own = await register()
    await testWebhook(pool, own)
    await deliver(() => REFUSED, toComeIn)
    await updateWebhook(pool, own, {...WANTED, name: 'other'})
    expect(await deliver(() => TAKEN)).toEqual([])
    await updateWebhook(pool, own, {...WANTED, url: 'https://new.example/'})
    expect((await deliver(() => TAKEN)).map(({to}) => to)).toEqual(['https://new.example/'])
  })

  test('does the same for one of the configuration', async () => {
    const apply = (to: string) =>
      applyConfiguredWebhooks(pool, [{...WANTED, url: to, finality: 'head', secret}], {box: BOX, allowPrivate: false})
    const secret = generateSecret()
    await apply(WANTED.url)
    await pool.query(`INSERT INTO webhook_message (webhook_id, body) SELECT id, '{}' FROM webhook`)
    await deliver(() => REFUSED, toComeIn)
    await apply(WANTED.url)
    expect(await deliver(() => TAKEN)).toEqual([])
    await apply('https://new.example/')
    expect(await deliver(() => TAKEN)).toHaveLength(1)
  })

  test('does so also when that was asked for while another attempt failed', async () => {
    const own = await register()
    for (let i = 0; i < 2; i++) await testWebhook(pool, own)
    await deliver(() => REFUSED)
    const failing = async (meanwhile: () => Promise<unknown>) =>
      deliver(async () => {
        await meanwhile()
        return REFUSED
      }, toComeIn)
    await failing(() => redeliverFirst(own))
    expect(await failing(() => updateWebhook(pool, own, {...WANTED, url: 'https://new.example/'}))).toHaveLength(1)
    expect(await deliver(() => TAKEN)).toHaveLength(2)
  })

  test('never begins a message that a replay has dropped meanwhile', async () => {
    const own = await register()
    await pool.query(`INSERT INTO webhook_message (webhook_id, first_position, last_position, body) VALUES ($1, 6, 7, '{}')`, [own.id])
    // One connection, taken when the turn begins: the courier's next statement waits for it.
    const couriers = new Pool({connectionString: url, max: 1})
    let taken: Promise<PoolClient> | undefined
    const onTurn = () => void (taken ??= couriers.connect())
    const delivering = deliver(() => TAKEN, {couriers, onTurn})
    await expect.poll(() => taken).toBeDefined()
    const letGo = await lockWebhooks()
    const replaying = replayWebhook(pool, own, 0)
    await waiting(1)
    ;(await taken)?.release()
    await waiting(2)
    await letGo()
    await replaying
    expect(await delivering).toEqual([])
    await couriers.end()
  })
})

describe('a replay', () => {
  /** An endpoint that stands behind the fifth entry. `isTold`: of what was before, or it begins there. */
  async function setUp(isTold: boolean) {
    const own = await register({startPosition: 5})
    if (isTold) await pool.query('INSERT INTO webhook_lane (webhook_id, chain_id, position) VALUES ($1, -1, 5)', [own.id])
    return own
  }
  const dispatch = (beforeRender = async () => {}) =>
    dispatchMessages(pool, async (_, entries) => (await beforeRender(), entries.map(({position}) => `${position}`)))
  /** Of what waits, in the order in which it is told. */
  const positions = async (): Promise<readonly number[]> => {
    const {rows} = await pool.query<{body: string}>(`SELECT body FROM webhook_message WHERE state = 'pending' ORDER BY id`)
    return rows.flatMap(({body}) => JSON.parse(body).data.changes)
  }

  test('takes back the messages of a round that is under way: nothing is told before what was asked for [INV-7]', async () => {
    const own = await setUp(true)
    let replaying: Promise<unknown> | undefined
    await dispatch(async () => {
      replaying = replayWebhook(pool, own, 0)
      await waiting(1)
    })
    await replaying
    while (await dispatch());
    expect(await positions()).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  test.each([
    ['was told before', true],
    ['was never told anything', false],
  ])('of an endpoint that %s is not undone by a round that waited for it [INV-7]', async (_, isTold) => {
    const own = await setUp(isTold)
    const letGo = await lockWebhooks()
    const replaying = replayWebhook(pool, own, 0)
    await waiting(1)
    const dispatching = dispatch()
    await waiting(2)
    await letGo()
    await Promise.all([replaying, dispatching])
    while (await dispatch());
    expect(await positions()).toEqual([1, 2, 3, 4, 5, 6, 7])
  })
})

/** Whoever wants a row of `webhook` next waits, and gets it in the order of asking. Answers how to let go. */
async function lockWebhooks(): Promise<() => Promise<void>> {
  const client = new Client({connectionString: url})
  holders.push(client)
  await client.connect()
  await client.query('BEGIN')
  await client.query('SELECT FROM webhook FOR UPDATE')
  return () => client.end()
}

/** Until so many statements wait for a lock. */
const waiting = (n: number) =>
  expect
    .poll(
      async () =>
        (
          await row<{n: number}>(
            `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          )
        ).n,
      {timeout: 10_000, interval: 10},
    )
    .toBe(n)
