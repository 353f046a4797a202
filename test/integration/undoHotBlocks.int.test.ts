import {Client} from 'pg'
import {afterAll, beforeEach, describe, expect, test} from 'vitest'
import {type Rows, TABLES, type TableName} from '../../src/domain/rows'
import type {Changes} from '../../src/pipeline/store'
import {ChainDatabase} from '../../src/store/database'
import {StoreChanged} from '../../src/store/slice'
import {createStore} from '../../src/store/store'
import {beforeTransactions} from '../../src/store/undoHotBlocks'
import {dumpCanonicalTables} from '../support/canonical'
import {CHAIN, rowsOfBlocks} from '../support/filledDatabase'
import {useMigratedDatabases} from '../support/migratedDatabases'
import {createRandom, intoBlocks, randomLogs} from '../support/randomLogs'

const databases = useMigratedDatabases()
let database: ChainDatabase

afterAll(async () => {
  await database.disconnect()
})
beforeEach(async () => {
  await database?.disconnect()
  database = new ChainDatabase(databases.url, CHAIN)
  await database.connect()
})

const head = (height: number, branch = 'a') => ({height, hash: height < 0 ? '0x' : `0x${branch}${height}`})
type Heads = {prevHead: ReturnType<typeof head>; nextHead: ReturnType<typeof head>; isOnTop: boolean}
type Block = readonly [height: number, branch: string, changes: Changes]

const writeFinal = (changes: Changes, from: ReturnType<typeof head>, to: ReturnType<typeof head>) =>
  database.transact({prevHead: from, nextHead: to, isOnTop: true} as Heads as never, (store) => createStore(store).flush(changes))

const writeHot = (base: ReturnType<typeof head>, blocks: readonly Block[]) =>
  database.transactHot2(
    {finalizedHead: head(0), baseHead: base, newBlocks: blocks.map(([height, branch]) => head(height, branch))},
    async (store, from, to) => {
      for (const [, , changes] of blocks.slice(from, to)) await createStore(store).flush(changes)
    },
  )

const TABLE_NAMES = Object.keys(TABLES) as TableName[]
/** Facts say which log they came from. */
const isState = (table: TableName) => table !== 'Block' && !TABLES[table].columns.some(({column}) => column === 'log_index')

/** Rows of a block: state rows that were there with a text of theirs changed, state rows that are new since `known`, and new facts. */
async function changesOf(height: number, known: number): Promise<Changes> {
  const rows = await rowsOfBlocks(intoBlocks(randomLogs(createRandom(2), 120), 3))
  return Object.fromEntries(
    TABLE_NAMES.map((table) => {
      const some = (rows[table] ?? []) as readonly Rows[TableName][]
      if (!isState(table)) return [table, {inserts: some.map((row) => ({...row, id: `${row.id}~${height}`})), puts: new Map()}]
      const field = TABLES[table].columns.find((column) => column.type === 'text' && column.field !== 'id')?.field as string
      const ids = Array.from({length: height - known + 1}, (_, i) => (i === 0 ? '' : `~${known + i}`))
      const puts = ids.flatMap((suffix) => some.map((row) => ({...row, id: `${row.id}${suffix}`, [field]: `as of ${height}`})))
      return [table, {inserts: [], puts: new Map(puts.map((row) => [row.id, row]))}]
    }),
  ) as unknown as Changes
}

describe('hot blocks that the chain orphans [INV-4]', () => {
  test.each([
    ['all of them', 0],
    ['those above a block that stays', 4],
  ])('%s: every table is what it was, though rows were made and changed again and again', async (_, stays) => {
    await writeFinal(await changesOf(0, 0), head(-1), head(0))
    const blocks: Block[] = []
    for (let height = 1; height <= 8; height++) blocks.push([height, 'a', await changesOf(height, 0)])
    await writeHot(head(0), blocks.slice(0, stays))
    const before = await dumpCanonicalTables(databases.url)
    await writeHot(stays === 0 ? head(0) : head(stays), blocks.slice(stays))
    const orphaned = await dumpCanonicalTables(databases.url)
    const filled = Object.keys(before).filter((table) => orphaned[table]?.length !== 0)
    expect(filled.length).toBeGreaterThan(12)
    for (const table of filled) expect(orphaned[table], table).not.toEqual(before[table])

    await writeHot(stays === 0 ? head(0) : head(stays), [[stays + 1, 'b', {}]])
    expect(await dumpCanonicalTables(databases.url)).toEqual(before)
  })

  test('are made again by the final ones that come for them, in the same transaction [INV-1]', async () => {
    await writeFinal(await changesOf(0, 0), head(-1), head(0))
    const changes = await changesOf(1, 0)
    await writeHot(head(0), [[1, 'a', changes]])
    const hot = await dumpCanonicalTables(databases.url)
    await writeFinal(changes, head(0), head(1))
    expect(await dumpCanonicalTables(databases.url)).toEqual(hot)
  })

  test('cost no statement a row', async () => {
    await writeFinal(await changesOf(0, 0), head(-1), head(0))
    await writeHot(head(0), [[1, 'a', await changesOf(1, 0)]])
    const changes = await changesOf(1, 0)
    const rows = Object.values(changes).reduce((sum, table) => sum + (table?.inserts.length ?? 0) + (table?.puts.size ?? 0), 0)
    const statements: string[] = []
    const {query} = Client.prototype
    Client.prototype.query = function (this: Client, ...given: unknown[]) {
      statements.push(String((given[0] as {text?: string}).text ?? given[0]))
      return (query as (...given: unknown[]) => unknown).apply(this, given)
    } as typeof query
    try {
      await writeHot(head(0), [[1, 'b', {}]])
    } finally {
      Client.prototype.query = query
    }
    expect(rows).toBeGreaterThan(200)
    expect(statements.some((text) => text.includes('jsonb_populate_record'))).toBe(true)
    expect(statements.length).toBeLessThan(rows / 2)
  })

  test('a Subsquid that begins its transactions elsewhere stops the process', () => {
    expect(() => beforeTransactions({}, async () => {})).toThrow(StoreChanged)
  })
})
