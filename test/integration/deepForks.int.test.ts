import {TypeormDatabase} from '@subsquid/typeorm-store'
import {Client} from 'pg'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import type {ChainConfig} from '../../src/config/config'
import {createLogger} from '../../src/process/logger'
import {rewindIfOrphaned} from '../../src/rewindIfOrphaned'
import {ChainDatabase, stateSchema} from '../../src/store/database'
import {createStore} from '../../src/store/store'
import {dumpCanonicalTables} from '../support/canonical'
import {CHAIN} from '../support/filledDatabase'
import {useMigratedDatabases} from '../support/migratedDatabases'

const databases = useMigratedDatabases()
let database: ChainDatabase

beforeEach(async () => {
  database = new ChainDatabase(databases.url, CHAIN)
  await database.connect()
})
afterEach(() => database.disconnect())

type Head = Readonly<{height: number; hash: string}>
const head = (height: number, branch = 'a'): Head => ({height, hash: height < 0 ? '0x' : `0x${branch}${height}`})
const heads = (from: number, to: number, branch: string) => Array.from({length: to - from + 1}, (_, i) => head(from + i, branch))

const insert = (store: Parameters<typeof createStore>[0], blocks: readonly Head[]) =>
  createStore(store).flush({
    Block: {
      inserts: blocks.map(({height, hash}) => ({
        id: `${CHAIN}-${height}`,
        chainId: BigInt(CHAIN),
        number: height,
        hash,
        timestamp: new Date(0),
      })),
      puts: new Map(),
    },
  })

const writeFinal = (prevHead: Head, blocks: readonly Head[]) =>
  database.transact({prevHead, nextHead: blocks.at(-1) as Head, isOnTop: true} as never, (store) => insert(store, blocks))

/** `failAt`: place of a block that cannot be indexed. */
const writeHot = (finalizedHead: Head, baseHead: Head, newBlocks: Head[], failAt = Number.POSITIVE_INFINITY) =>
  database.transactHot2({finalizedHead, baseHead, newBlocks}, async (store, from, to) => {
    if (to > failAt) throw new Error('killed')
    await insert(store, newBlocks.slice(from, to))
  })

const stored = async () =>
  ((await dumpCanonicalTables(databases.url))['block'] ?? [])
    .map((row) => JSON.parse(row) as {number: number; hash: string})
    .map(({number, hash}) => head(number, hash.slice(2, 3)))
    .sort((a, b) => a.height - b.height)

async function restart() {
  await database.disconnect()
  database = new ChainDatabase(databases.url, CHAIN)
  const {height, top} = await database.connect()
  return {height, top: top.map(({height, hash}) => ({height, hash}))}
}

describe('a fork of more hot blocks than Subsquid would note one by one', () => {
  const kept = [head(0), head(1)]
  const branch = heads(2, 250, 'b')

  beforeEach(async () => {
    await writeFinal(head(-1), [head(0)])
    await writeHot(head(0), head(0), heads(1, 20, 'a'))
  })

  test('leaves each block to be found by the next start, and to be taken back by itself [INV-2] [INV-4]', async () => {
    await writeHot(head(0), head(1), branch)
    expect(await restart()).toEqual({height: 0, top: [head(1), ...branch]})
    await writeHot(head(102, 'b'), head(250, 'b'), [head(251, 'b')])
    expect(await restart()).toEqual({height: 102, top: heads(103, 251, 'b')})
    await writeFinal(head(102, 'b'), heads(103, 260, 'b'))
    expect(await stored()).toEqual([...kept, ...heads(2, 260, 'b')])
  })

  test('that is cut off on its way leaves a shorter chain, from which this process and the next one can go on [INV-2]', async () => {
    const cutOff = () => expect(writeHot(head(50, 'b'), head(1), branch, 220)).rejects.toThrow('killed')
    await cutOff()
    const reached = branch.slice(0, 199)
    expect(await stored()).toEqual([...kept, ...reached])
    await cutOff()
    expect(await restart()).toEqual({height: 0, top: [head(1), ...reached]})
    await writeHot(head(50, 'b'), reached.at(-1) as Head, branch.slice(199))
    expect(await restart()).toEqual({height: 50, top: branch.slice(49)})
    expect(await stored()).toEqual([...kept, ...branch])
  })
})

describe('hot blocks that Subsquid once noted in groups', () => {
  const start = () => rewindIfOrphaned({id: CHAIN, rpc: []} as unknown as ChainConfig, databases.url, '', createLogger('test', 'silent'))
  const inGroups = (blocks: Head[]) =>
    TypeormDatabase.prototype.transactHot2.call(
      database,
      {finalizedHead: head(0), baseHead: head(0), newBlocks: blocks},
      (store, from, to) => insert(store, blocks.slice(from, to)),
    )

  test.each([
    ['do not follow one upon the other', ''],
    ['are one group, up to whose last but one block all is final', 'DELETE FROM hot_block WHERE height > 2; UPDATE status SET height = 1'],
  ])('and that %s are taken back by the next start, with all that was final [INV-2]', async (_, sql) => {
    await writeFinal(head(-1), [head(0)])
    await inGroups(heads(1, 200, 'a'))
    await database.disconnect()
    const client = new Client({connectionString: databases.url, options: `-c search_path=${stateSchema(CHAIN)}`})
    await client.connect()
    await client.query(sql).finally(() => client.end())
    expect(await start()).toBe(true)
    expect(await stored()).toEqual([])
    expect(await restart()).toEqual({height: -1, top: []})
  })

  test('are not there where each was noted as itself', async () => {
    await writeFinal(head(-1), [head(0)])
    await writeHot(head(0), head(0), heads(1, 5, 'a'))
    await writeHot(head(2), head(5), heads(6, 6, 'a'))
    await database.disconnect()
    expect(await start()).toBe(false)
    expect(await restart()).toEqual({height: 2, top: heads(3, 6, 'a')})
  })
})
