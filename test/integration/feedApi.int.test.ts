import {Client} from 'pg'
import {afterEach, describe, expect, test} from 'vitest'
import {createSequencer, type Sequencer} from '../../src/feed/createSequencer'
import {CHANGE_FIELDS, type FeedApi, post, startFeedApi, type ToldChange} from '../support/feedApi'
import {createFeedChain, type FeedBlock} from '../support/feedChain'
import {follow} from '../support/feedFollower'
import {useMigratedDatabases} from '../support/migratedDatabases'

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
async function setUp() {
  const chain = owned(await createFeedChain(databases.url, 1))
  const feed = owned(await createSequencer(databases.url))
  const api = owned(await startFeedApi(databases.url))
  return {chain, feed, api}
}
const block = (height: number, transfers: number, branch = 'a', generations = 0): FeedBlock => ({height, branch, transfers, generations})
const ADDRESS = `0x${'aa'.repeat(20)}`
const asset = (id: number, chain = 1) => `eip155:${chain}/erc721:${ADDRESS}/${id}`

const PAGE = `query ($after: String, $first: Int, $kinds: [ChangeKind!], $collections: [String!], $assets: [String!]) {
  changes(after: $after, first: $first, kinds: $kinds, collections: $collections, assets: $assets) {
    nodes { ${CHANGE_FIELDS} } pageInfo { hasNextPage endCursor } latestCursor totalCount } }`
async function poll(api: FeedApi, variables: object = {}): Promise<readonly ToldChange[]> {
  const told: ToldChange[] = []
  for (let after: string | undefined; ; ) {
    const {data, errors} = await post(api.url, PAGE, {first: 3, ...variables, ...(after && {after})})
    expect(errors).toBeUndefined()
    told.push(...data.changes.nodes)
    after = data.changes.pageInfo.endCursor
    if (!data.changes.pageInfo.hasNextPage) return told
  }
}

/** The machine may be busy. */
const soon = <T>(read: () => T) => expect.poll(read, {timeout: 30_000})
const positions = (told: readonly ToldChange[]) => told.map(({position}) => Number(position))

describe('polling', () => {
  test('pages through the feed by its cursors, with the facts, finality, and what a fork took back [INV-4] [INV-7]', async () => {
    const {chain, feed, api} = await setUp()
    await chain.commitFinal([block(1, 2)])
    await chain.commitHot(-1, [block(2, 1), block(3, 1)], 1)
    await catchUp(feed)
    await chain.commitHot(2, [block(3, 1, 'b')], 1)
    await catchUp(feed)
    const {data} = await post(
      api.url,
      `{ changes(first: 50) { totalCount nodes { position finality retracted retracts retractedBy chainId blockNumber collections { address }
         assets { id } event { __typename id blockHash ... on Transfer { amount } } } } }`,
    )
    const {nodes} = data.changes
    expect(nodes.map((n: ToldChange) => [n.position, n.retracts, n.retractedBy])).toEqual([
      ['1', null, null],
      ['2', null, null],
      ['3', null, null],
      ['4', null, '5'],
      ['5', '4', null],
      ['6', null, null],
    ])
    expect(nodes.map(({event}: {event: {blockHash: string} | null}) => event?.blockHash ?? null)).toEqual([
      '0xa1',
      '0xa1',
      '0xa2',
      null,
      null,
      '0xb3',
    ])
    expect(nodes[0]).toMatchObject({
      finality: 'FINAL',
      chainId: 'eip155:1',
      blockNumber: 1,
      collections: [{address: ADDRESS}],
      assets: [{id: asset(0)}],
      event: {__typename: 'Transfer', amount: '0'},
    })
    expect(nodes[2].finality).toBe('HEAD')
    expect(data.changes.totalCount).toBe(6)
    expect(positions(await poll(api))).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('filters by kind, collection and asset; a page that finds little says where to go on', async () => {
    const {chain, feed, api} = await setUp()
    const other = owned(await createFeedChain(databases.url, 2))
    await chain.commitFinal([block(1, 3, 'a', 2)])
    await other.commitFinal([block(1, 2)])
    await catchUp(feed)
    expect(positions(await poll(api, {kinds: ['GENERATION']}))).toEqual([4, 5])
    expect(positions(await poll(api, {assets: [asset(1)]}))).toEqual([2, 5])
    expect(positions(await poll(api, {assets: [asset(1)], kinds: ['TRANSFER']}))).toEqual([2])
    expect(positions(await poll(api, {collections: [`eip155:2:${ADDRESS}`], assets: [asset(2)]}))).toEqual([3, 6, 7])
    expect(await poll(api, {assets: [asset(99)]})).toEqual([])
    const {data} = await post(api.url, PAGE, {first: 0})
    expect(positions((await post(api.url, PAGE, {after: data.changes.latestCursor})).data.changes.nodes)).toEqual([])
  })

  test('refuses cursors of another feed, tampered ones, and such as a restored database no longer has', async () => {
    const {chain, feed, api} = await setUp()
    await chain.commitFinal([block(1, 3)])
    await catchUp(feed)
    const codeOf = async (after: string) => (await post(api.url, PAGE, {after})).errors?.[0].extensions.code
    const cursor: string = (await post(api.url, PAGE, {first: 2})).data.changes.pageInfo.endCursor
    const text = Buffer.from(cursor, 'base64url').toString()
    const forged = (change: (text: string) => string) => Buffer.from(change(text)).toString('base64url')
    expect(await codeOf(cursor)).toBeUndefined()
    expect(await codeOf(forged((t) => t.replace('.2.', '.1.')))).toBe('CURSOR_INVALID')
    expect(await codeOf(forged((t) => t.replace('.2.', '.9.')))).toBe('NOT_READY')
    expect(await codeOf(forged((t) => t.replace(/^f1\..{12}/, `f1.${'0'.repeat(12)}`)))).toBe('CURSOR_INVALID')
    for (const text of ['', 'x', "' OR 1=1 --", forged(() => 'f1.000000000000.1;DROP TABLE feed_change.aaaaaaaaaaa'), 'A'.repeat(10_000)])
      expect(await codeOf(text)).toBe('CURSOR_INVALID')
    await api.pool.query(`UPDATE feed_change SET event_id = 'other' WHERE position = 2`)
    expect(await codeOf(cursor)).toBe('CURSOR_INVALID')
  })

  test.each(["'; DROP TABLE feed_change; --", "{'); SELECT pg_sleep(10); --", "eip155:1/erc721:0x' OR '1'='1/1", '\0', '$1', '{}', '"'])(
    'takes %j in a filter for what it is: no name [INV-8]',
    async (text) => {
      const api = owned(await startFeedApi(databases.url))
      for (const variables of [{assets: [text]}, {collections: [text]}, {kinds: [text]}]) {
        const {errors} = await post(api.url, PAGE, variables)
        expect(errors?.[0]?.message).toBeTruthy()
        expect(['BAD_USER_INPUT', undefined]).toContain(errors[0].extensions?.code)
      }
      expect((await post(api.url, PAGE)).data.changes.totalCount).toBe(0)
    },
  )
})

describe.each(['SSE', 'WebSocket'] as const)('a subscription by %s', (by) => {
  test('tells what comes, and from a cursor what was missed first, without gap or repetition [INV-7]', async () => {
    const {chain, feed, api} = await setUp()
    await chain.commitFinal([block(1, 3)])
    await catchUp(feed)
    const live = follow(api, by)
    await soon(() => api.feed.stats().subscribers).toBe(1)
    await chain.commitFinal([block(2, 2)])
    await catchUp(feed)
    await soon(() => positions(live.told)).toEqual([4, 5])
    const missed = follow(api, by, {after: (await poll(api))[0]?.cursor})
    const filtered = follow(api, by, {after: (await poll(api))[0]?.cursor, assets: [asset(1)]})
    await soon(() => positions(missed.told)).toEqual([2, 3, 4, 5])
    await chain.commitFinal([block(3, 2)])
    await catchUp(feed)
    await soon(() => positions(missed.told)).toEqual([2, 3, 4, 5, 6, 7])
    await soon(() => positions(filtered.told)).toEqual([2, 5, 7])
    await soon(() => positions(live.told)).toEqual([4, 5, 6, 7])
    for (const {stop} of [live, missed, filtered]) stop()
    // Nothing comes, and yet who has gone is gone.
    await soon(() => api.feed.stats().subscribers).toBe(0)
  })

  test('is refused with a code for a cursor of another feed, and beyond the limit of subscriptions', async () => {
    const api = owned(await startFeedApi(databases.url, {subscriptions: 1}))
    const foreign = follow(api, by, {after: Buffer.from('f1.000000000000.0.aaaaaaaaaaa').toString('base64url')})
    await foreign.done
    expect(foreign.errors).toEqual(['CURSOR_INVALID'])
    const first = follow(api, by)
    await soon(() => api.feed.stats().subscribers).toBe(1)
    const second = follow(api, by)
    await second.done
    expect(second.errors).toEqual(['RATE_LIMITED'])
    first.stop()
  })

  test('ends with a code when its process goes, and goes on by another one from its cursor [INV-7]', async () => {
    const {chain, feed, api} = await setUp()
    const other = owned(await startFeedApi(databases.url))
    const one = follow(api, by)
    await soon(() => api.feed.stats().subscribers).toBe(1)
    await chain.commitFinal([block(1, 2)])
    await catchUp(feed)
    await soon(() => one.told.length).toBe(2)
    open.splice(open.indexOf(api), 1)
    await api.close()
    await one.done
    expect(one.errors).toEqual(['NOT_READY'])
    await chain.commitFinal([block(2, 2)])
    await catchUp(feed)
    const next = follow(other, by, {after: one.told.at(-1)?.cursor})
    await soon(() => positions(next.told)).toEqual([3, 4])
    next.stop()
  })
})

test('a change costs the database the same for one subscriber and for many, who are told the same [INV-8]', async () => {
  const {chain, feed, api} = await setUp()
  const counter = new Client({connectionString: databases.url})
  await counter.connect()
  const statements = async () => {
    await counter.query('SELECT pg_stat_force_next_flush()')
    const {rows} = await counter.query(`SELECT idx_scan + seq_scan AS n FROM pg_stat_user_tables WHERE relname = 'transfer'`)
    return Number(rows[0].n)
  }
  const followers = Array.from({length: 50}, () => follow(api, 'WebSocket'))
  await soon(() => api.feed.stats().subscribers).toBe(50)
  await chain.commitFinal([block(1, 1)])
  await catchUp(feed)
  await soon(() => followers.every(({told}) => told.length === 1)).toBe(true)
  // The sequencer reads the table, and one reader does.
  expect(await statements()).toBeLessThan(10)
  expect(new Set(followers.map(({told}) => JSON.stringify(told)))).toHaveLength(1)
  for (const {stop} of followers) stop()
  await counter.end()
})
