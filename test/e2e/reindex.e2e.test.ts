import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {migrate} from '../../src/store/migrate'
import {dumpCanonicalTables} from '../support/canonical'
import {type EventChain, startEventChain} from '../support/eventChain'
import {startFaultyProxy} from '../support/faultyProxy'
import {run, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createRandom, intoBlocks, REGISTRY, randomLogs} from '../support/randomLogs'

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
const reindex = async (...args: readonly string[]) => {
  const command = run('cli/main.js', ['reindex', '--config', config.path, ...args], {DB_URL: url})
  return {code: await command.exited, output: command.output()}
}

beforeAll(async () => {
  ;[postgres, chain] = await Promise.all([startPostgres(), startEventChain()])
  node = await startFaultyProxy(chain.url)
  url = await postgres.createDatabase('reindexed')
  await migrate(url)
  config = writeConfig({chains: [{id: chain.chainId, rpc: [node.url], finality: 2, contracts: '*', trusted: [REGISTRY]}]})
  for (const logs of intoBlocks(randomLogs(createRandom(11), 200), END + 2)) await chain.mine(logs)
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
    expect(Object.values(again).every((rows) => rows.length > 0)).toBe(true)
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
