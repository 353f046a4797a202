import {setTimeout as sleep} from 'node:timers/promises'
import {Client} from 'pg'
import {afterAll, describe, expect, test} from 'vitest'
import {TABLES} from '../../src/domain/rows'
import {ChainDatabase, createDataSource} from '../../src/store/database'
import {migrate} from '../../src/store/migrate'
import {createStore} from '../../src/store/store'
import {useMigratedDatabases} from '../support/migratedDatabases'

const databases = useMigratedDatabases()
const open: ChainDatabase[] = []
const clients: Client[] = []

afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()))
  await Promise.all(open.map((database) => database.disconnect()))
})

async function connect(chainId: number, options: ConstructorParameters<typeof ChainDatabase>[2] = {}): Promise<ChainDatabase> {
  const database = new ChainDatabase(databases.url, chainId, options)
  await database.connect()
  open.push(database)
  return database
}

const head = (height: number) => ({height, hash: height < 0 ? '0x' : `0xa${height}`})

function write(database: ChainDatabase, chainId: number, height: number, isOnTop: boolean): Promise<void> {
  const block = {id: `${chainId}-${height}`, chainId: BigInt(chainId), number: height, hash: '0x', timestamp: new Date(0)}
  const info = {prevHead: head(height - 1), nextHead: head(height), isOnTop} as unknown as Parameters<ChainDatabase['transact']>[0]
  return database.transact(info, (store) => createStore(store).flush({Block: {inserts: [block], puts: new Map()}}))
}

async function ask<T>(sql: string): Promise<T[]> {
  const source = await createDataSource(databases.url).initialize()
  return (source.query(sql) as Promise<T[]>).finally(() => source.destroy())
}
async function openClient(): Promise<Client> {
  const client = new Client({connectionString: databases.url})
  await client.connect()
  clients.push(client)
  return client
}
type Deferred = Readonly<{name: string; definition: string}>
const indexes = async () =>
  (await ask<{indexdef: string}>(`SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname`)).map((i) => i.indexdef)
const waitingFor = (mode: string) =>
  `SELECT FROM pg_locks WHERE mode = '${mode}' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
const deferred = async () => (await ask<{name: string}>(`SELECT name FROM deferred_index`)).length

describe('indexes that only readers need', () => {
  test('are dropped when a backfill begins with an empty database, and are all back, as they were, when it reaches the head', async () => {
    const before = await indexes()
    const left: number[] = []
    const database = await connect(1, {onIndexesLeft: (count) => left.push(count)})
    await write(database, 1, 0, false)
    const during = await indexes()
    expect(during.length).toBeLessThan(before.length / 2)
    expect(during.filter((definition) => /UNIQUE/.test(definition)).length).toBeGreaterThan(20)
    expect(await deferred()).toBe(before.length - during.length)
    await write(database, 1, 1, true)
    expect(await indexes()).toEqual(before)
    expect(await deferred()).toBe(0)
    expect([left[0], left.at(-1)]).toEqual([before.length - during.length, 0])
    expect(left.every((count, i) => i === 0 || count < (left[i - 1] as number))).toBe(true)
  })

  test('stay where the first slice reaches the head, and where another chain is stored already', async () => {
    const before = await indexes()
    await write(await connect(1), 1, 0, true)
    await write(await connect(2), 2, 0, false)
    expect(await indexes()).toEqual(before)
  })

  test('stay where others use one table after the other, each for a moment: nobody waits for all of them together', async () => {
    const before = await indexes()
    const held = await Promise.all(
      Object.values(TABLES)
        .slice(0, 4)
        .map(async ({table}) => {
          const client = await openClient()
          await client.query(`BEGIN; LOCK TABLE "${table}" IN ACCESS SHARE MODE`)
          return client
        }),
    )
    let isOver = false
    const done = connect(1).then((database) => write(database, 1, 0, false).finally(() => (isOver = true)))
    for (const client of held) {
      await expect.poll(async () => isOver || (await ask(waitingFor('AccessExclusiveLock'))).length > 0, {timeout: 20_000}).toBe(true)
      await sleep(300)
      await client.query('COMMIT')
    }
    await done
    expect(await indexes()).toEqual(before)
    expect(await deferred()).toBe(0)
  })

  test.each([
    [
      'the head in hot blocks',
      async (next: ChainDatabase) => {
        await next.transactHot2({finalizedHead: head(0), baseHead: head(0), newBlocks: [head(1)]}, async () => {})
      },
      {},
    ],
    ['its end block before it stopped', async () => {}, {endBlock: 0}],
  ] as const)('are built by the next run when one was killed, once that reaches %s', async (_, goOn, options) => {
    const before = await indexes()
    const killed = await connect(1)
    await write(killed, 1, 0, false)
    await killed.disconnect()
    expect(await indexes()).not.toEqual(before)
    await goOn(await connect(1, options))
    expect(await indexes()).toEqual(before)
  })

  test('are shared by processors of two chains that reach their heads at once', async () => {
    const before = await indexes()
    const [one, two] = await Promise.all([connect(1), connect(2)])
    await Promise.all([write(one, 1, 0, false), write(two, 2, 0, false)])
    expect(await deferred()).toBeGreaterThan(0)
    await Promise.all([write(one, 1, 1, true), write(two, 2, 1, true)])
    expect(await indexes()).toEqual(before)
  })

  test.each([
    ['is killed', async (other: Client) => void (await other.query('ROLLBACK'))],
    [
      'builds it',
      async (other: Client, {name, definition}: Deferred) => {
        await other.query(definition)
        await other.query('DELETE FROM deferred_index WHERE name = $1', [name])
        await other.query('COMMIT')
      },
    ],
  ] as const)("are waited for where another chain's processor builds one, until it %s", async (_, end) => {
    const before = await indexes()
    const left: number[] = []
    const database = await connect(1, {onIndexesLeft: (count) => left.push(count)})
    await write(database, 1, 0, false)
    const other = await openClient()
    await other.query('BEGIN')
    const {rows} = await other.query<Deferred>('SELECT * FROM deferred_index ORDER BY name LIMIT 1 FOR UPDATE')
    const done = write(database, 1, 1, true)
    await expect.poll(() => left.at(-1), {timeout: 20_000}).toBe(1)
    await end(other, rows[0] as Deferred)
    await done
    expect(left.at(-1)).toBe(0)
    expect(await indexes()).toEqual(before)
  })

  test('of empty tables are built while another chain writes its first rows there, and neither fails the other', async () => {
    const before = await indexes()
    const database = await connect(1)
    await write(database, 1, 0, false)
    const tables = await ask<{name: string}>(
      `SELECT substring(definition FROM ' ON (.+?) USING ') AS name FROM deferred_index WHERE definition NOT LIKE '% ON public.block %' ORDER BY deferred_index.name`,
    )
    const other = await openClient()
    await other.query('BEGIN')
    await other.query(`LOCK TABLE ${tables.at(-1)?.name} IN ROW EXCLUSIVE MODE`)
    const done = write(database, 1, 1, true)
    await expect.poll(async () => (await ask(waitingFor('ShareLock'))).length, {timeout: 20_000}).toBeGreaterThan(0)
    await other.query(`LOCK TABLE ${tables[0]?.name} IN ROW EXCLUSIVE MODE`)
    await other.query('COMMIT')
    await done
    expect(await indexes()).toEqual(before)
  })

  test('are there before a migration runs, which may change them', async () => {
    const before = await indexes()
    const database = await connect(1)
    await write(database, 1, 0, false)
    await database.disconnect()
    await ask(`DROP TABLE api_key`)
    await ask(`DELETE FROM migrations WHERE name LIKE 'ApiKey%'`)
    await migrate(databases.url)
    expect(await indexes()).toEqual(before)
  })
})
