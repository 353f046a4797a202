import {id, toBeHex, ZeroAddress, zeroPadValue} from 'ethers'
import fc from 'fast-check'
import {afterAll, describe, expect, test} from 'vitest'
import {type Column, type Rows, TABLES, type TableName} from '../../src/domain/rows'
import * as model from '../../src/model'
import type {Changes} from '../../src/pipeline/store'
import {ChainDatabase, createDataSource, stateSchema} from '../../src/store/database'
import {loadRows} from '../../src/store/loadRows'
import {readSlice} from '../../src/store/slice'
import {clientOf, createStore} from '../../src/store/store'
import {dumpCanonicalTables} from '../support/canonical'
import {CHAIN, rowsOfBlocks} from '../support/filledDatabase'
import type {Tables} from '../support/memoryStore'
import {useMigratedDatabases} from '../support/migratedDatabases'
import {createRandom, intoBlocks, type RawLog, randomLogs, UNFILLED} from '../support/randomLogs'

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

/** Committed when it returns: a slice that reaches the chain's head is not written behind. */
const writeFinal = (database: ChainDatabase, changes: Changes, from = -1, to = 0) =>
  database.transact({prevHead: head(from), nextHead: head(to), isOnTop: true} as Heads as never, (store) =>
    createStore(store).flush(changes),
  )

/** What goes to the server, whoever asks. */
type Wire = {query: (text: string) => void; parse: (statement: {text: string}, ...more: unknown[]) => void}

const CLASSES = Object.values(model).filter((value) => typeof value === 'function') as readonly (new () => object)[]
const TABLE_NAMES = Object.keys(TABLES) as TableName[]
const MAX_DATE = new Date(8.64e15)
const isState = (table: TableName) =>
  ['Collection', 'Asset', 'Balance', 'Generation', 'GenerationProof', 'GenerationHead', 'License'].includes(table)

/** Facts to insert and state to put, as a fold would hand them over. */
const changesOf = (tables: Tables): Changes =>
  Object.fromEntries(
    TABLE_NAMES.map((table) => {
      const rows = (tables[table] ?? []) as readonly Rows[TableName][]
      return [table, isState(table) ? {inserts: [], puts: new Map(rows.map((row) => [row.id, row]))} : {inserts: rows, puts: new Map()}]
    }),
  ) as Changes

const someTables = (seed: number) => rowsOfBlocks(intoBlocks(randomLogs(createRandom(seed), 150), 3))

const arbitraryValue = ({type, field}: Column): fc.Arbitrary<unknown> => {
  if (type === 'int4') return fc.integer({min: -(2 ** 31), max: 2 ** 31 - 1})
  if (type === 'numeric') return fc.oneof(fc.bigInt({min: -(2n ** 300n), max: 2n ** 300n}), fc.constantFrom(0n, 2n ** 256n - 1n))
  if (type === 'bool') return fc.boolean()
  if (type === 'timestamptz') return fc.date({min: new Date('1970-01-01'), max: MAX_DATE, noInvalidDate: true})
  if (['standard', 'scope', 'status', 'kind', 'authority', 'relation', 'evidence', 'part'].includes(field))
    return fc.constantFrom('erc721', 'range', 'x')
  return fc.string({
    unit: fc.constantFrom(...`aZ'"\\\t\n\r\b\f\v,{} \uFFFD`, '\\N', '\\.', '\u{1F5BC}', '0x'),
    maxLength: 20,
  })
}

describe('rows go in and come out as they are', () => {
  test('the column list is that of the entities, which is that of the migrations', async () => {
    const source = await createDataSource(databases.url, CLASSES).initialize()
    for (const table of TABLE_NAMES) {
      const columns = source.getMetadata(table).columns.map((c) => c.databaseName)
      expect(TABLES[table].columns.map(({column}) => column)).toEqual(columns)
      expect(TABLES[table].table).toBe(source.getMetadata(table).tableName)
    }
    await source.destroy()
  })

  test('any value, by COPY and by upsert, of every table', async () => {
    const database = await connect()
    const source = await createDataSource(databases.url).initialize()
    let height = -1
    for (const table of TABLE_NAMES)
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record(Object.fromEntries(TABLES[table].columns.map((c) => [c.field, arbitraryValue(c)]))), {
            minLength: 1,
            maxLength: 5,
          }),
          async (generated) => {
            const rows = generated.map((row, i) => ({
              ...row,
              id: `${table}-${height}-${i}-${(row as {id: string}).id}`,
            })) as unknown as Rows[TableName][]
            const half = Math.ceil(rows.length / 2)
            const puts = new Map(rows.slice(half).map((row) => [row.id, row]))
            await writeFinal(database, {[table]: {inserts: rows.slice(0, half), puts}} as Changes, height, height + 1)
            height += 1
            const loaded = await loadRows(
              (sql, parameters) => source.query(sql, parameters),
              rows.map(({id}) => ({table, id}) as never),
            )
            expect([...(loaded[table]?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
              [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)),
            )
          },
        ),
        {numRuns: 12, seed: 3},
      )
    await source.destroy()
  })
})

describe('final in bulk, hot tracked', () => {
  const hot = (database: ChainDatabase, base: number, finalized: number, blocks: readonly (readonly [number, string, Changes])[]) =>
    database.transactHot2(
      {finalizedHead: head(finalized), baseHead: head(base), newBlocks: blocks.map(([height, branch]) => head(height, branch))},
      async (store, from, to) => {
        for (const [, , changes] of blocks.slice(from, to)) await createStore(store).flush(changes)
      },
    )

  test('the rows are the same either way, whatever the year [INV-1]', async () => {
    const tables = await someTables(1)
    const changes = changesOf({...tables, Block: (tables.Block ?? []).map((row) => ({...row, timestamp: MAX_DATE}))})
    await writeFinal(await connect(), changes)
    const final = await dumpCanonicalTables(databases.url)
    databases.url = await databases.create()
    const database = await connect()
    await writeFinal(database, {})
    await hot(database, 0, 0, [[1, 'a', changes]])
    expect(await dumpCanonicalTables(databases.url)).toEqual(final)
  })

  test('a fork gives back, byte for byte, what was there, in every table [INV-4]', async () => {
    const database = await connect()
    await writeFinal(database, changesOf(await someTables(5)))
    const before = await dumpCanonicalTables(databases.url)
    const later = await someTables(5)
    const touched = Object.fromEntries(
      TABLE_NAMES.map((table) => {
        const rows = (later[table] ?? []) as readonly Rows[TableName][]
        const again = rows.map((row) => ({
          ...row,
          ...('transferCount' in row && typeof row.transferCount === 'number' ? {transferCount: 99} : {}),
        }))
        const fresh = rows.map((row) => ({...row, id: `${row.id}~`}))
        return [
          table,
          isState(table)
            ? {inserts: [], puts: new Map([...again, ...fresh].map((row) => [row.id, row]))}
            : {inserts: fresh, puts: new Map()},
        ]
      }),
    ) as unknown as Changes
    await hot(database, 0, 0, [[1, 'a', touched]])
    const orphaned = await dumpCanonicalTables(databases.url)
    for (const {table} of Object.values(TABLES)) if (!UNFILLED.has(table)) expect(orphaned[table], table).not.toEqual(before[table])
    await hot(database, 0, 0, [[1, 'b', {}]])
    expect(await dumpCanonicalTables(databases.url)).toEqual(before)
  })

  test('case 7: a token that is sent to its own owner is as it was when a fork takes that back [INV-3] [INV-4]', async () => {
    const [art, owner] = [`0x${'7a'.repeat(20)}`, `0x${'a1'.repeat(20)}`]
    const transfer = (from: string): RawLog => ({
      address: art,
      topics: [id('Transfer(address,address,uint256)'), zeroPadValue(from, 32), zeroPadValue(owner, 32), toBeHex(7, 32)],
      data: '0x',
    })
    const [minted, sent] = await Promise.all(
      [[ZeroAddress], [ZeroAddress, owner]].map((froms) => rowsOfBlocks(froms.map((from) => [transfer(from)]))),
    )
    const stateOf = async () =>
      ((await dumpCanonicalTables(databases.url))['asset'] ?? [])
        .map((line) => JSON.parse(line))
        .map(({owner, transfer_count}) => [owner, transfer_count])
    const database = await connect()
    await writeFinal(database, changesOf(minted as Tables))
    const before = await dumpCanonicalTables(databases.url)
    const isNew = (table: TableName, key: string) => isState(table) || !(minted?.[table] ?? []).some((row) => row.id === key)
    const moved = TABLE_NAMES.map((table) => [
      table,
      ((sent?.[table] ?? []) as readonly Rows[TableName][]).filter((row) => isNew(table, row.id)),
    ])
    await hot(database, 0, 0, [[1, 'a', changesOf(Object.fromEntries(moved) as Tables)]])
    expect(await stateOf()).toEqual([[owner, 2]])
    await hot(database, 0, 0, [[1, 'b', {}]])
    expect([await stateOf(), await dumpCanonicalTables(databases.url)]).toEqual([[[owner, 1]], before])
  })

  test('COPY never fills a table of ours in a hot slice, whose rows all leave a note, and does in a final one [INV-4]', async () => {
    const statements: {hot: boolean; text: string}[] = []
    const changes = changesOf(await someTables(3))
    const hotRows = Object.values(changes).reduce((sum, table) => sum + (table?.inserts.length ?? 0) + (table?.puts.size ?? 0), 0)
    const countNotes = async () => {
      const source = await createDataSource(databases.url).initialize()
      const [row] = (await source.query(`SELECT count(*)::int AS n FROM "${stateSchema(CHAIN)}".hot_change_log WHERE index > 0`)) as {
        n: number
      }[]
      await source.destroy()
      return row?.n
    }
    const flush = async (store: Parameters<typeof createStore>[0]) => {
      const {em, tracker} = readSlice(store)
      const isHot = tracker !== null
      const {connection} = (await clientOf(em)) as unknown as {connection: Wire}
      const {query, parse} = connection
      connection.query = (text) => {
        statements.push({hot: isHot, text})
        query.call(connection, text)
      }
      connection.parse = (statement, ...more) => {
        statements.push({hot: isHot, text: statement.text})
        parse.call(connection, statement, ...more)
      }
      await createStore(store)
        .flush(changes)
        .finally(() => Object.assign(connection, {query, parse}))
    }
    const database = await connect()
    await database.transactHot2({finalizedHead: head(-1), baseHead: head(-1), newBlocks: [head(0)]}, flush)
    const noted = await countNotes()
    await database.transactHot2({finalizedHead: head(-1), baseHead: head(-1), newBlocks: []}, flush)
    await database.transact({prevHead: head(-1), nextHead: head(5), isOnTop: false} as Heads as never, flush)
    const targets = (hot: boolean) =>
      statements
        .filter((s) => s.hot === hot)
        .flatMap(({text}) => [...text.matchAll(/^\s*COPY "(\w+)"/gim)].map((match) => match[1] as string))
    expect(targets(true)).toEqual([])
    expect(statements.filter(({hot, text}) => hot && /^WITH given /.test(text)).length).toBeGreaterThan(10)
    expect(targets(false).some((table) => !table.startsWith('staged_'))).toBe(true)
    expect(noted).toBe(hotRows)
  })
})
