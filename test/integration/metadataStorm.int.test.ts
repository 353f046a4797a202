import {beforeEach, expect, test} from 'vitest'
import {noticeChanges} from '../../src/metadata/notice/noticeChanges'
import {walkCollections} from '../../src/metadata/notice/walkCollections'
import {noteReaders, parseSubject} from '../../src/metadata/queue/askFor'
import {readFreshness} from '../../src/metadata/queue/readFreshness'
import {abiText, tokenIdOf} from '../support/contractNode'
import {CHAIN} from '../support/filledDatabase'
import {collectionKey, tokenKey} from '../support/metadataChain'
import {until} from '../support/metadataWorker'
import {useMetadataWorld} from '../support/metadataWorld'

const world = useMetadataWorld()
let generation = 1
beforeEach(() => {
  generation = 1
  world.contract = (asked) => abiText(`data:application/json,{"name":"${tokenIdOf(asked)} of ${generation}"}`)
})

const startWorker = (worker = {}) => world.startWorker({worker})
const staleSince = async (id: string) => (await readFreshness(world.pool, [id])).get(id)?.staleSince ?? null
const nameOf = async (id: string) =>
  (
    await world.pool.query(
      `SELECT d.view->'name'->>'value' AS name FROM metadata_subject s JOIN metadata_version v ON v.id = s.version_id
       JOIN metadata_document d ON d.hash = v.document_hash WHERE s.id = $1`,
      [id],
    )
  ).rows[0]?.name
const queued = async () =>
  Number((await world.pool.query('SELECT count(*) FROM metadata_subject WHERE priority IS NOT NULL')).rows[0].count)

test('[INV-8] ten thousand ranges over a hundred thousand tokens are one walk, and a token asked for meanwhile is fresh soon', async () => {
  await world.chain.addCollection(100_000)
  await world.chain.mineBlock(2)
  await world.pool.query(
    `INSERT INTO metadata_change (id, chain_id, block_number, log_index, timestamp, transaction_hash, collection_id, standard, scope, from_token_id, to_token_id)
     SELECT '${String(CHAIN).padStart(16, '0')}-0000000002-' || lpad(n::text, 6, '0') || '-000000', ${CHAIN}, 2, n, now(), '0x', $1, 'erc4906', 'range',
       n % 100000, CASE n % 3 WHEN 0 THEN NULL ELSE n % 100000 + n * 7 END FROM generate_series(1, 10000) n`,
    [collectionKey()],
  )
  await noticeChanges(world.pool, CHAIN, null)
  expect((await world.pool.query('SELECT FROM metadata_collection')).rowCount).toBe(1)
  expect(await queued()).toBe(0)
  // A step of the walk queues no more than it looks at, and the next one waits for its pace.
  expect(await walkCollections(world.pool, CHAIN, {backgroundPerSecond: 1, rereadHours: 1})).toBe(500)
  expect(await walkCollections(world.pool, CHAIN, {backgroundPerSecond: 1, rereadHours: 1})).toBeNull()
  startWorker({backgroundPerSecond: 100})
  const asked = tokenKey(99_999)
  expect(await staleSince(asked)).not.toBeNull()
  await noteReaders(world.pool, [parseSubject(asked)])
  await until(
    () => staleSince(asked),
    (since) => since === null,
  )
  expect(await nameOf(asked)).toBe('99999 of 1')
  expect(await queued()).toBeLessThan(3_000)
})

test('a token is stale from the moment that the event is stored, since the first event after its reading, and fresh when it was read again', async () => {
  await world.chain.addCollection(5)
  startWorker()
  await until(world.readCount, (n) => n >= 5)
  expect(await staleSince(tokenKey(3))).toBeNull()
  const at = new Date('2030-01-01T00:00:00Z')
  generation = 2
  await world.chain.change(2, {from: 2, to: 3}, {at})
  await world.chain.mineBlock(2)
  const first = await staleSince(tokenKey(3))
  expect(first === null || first.getTime() === at.getTime()).toBe(true)
  await until(
    () => nameOf(tokenKey(3)),
    (name) => name === '3 of 2',
  )
  expect(await staleSince(tokenKey(3))).toBeNull()
  expect(await nameOf(tokenKey(4))).toBe('4 of 1')
})

test('of the tokens in a range those that moved of late come first; the others wait for the walk', async () => {
  await world.chain.addCollection(50)
  await world.chain.transfer(1, 7)
  await world.chain.change(2, {from: 5, to: 40})
  await world.chain.mineBlock(2)
  await noticeChanges(world.pool, CHAIN, null)
  const {rows} = await world.pool.query('SELECT id, priority FROM metadata_subject')
  expect(rows).toEqual([{id: tokenKey(7), priority: 1}])
})

test('ranges: open-ended, of everything, of nothing, and of ids that are no tokens', async () => {
  await world.chain.addCollection(4)
  startWorker()
  await until(world.readCount, (n) => n >= 4)
  await world.pool.query('UPDATE metadata_subject SET priority = NULL')
  generation = 2
  await world.chain.change(2, {from: 3, to: null, logIndex: 1})
  await world.chain.change(2, {from: 2, to: 1, logIndex: 2})
  await world.chain.change(2, {from: 10n ** 70n, to: 10n ** 71n, logIndex: 3})
  await world.chain.mineBlock(2)
  await until(
    () => nameOf(tokenKey(4)),
    (name) => name === '4 of 2',
  )
  expect(await Promise.all([1, 2, 3].map((id) => nameOf(tokenKey(id))))).toEqual(['1 of 1', '2 of 1', '3 of 2'])
  generation = 3
  await world.chain.change(3, {from: 0, to: 2n ** 256n - 1n})
  await world.chain.mineBlock(3)
  await until(
    async () => Promise.all([1, 2, 3, 4].map((id) => nameOf(tokenKey(id)))),
    (list) => list.every((name) => name?.endsWith('of 3')),
  )
})

test('[INV-4] a fork that takes a metadata event back takes its claim of staleness back, and one that was followed is read again', async () => {
  await world.chain.addCollection(2)
  startWorker()
  await until(world.readCount, (n) => n >= 2)
  await world.chain.change(2, {from: 1, logIndex: 1}, {at: new Date('2030-01-01T00:00:00Z')})
  generation = 2
  await world.chain.mineBlock(2)
  await until(
    () => nameOf(tokenKey(1)),
    (name) => name === '1 of 2',
  )
  generation = 3
  await world.chain.fork(2)
  // Whoever looks is told that the reading was of a block that is no more.
  expect(await staleSince(tokenKey(1))).not.toBeNull()
  expect(await staleSince(tokenKey(2))).toBeNull()
  await world.chain.mineBlock(2, 'b')
  await until(
    () => nameOf(tokenKey(1)),
    (name) => name === '1 of 3',
  )
  expect(await staleSince(tokenKey(1))).toBeNull()
})

test('[INV-4] an event that nobody followed yet leaves nothing behind', async () => {
  await world.chain.addCollection(2)
  const worker = world.startWorker()
  await until(world.readCount, (n) => n >= 2)
  await worker.stop()
  await world.chain.change(2, {from: 0, to: null})
  await world.chain.mineBlock(2)
  expect(await staleSince(tokenKey(1))).not.toBeNull()
  await world.chain.fork(2)
  expect(await staleSince(tokenKey(1))).toBeNull()
})
