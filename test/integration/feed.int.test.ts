import {Client} from 'pg'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {createSequencer, type Sequencer} from '../../src/feed/createSequencer'
import {FACT_TABLES} from '../../src/feed/factTables'
import {createFeedChain, type FeedBlock, type FeedChain} from '../support/feedChain'
import {useMigratedDatabases} from '../support/migratedDatabases'
import {createRandom} from '../support/randomLogs'

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

const chainOf = async (id: number): Promise<FeedChain> => owned(await createFeedChain(databases.url, id))
const sequencer = async (limit?: number): Promise<Sequencer> => owned(await createSequencer(databases.url, limit))
function owned<T extends {close: () => Promise<void>}>(thing: T): T {
  open.push(thing)
  return thing
}

async function catchUp(feed: Sequencer): Promise<void> {
  while ((await feed.run())?.isFull);
}

type Entry = Readonly<{position: string; chain_id: string; kind: string; event_id: string; block_hash: string; retracts: string | null}>
const journal = async (after = 0): Promise<readonly Entry[]> =>
  (await client.query<Entry>('SELECT * FROM feed_change WHERE position > $1 ORDER BY position', [after])).rows

/** A consumer that does what it is told, and complains about what it is told twice or out of order. */
function mirrorOf(entries: readonly Entry[]): ReadonlySet<string> {
  const held = new Map<string, string>()
  const live = new Map<string, string>()
  entries.forEach((entry, i) => {
    expect(Number(entry.position)).toBe(i + 1)
    const place = `${entry.kind} ${entry.event_id}`
    if (entry.retracts === null) {
      expect(held.has(place), `${place} twice`).toBe(false)
      held.set(place, `${place} ${entry.block_hash}`)
      live.set(entry.position, place)
    } else {
      expect(live.get(entry.retracts), `${place} taken back without having been told`).toBe(place)
      live.delete(entry.retracts)
      held.delete(place)
    }
  })
  return new Set(held.values())
}

async function tables(): Promise<ReadonlySet<string>> {
  const selects = FACT_TABLES.map(
    ({name, table}) =>
      `SELECT '${name} ' || t.id || ' ' || b.hash AS fact FROM "${table}" t
       JOIN block b ON b.chain_id = t.chain_id AND b.number = t.block_number`,
  )
  return new Set((await client.query<{fact: string}>(selects.join(' UNION ALL '))).rows.map(({fact}) => fact))
}

const block = (height: number, transfers: number, branch = 'a', generations = 0): FeedBlock => ({height, branch, transfers, generations})

describe('positions', () => {
  test('two processors that commit out of order: each fact once, dense, each chain in its order [INV-7]', async () => {
    const [one, two, feed] = [await chainOf(1), await chainOf(2), await sequencer()]
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    // Chain 1 writes first and commits last: positions given at writing time would come to light behind a reader.
    const slow = one.commitFinal([block(1, 3, 'a', 1)], () => held)
    await two.commitFinal([block(7, 2)])
    await catchUp(feed)
    expect((await journal()).map(({chain_id}) => chain_id)).toEqual(['2', '2'])
    release()
    await slow
    await catchUp(feed)
    const entries = await journal()
    expect(entries.map(({chain_id}) => chain_id)).toEqual(['2', '2', '1', '1', '1', '1'])
    expect(entries.slice(2).map(({kind}) => kind)).toEqual(['Transfer', 'Transfer', 'Transfer', 'GenerationEvent'])
    expect(mirrorOf(entries)).toEqual(await tables())
  })

  test('a history larger than a step is told in chain order and only once [INV-7]', async () => {
    const chain = await chainOf(1)
    await chain.commitFinal([block(1, 7), block(2, 0), block(3, 5, 'a', 4)])
    const feed = await sequencer(3)
    await catchUp(feed)
    const entries = await journal()
    expect(entries.map(({event_id}) => event_id)).toEqual(entries.map(({event_id}) => event_id).sort())
    expect(entries).toHaveLength(16)
    expect(mirrorOf(entries)).toEqual(await tables())
    expect((await client.query('SELECT * FROM feed_hot')).rows).toEqual([])
  })

  test('a second sequencer waits until the first has gone', async () => {
    const [chain, first, second] = [await chainOf(1), await sequencer(), await sequencer()]
    await chain.commitFinal([block(1, 1)])
    await catchUp(first)
    expect(await second.run()).toBeNull()
    await first.close()
    await chain.commitFinal([block(2, 1)])
    await expect.poll(async () => (await second.run())?.appended).toBe(1)
    expect(mirrorOf(await journal())).toEqual(await tables())
  })

  test('a sequencer that is killed within a step leaves no half of it, and the next one goes on [INV-7]', async () => {
    const chain = await chainOf(1)
    await chain.commitFinal([block(1, 4), block(2, 4)])
    const killed = await sequencer(3)
    await killed.run()
    // Held by us, the counter stops the sequencer in the middle of its transaction.
    await client.query('BEGIN; SELECT * FROM feed_state FOR UPDATE')
    const step = killed.run().catch((error: Error) => error)
    const victim = `SELECT pid FROM pg_stat_activity WHERE application_name = 'provenance-indexer feed' AND datname = current_database() AND wait_event_type = 'Lock'`
    await expect.poll(async () => (await client.query(victim)).rowCount).toBe(1)
    await client.query(`SELECT pg_terminate_backend(pid) FROM (${victim}) v`)
    expect(await step).toBeInstanceOf(Error)
    await client.query('COMMIT')
    await catchUp(await sequencer(3))
    const entries = await journal()
    expect(entries).toHaveLength(8)
    expect(mirrorOf(entries)).toEqual(await tables())
  })
})

describe('forks', () => {
  test('what a fork removes is retracted, newest first, naming what it takes back; the rest stays [INV-4]', async () => {
    const [chain, feed] = [await chainOf(1), await sequencer()]
    await chain.commitFinal([block(1, 1)])
    await chain.commitHot(-1, [block(2, 1), block(3, 2), block(4, 1)], 1)
    await catchUp(feed)
    await chain.commitHot(2, [block(3, 1, 'b'), block(4, 0, 'b'), block(5, 1, 'b')], 1)
    await catchUp(feed)
    const entries = await journal()
    expect(entries.slice(5).map(({retracts, block_hash}) => [retracts, block_hash])).toEqual([
      ['5', '0xa4'],
      ['4', '0xa3'],
      ['3', '0xa3'],
      [null, '0xb3'],
      [null, '0xb5'],
    ])
    expect(mirrorOf(entries)).toEqual(await tables())
  })

  test('the same event in another block is another event: retracted and told again [INV-4]', async () => {
    const [chain, feed] = [await chainOf(1), await sequencer()]
    await chain.commitHot(-1, [block(0, 1), block(1, 1)], -1)
    await catchUp(feed)
    await chain.commitHot(0, [block(1, 1, 'b')], -1)
    await catchUp(feed)
    expect((await journal()).map(({event_id, retracts, block_hash}) => [Number(event_id.slice(17, 27)), retracts, block_hash])).toEqual([
      [0, null, '0xa0'],
      [1, null, '0xa1'],
      [1, '2', '0xa1'],
      [1, null, '0xb1'],
    ])
  })

  test('a restart in the hot phase, which takes hot blocks back and inserts them again, retracts nothing [INV-7]', async () => {
    const [chain, feed] = [await chainOf(1), await sequencer()]
    await chain.commitFinal([block(1, 1)])
    await chain.commitHot(-1, [block(2, 1), block(3, 2), block(4, 1)], 1)
    await catchUp(feed)
    await chain.commitFinal([block(2, 1)])
    expect((await client.query('SELECT * FROM transfer')).rowCount).toBe(2)
    await catchUp(feed)
    await chain.commitHot(-1, [block(3, 2)], 2)
    await catchUp(feed)
    await chain.commitHot(3, [block(4, 1), block(5, 1)], 2)
    await catchUp(feed)
    const entries = await journal()
    expect(entries.map(({retracts}) => retracts)).toEqual([null, null, null, null, null, null])
    expect(mirrorOf(entries)).toEqual(await tables())
  })

  test('blocks above a fork are taken back with it, also those that the new branch has not reached [INV-4]', async () => {
    const [chain, feed] = [await chainOf(1), await sequencer()]
    await chain.commitHot(-1, [block(0, 0), block(1, 1), block(2, 1), block(3, 1)], -1)
    await catchUp(feed)
    await chain.commitHot(0, [block(1, 1, 'b')], -1)
    await catchUp(feed)
    expect((await journal()).slice(3).map(({retracts}) => retracts)).toEqual(['3', '2', '1', null])
    expect(mirrorOf(await journal())).toEqual(await tables())
  })
})

test.each([1, 2, 3])('two chains, forks, restarts of both sides: a mirror equals the tables, seed %i [INV-4] [INV-7]', async (seed) => {
  const random = createRandom(seed)
  const upTo = (n: number) => Math.floor(random() * (n + 1))
  const chains = [await chainOf(1), await chainOf(2)]
  let feed = await sequencer(4)
  let branches = 0
  for (let round = 0; round < 40; round++) {
    const chain = chains[upTo(1)] as FeedChain
    const {final, hot} = chain.state()
    const top = hot.at(-1)?.height ?? final
    const base = upTo(3) === 0 ? final + upTo(top - final) : top
    const branch = base < top ? `f${++branches}-` : `n${branches}-`
    const fresh = Array.from({length: 1 + upTo(3)}, (_, i) => block(base + 1 + i, upTo(2), branch, upTo(1)))
    if (upTo(6) === 0) await chain.commitFinal([...hot.filter(({height}) => height <= base), ...fresh].slice(0, 2))
    else await chain.commitHot(base, fresh, Math.min(base, final + upTo(2)))
    if (upTo(5) === 0) {
      await feed.close()
      feed = await sequencer(4)
    }
    if (upTo(2) > 0) await feed.run()
  }
  // Entries above an indexed head wait for the chain to get there.
  for (const chain of chains) await chain.commitHot(chain.state().hot.at(-1)?.height ?? chain.state().final, [], -1)
  for (const chain of chains) {
    const {final, hot} = chain.state()
    const top = hot.at(-1)?.height ?? final
    await chain.commitHot(
      top,
      Array.from({length: 12}, (_, i) => block(top + 1 + i, 1, 'z')),
      final,
    )
  }
  await catchUp(feed)
  const entries = await journal()
  expect(entries.length).toBeGreaterThan(50)
  expect(mirrorOf(entries)).toEqual(await tables())
})
