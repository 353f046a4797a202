import {afterAll, describe, expect, test} from 'vitest'
import {ProcessorAlreadyRunning} from '../../src/store/chainLock'
import {ChainDatabase, createDataSource} from '../../src/store/database'
import {createStore} from '../../src/store/store'
import {dumpCanonicalTables} from '../support/canonical'
import {CHAIN} from '../support/filledDatabase'
import {useMigratedDatabases} from '../support/migratedDatabases'

const databases = useMigratedDatabases()
const open: ChainDatabase[] = []

afterAll(async () => {
  await Promise.all(open.map((database) => database.disconnect()))
})

async function connect(chainId = CHAIN): Promise<ChainDatabase> {
  const database = new ChainDatabase(databases.url, chainId)
  await database.connect()
  open.push(database)
  return database
}

const head = (height: number, branch = 'a') => ({height, hash: height < 0 ? '0x' : `0x${branch}${height}`})
type Heads = {prevHead: ReturnType<typeof head>; nextHead: ReturnType<typeof head>; isOnTop: boolean}

describe('one processor a chain', () => {
  test('a second one of the same chain is refused, one of another chain is not', async () => {
    await connect(1)
    await expect(new ChainDatabase(databases.url, 1, {lockWaitMs: 300}).connect()).rejects.toThrow(ProcessorAlreadyRunning)
    await connect(2)
  })

  test('one whose lock is lost with its connection is told, for another may be writing by now; one that leaves or is refused is not', async () => {
    const told: unknown[] = []
    const database = new ChainDatabase(databases.url, CHAIN, {onFailure: (error) => void told.push(error)})
    const terminate = async () => {
      const source = await createDataSource(databases.url).initialize()
      await source.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'`)
      await source.destroy()
    }
    await database.connect()
    await terminate()
    await expect.poll(() => told).toEqual([expect.objectContaining({code: 'E_CHAIN_LOCK_LOST'})])
    await database.disconnect()
    const leaving = new ChainDatabase(databases.url, CHAIN, {onFailure: (error) => void told.push(error), lockWaitMs: 0})
    await leaving.connect()
    const refused = new ChainDatabase(databases.url, CHAIN, {onFailure: (error) => void told.push(error), lockWaitMs: 0})
    await expect(refused.connect()).rejects.toThrow(ProcessorAlreadyRunning)
    await leaving.disconnect()
    expect(told).toHaveLength(1)
  })

  test('processors of two chains write at once without failing each other', async () => {
    const [one, two] = await Promise.all([connect(11), connect(12)])
    const write = async (database: ChainDatabase, chainId: number) => {
      for (let height = 0; height < 15; height++) {
        const rows = Array.from({length: 200}, (_, i) => ({
          id: `${chainId}-${height}-${i}`,
          chainId: BigInt(chainId),
          number: height,
          hash: '0x',
          timestamp: new Date(0),
        }))
        await database.transact({prevHead: head(height - 1), nextHead: head(height), isOnTop: height === 14} as Heads as never, (store) =>
          createStore(store).flush({Block: {inserts: rows, puts: new Map()}}),
        )
      }
    }
    await Promise.all([write(one, 11), write(two, 12)])
    expect((await dumpCanonicalTables(databases.url))['block']).toHaveLength(6000)
  })
})

describe('final slices are written behind', () => {
  const block = (number: number, id = `${CHAIN}-${number}`) => ({id, chainId: BigInt(CHAIN), number, hash: '0x', timestamp: new Date(0)})
  const write = (database: ChainDatabase, height: number, isOnTop: boolean, id?: string) =>
    database.transact({prevHead: head(height - 1), nextHead: head(height), isOnTop} as Heads as never, (store) =>
      createStore(store).flush({Block: {inserts: [block(height, id)], puts: new Map()}}),
    )
  const numbers = async () => (await dumpCanonicalTables(databases.url))['block']?.length

  test('and are stored once a slice that reaches the head, or the end block, is handed over, and when the database is left [INV-2]', async () => {
    const database = await connect()
    await write(database, 0, false)
    await write(database, 1, true)
    expect(await numbers()).toBe(2)
    await write(database, 2, false)
    await database.disconnect()
    expect(await numbers()).toBe(3)
    const ending = new ChainDatabase(databases.url, CHAIN, {endBlock: 3})
    await ending.connect()
    open.push(ending)
    await write(ending, 3, false)
    expect(await numbers()).toBe(4)
  })

  test('one that cannot be written is undone as a whole, told at once, and thrown by the next call', async () => {
    const failures: unknown[] = []
    const database = new ChainDatabase(databases.url, CHAIN, {onFailure: (error) => failures.push(error)})
    await database.connect()
    open.push(database)
    await write(database, 0, true, 'one')
    await write(database, 1, false, 'one')
    await expect.poll(() => failures.length).toBe(1)
    await expect(write(database, 2, false)).rejects.toThrow(/duplicate key/)
    expect(await numbers()).toBe(1)
    const again = await createDataSource(databases.url).initialize()
    expect(await again.query(`SELECT height FROM squid_processor_eip155_${CHAIN}.status`)).toEqual([{height: 0}])
    await again.destroy()
  })

  test('but for the one that takes the place of hot blocks, which may write a state row more than once', async () => {
    const database = await connect()
    const put = (store: Parameters<typeof createStore>[0], generationId: string) =>
      createStore(store).flush({GenerationHead: {inserts: [], puts: new Map([['a', {id: 'a', generationId, incarnation: 1}]])}})
    await database.transactHot2({finalizedHead: head(-1), baseHead: head(-1), newBlocks: [head(0)]}, (store) => put(store, 'hot'))
    await database.transact({prevHead: head(-1), nextHead: head(1), isOnTop: true} as Heads as never, async (store) => {
      await put(store, 'first')
      await put(store, 'last')
    })
    const heads = (await dumpCanonicalTables(databases.url))['generation_head']
    expect(heads).toEqual([JSON.stringify({id: 'a', generation_id: 'last', incarnation: 1})])
  })
})
