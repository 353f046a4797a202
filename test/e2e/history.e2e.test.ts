import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {Client} from 'pg'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {dumpCanonicalTables} from '../support/canonical'
import {type EventChain, startEventChain} from '../support/eventChain'
import {startFaultyProxy} from '../support/faultyProxy'
import {run, writeConfig} from '../support/indexer'
import {ownEvents, ownFactories} from '../support/ownShapes'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createRandom, intoBlocks, REGISTRY, randomLogs, UNFILLED} from '../support/randomLogs'

let postgres: TestPostgres
let chain: EventChain
let node: Awaited<ReturnType<typeof startFaultyProxy>>
let url: string
let config: ReturnType<typeof writeConfig>
let first: Awaited<ReturnType<typeof dumpCanonicalTables>>

const [MIDDLE, END] = [9, 20]

const indexTo = async (block: number) => {
  const processor = run('main.js', ['--config', config.path, '--to', String(block)], {DB_URL: url})
  expect(await processor.exited, processor.output()).toBe(0)
}
const give = async (name: string, ...args: readonly string[]) => {
  const command = run('cli/main.js', [name, '--config', config.path, ...args], {DB_URL: url})
  return {code: await command.exited, output: command.output()}
}
const reindex = (...args: readonly string[]) => give('reindex', ...args)
const verify = (...args: readonly string[]) => give('verify-range', ...args)

beforeAll(async () => {
  ;[postgres, chain] = await Promise.all([startPostgres(), startEventChain()])
  node = await startFaultyProxy(chain.url)
  url = await postgres.createMigrated('reindexed')
  const own = {factories: ownFactories(REGISTRY)}
  config = writeConfig({
    chains: [{id: chain.chainId, rpc: [node.url], finality: 2, contracts: '*', trusted: [REGISTRY], ...own}],
    events: ownEvents(REGISTRY),
  })
  for (const logs of intoBlocks(randomLogs(createRandom(54), 200), END + 2)) await chain.mine(logs)
  // Two runs: the cache has two pieces.
  await indexTo(MIDDLE)
  await indexTo(END)
  first = await dumpCanonicalTables(url)
})
afterAll(async () => {
  config.remove()
  await node.stop()
  await Promise.all([postgres.stop(), chain.stop()])
})

describe('verify-range', () => {
  test('finds nothing in what was indexed, whole or in part, by another node too [INV-2]', async () => {
    const whole = await verify('--rpc', chain.url)
    expect(whole.code, whole.output).toBe(0)
    expect(whole.output).toMatch(new RegExp(`blocks 0-${END}: \\d+ rows compared with \\d+ logs, no difference`))
    const part = await verify('--from', '7', '--to', '12', '--level', 'bloom')
    expect(part.code, part.output).toBe(0)
    expect(part.output).toContain('blocks 7-12: ')
  })

  test('names block and log of what is missing, too much or changed', async () => {
    const db = new Client({connectionString: url})
    await db.connect()
    const changed = async (sql: string) => {
      const {rows} = await db.query<{block_number: number; log_index: number}>(sql)
      expect(rows).toHaveLength(1)
      return `block ${rows[0]?.block_number} log ${rows[0]?.log_index}: `
    }
    const one = (table: string) => `id = (SELECT min(id) FROM ${table} WHERE block_number > 2)`
    const tampered = await changed(
      `UPDATE transfer SET "to" = '0x00000000000000000000000000000000000000ff' WHERE ${one('transfer')} RETURNING *`,
    )
    const deleted = await changed(`DELETE FROM license_event WHERE ${one('license_event')} RETURNING *`)
    const unreadable = await changed(`DELETE FROM decode_failure WHERE ${one('decode_failure')} RETURNING *`)
    const invented = await changed(
      `INSERT INTO metadata_change SELECT (jsonb_populate_record(m, jsonb_build_object('id', left(id, 28) || '999999-000000', 'log_index', 999999))).*
       FROM metadata_change m WHERE ${one('metadata_change')} RETURNING *`,
    )
    const {rows} = await db.query<{number: number}>(
      `UPDATE block SET hash = '0xdead' WHERE number = (SELECT max(number) FROM block WHERE number <= ${END}) RETURNING number`,
    )
    await db.end()

    const {code, output} = await verify('--rpc', chain.url)
    expect(code, output).toBe(1)
    expect(output).toMatch(new RegExp(`${tampered}transfer \\S+ differs: to is 0x0+ff, the chain says 0x`))
    expect(output).toMatch(new RegExp(`${deleted}license_event \\S+ is missing`))
    expect(output).toMatch(new RegExp(`${unreadable}decode_failure \\S+ is missing`))
    expect(output).toMatch(new RegExp(`${invented}metadata_change \\S+ is stored, but no log says so`))
    expect(output).toMatch(new RegExp(`block ${rows[0]?.number}: block \\S+ differs: hash is 0xdead, the chain says 0x`))
    expect(output).toContain('5 differences')
  })

  test('says so when no node answers, and what it cannot check', async () => {
    node.set('refuse')
    const dead = await verify('--patience', '1')
    node.set('none')
    expect(dead).toMatchObject({code: 1, output: expect.stringContaining('no node gives a good answer')})
    expect(await verify('--to', '21')).toMatchObject({code: 2, output: expect.stringContaining(`only up to ${END}`)})
  })
})

describe('reindex', () => {
  test('builds every table again from the log cache, and asks no node for anything [INV-1]', async () => {
    const before = node.asked().length
    node.set('refuse')
    const {code, output} = await reindex()
    node.set('none')
    expect(code, output).toBe(0)
    expect(output).toContain(`blocks 0-${END}`)
    expect(output).toContain('no node will be asked')
    expect(node.asked().length).toBe(before)
    const again = await dumpCanonicalTables(url)
    expect(again).toEqual(first)
    expect(Object.keys(again).filter((table) => !UNFILLED.has(table) && again[table]?.length === 0)).toEqual([])
  })

  test('what the cache has lost is listed, and alone fetched again', async () => {
    const [piece] = readdirSync(config.dir, {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith(`-${MIDDLE}.seg`))
    const path = join(config.dir, String(piece))
    writeFileSync(path, readFileSync(path).subarray(0, -1))
    const dry = await reindex('--dry-run')
    expect(dry.code, dry.output).toBe(0)
    expect(dry.output).toMatch(new RegExp(`damaged: .*-${MIDDLE}\\.seg`))
    expect(dry.output).toContain(`to be fetched from the nodes: 0-${MIDDLE}\n`)

    const before = node.asked().length
    const {code, output} = await reindex()
    expect(code, output).toBe(0)
    expect(await dumpCanonicalTables(url)).toEqual(first)
    const ranges = node
      .asked()
      .slice(before)
      .flatMap((body) => [...body.matchAll(/"fromBlock":"(\w+)","toBlock":"(\w+)"/g)].map(([, from, to]) => [Number(from), Number(to)]))
    expect(ranges.length).toBeGreaterThan(0)
    for (const [from, to] of ranges) expect([from, to], 'within what was lost').toEqual([0, MIDDLE])
  })
})
