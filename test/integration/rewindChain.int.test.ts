import {Client} from 'pg'
import {expect, test} from 'vitest'
import {TABLES} from '../../src/domain/rows'
import {ChainDatabase} from '../../src/store/database'
import {clearChains, openStoredChain, rewindChain} from '../../src/store/rewindChain'
import {dumpCanonicalTables} from '../support/canonical'
import {CHAIN, fillDatabase, rowsOfBlocks} from '../support/filledDatabase'
import {useMigratedDatabases} from '../support/migratedDatabases'
import {createRandom, intoBlocks, randomLogs, UNFILLED} from '../support/randomLogs'

const databases = useMigratedDatabases()

/** As left by a processor: tables and Subsquid's state, eight final blocks and two hot ones. */
async function fill() {
  await fillDatabase(databases.url, await rowsOfBlocks(intoBlocks(randomLogs(createRandom(5), 200), 10)), 10, 8)
  const database = new ChainDatabase(databases.url, CHAIN)
  await database.connect()
  return database
}

test('nothing of the chain is left, Subsquid begins again, and the next start finds nothing to compare [INV-4]', async () => {
  await (await fill()).disconnect()
  const before = await dumpCanonicalTables(databases.url)
  const rows = Object.values(before).flat().length
  expect(
    Object.keys(before).filter((table) => !UNFILLED.has(table) && before[table]?.length === 0),
    'every table has rows to lose',
  ).toEqual([])
  expect(await rewindChain(databases.url, CHAIN)).toBe(rows)
  expect(Object.values(await dumpCanonicalTables(databases.url)).flat()).toEqual([])
  const stored = await openStoredChain(databases.url, CHAIN)
  expect(stored.final).toBeNull()
  await stored.close()
  const again = new ChainDatabase(databases.url, CHAIN)
  expect(await again.connect()).toMatchObject({height: -1, hash: '0x', top: []})
  await again.disconnect()
})

test("another chain's rows stay, also one whose id begins with the same digits [INV-5]", async () => {
  await (await fill()).disconnect()
  const other = Number(String(CHAIN).slice(0, -1))
  const before = await dumpCanonicalTables(databases.url)
  const database = new ChainDatabase(databases.url, other)
  await database.connect()
  await database.disconnect()
  expect(await rewindChain(databases.url, other)).toBe(0)
  expect(await dumpCanonicalTables(databases.url)).toEqual(before)
  expect(Object.keys(before)).toHaveLength(Object.keys(TABLES).length)
})

test('a chain that was never indexed has nothing to take back', async () => {
  expect(await rewindChain(databases.url, CHAIN)).toBe(0)
})

test('while a processor of the chain is connected nothing is taken back', async () => {
  const database = await fill()
  const before = await dumpCanonicalTables(databases.url)
  await expect(rewindChain(databases.url, CHAIN, 200)).rejects.toThrow(/lock timeout/)
  await expect(clearChains(databases.url, [CHAIN], 200)).rejects.toThrow(/lock timeout/)
  expect(await dumpCanonicalTables(databases.url)).toEqual(before)
  await database.disconnect()
})

test('for an index that begins anew a chain that is alone loses its rows at once', async () => {
  await (await fill()).disconnect()
  await clearChains(databases.url, [CHAIN])
  expect(Object.values(await dumpCanonicalTables(databases.url)).flat()).toEqual([])
  const stored = await openStoredChain(databases.url, CHAIN)
  expect(stored.final).toBeNull()
  await stored.close()
})

test("and one that is not leaves the others' rows [INV-5]", async () => {
  await (await fill()).disconnect()
  const before = await dumpCanonicalTables(databases.url)
  const other = new ChainDatabase(databases.url, 5)
  await other.connect()
  await other.disconnect()
  await clearChains(databases.url, [5])
  expect(await dumpCanonicalTables(databases.url)).toEqual(before)
  await clearChains(databases.url, [5, CHAIN])
  expect(Object.values(await dumpCanonicalTables(databases.url)).flat()).toEqual([])
})

test('a reader that goes from table to table is waited for, for a while, and not failed', async () => {
  const tables = Object.values(TABLES).map(({table}) => table)
  const reader = new Client({connectionString: databases.url})
  await reader.connect()
  try {
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    await reader.query(`SELECT FROM "${tables.at(-1)}"`)
    await expect(clearChains(databases.url, [CHAIN], 100)).rejects.toThrow(/lock timeout/)
    const cleared = clearChains(databases.url, [CHAIN])
    const waiting = `SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND NOT granted`
    await expect.poll(async () => (await reader.query(waiting)).rowCount, {timeout: 10_000}).toBe(1)
    await reader.query(`SELECT FROM "${tables[0]}"`)
    await reader.query('COMMIT')
    await expect(cleared).resolves.toBeUndefined()
  } finally {
    await reader.end()
  }
})
