import {Client} from 'pg'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {createSequencer, type Sequencer} from '../../src/feed/createSequencer'
import {rewindChain} from '../../src/store/rewindChain'
import {createFeedChain, type FeedBlock} from '../support/feedChain'
import {useMigratedDatabases} from '../support/migratedDatabases'

const databases = useMigratedDatabases()
let client: Client
const open: {close: () => Promise<void>}[] = []

beforeEach(async () => {
  client = new Client({connectionString: databases.url})
  await client.connect()
})
afterEach(async () => {
  await Promise.all([client.end(), ...open.splice(0).map(({close}) => close().catch(() => {}))])
})
function owned<T extends {close: () => Promise<void>}>(thing: T): T {
  open.push(thing)
  return thing
}
async function catchUp(feed: Sequencer): Promise<void> {
  while ((await feed.run())?.isFull);
}
// biome-ignore lint/suspicious/noExplicitAny: rows of a test
const rows = async (sql: string): Promise<any[]> => (await client.query(sql)).rows
const block = (height: number, branch = 'a', transfers = 1): FeedBlock => ({height, branch, transfers})

describe('what workers tell', () => {
  const tell = (db: Client, kind: string) =>
    db.query(`INSERT INTO worker_event (kind, chain_id, collection_id, asset_id, payload) VALUES ($1, 1, '1-0xaa', '1-0xaa-7', $2)`, [
      kind,
      {kind},
    ])

  test('gets its position after its commit, whatever the order of the ids, and leaves the outbox with it [INV-7]', async () => {
    const slow = new Client({connectionString: databases.url})
    await slow.connect()
    await slow.query('BEGIN')
    await tell(slow, 'first')
    await tell(client, 'second')
    const feed = owned(await createSequencer(databases.url))
    await catchUp(feed)
    await slow.query('COMMIT')
    await slow.end()
    await catchUp(feed)
    expect(await rows('SELECT position, kind, collections, assets, payload, block_hash FROM feed_change ORDER BY position')).toEqual([
      {position: '1', kind: 'second', collections: ['1-0xaa'], assets: ['1-0xaa-7'], payload: {kind: 'second'}, block_hash: null},
      {position: '2', kind: 'first', collections: ['1-0xaa'], assets: ['1-0xaa-7'], payload: {kind: 'first'}, block_hash: null},
    ])
    expect(await rows('SELECT * FROM worker_event')).toEqual([])
  })

  test('is taken step by step, between the facts of the chains, and a row that somebody holds is taken later', async () => {
    for (let i = 0; i < 5; i++) await tell(client, `n${i}`)
    const holder = new Client({connectionString: databases.url})
    await holder.connect()
    await holder.query(`BEGIN; SELECT * FROM worker_event WHERE kind = 'n0' FOR UPDATE`)
    const chain = owned(await createFeedChain(databases.url, 1))
    await chain.commitFinal([block(1)])
    const feed = owned(await createSequencer(databases.url, 2))
    await catchUp(feed)
    expect((await rows('SELECT kind FROM feed_change ORDER BY position')).map(({kind}) => kind).filter((k) => k !== 'Transfer')).toEqual([
      'n1',
      'n2',
      'n3',
      'n4',
    ])
    await holder.query('ROLLBACK')
    await holder.end()
    await catchUp(feed)
    expect((await rows('SELECT kind FROM feed_change ORDER BY position')).at(-1).kind).toBe('n0')
    expect(await rows('SELECT last_position FROM feed_state')).toEqual([{last_position: '6'}])
  })
})

describe('a chain that takes back final blocks', () => {
  const journal = () => rows('SELECT position, block_hash, retracts, was_final FROM feed_change ORDER BY position')

  test.each([
    ['while the sequencer looks on', true],
    ['while no sequencer runs', false],
  ])('is indexed anew %s: what stayed is told once, what did not is taken back as final [INV-4] [INV-7]', async (_, looksOn) => {
    const chain = await createFeedChain(databases.url, 1)
    await chain.commitFinal([block(1), block(2), block(3)])
    let feed = owned(await createSequencer(databases.url))
    await catchUp(feed)
    if (!looksOn) await feed.close()
    await chain.close()
    await rewindChain(databases.url, 1)
    if (looksOn) await catchUp(feed)
    const again = owned(await createFeedChain(databases.url, 1))
    await again.commitFinal([block(1), block(2, 'b')])
    if (looksOn) await catchUp(feed)
    await again.commitFinal([block(3, 'b', 2)])
    if (!looksOn) feed = owned(await createSequencer(databases.url))
    await catchUp(feed)
    const entries = await journal()
    expect(entries.filter(({retracts}) => retracts !== null).map(({retracts, was_final}) => [retracts, was_final])).toEqual([
      ['3', true],
      ['2', true],
    ])
    expect(entries.slice(3).filter(({retracts}) => retracts === null)).toMatchObject([
      {block_hash: '0xb2', was_final: false},
      {block_hash: '0xb3'},
      {block_hash: '0xb3'},
    ])
    expect(await rows('SELECT * FROM feed_hot')).toEqual([])
  })

  test('that was only indexed anew takes nothing back and tells nothing twice [INV-7]', async () => {
    const chain = await createFeedChain(databases.url, 1)
    await chain.commitFinal([block(1), block(2), block(3)])
    const feed = owned(await createSequencer(databases.url, 2))
    await catchUp(feed)
    await chain.close()
    await rewindChain(databases.url, 1)
    await catchUp(feed)
    const again = owned(await createFeedChain(databases.url, 1))
    for (const height of [1, 2, 3]) {
      await again.commitFinal([block(height)])
      await catchUp(feed)
    }
    await again.commitFinal([block(4)])
    await catchUp(feed)
    expect((await journal()).map(({block_hash, retracts}) => [block_hash, retracts])).toEqual([
      ['0xa1', null],
      ['0xa2', null],
      ['0xa3', null],
      ['0xa4', null],
    ])
  })
})
