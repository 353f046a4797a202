import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {loadKeccak} from '../../src/chain/keccak'
import {flatten, openGateway, readRange} from '../support/gatewayReader'
import {type RpcServer, startRpcServer} from '../support/rpcServer'
import {buildChain, type SyntheticChain} from '../support/syntheticChain'

const HEAD = 400
const END = 380
let dir: string
let chain: SyntheticChain
let node: RpcServer

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'log-cache-'))
  chain = buildChain(await loadKeccak(), {blocks: HEAD + 1})
  node = await startRpcServer({chain})
})
afterEach(async () => {
  await node.stop()
  rmSync(dir, {recursive: true, force: true})
})

type Settings = Parameters<typeof openGateway>[1]

/** One run of a processor: what it read, and what the node was asked for it. */
async function index(settings: Settings = {}, to = END) {
  const before = node.calls['eth_getLogs'] ?? 0
  const gateway = await openGateway([node.url], {cacheDir: dir, ...settings})
  const blocks = flatten(await readRange(gateway.url, 0, to))
  await gateway.close()
  return {blocks, notes: gateway.notes, status: gateway.status(), asked: (node.calls['eth_getLogs'] ?? 0) - before}
}

const segments = () => readdirSync(dir, {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('.seg'))
const SMALL: Settings = {tuning: {maxRange: 32}}

describe('the raw-log cache', () => {
  test('a second run gives the same blocks and asks no node for logs [INV-1]', async () => {
    const first = await index()
    const second = await index()
    expect(second.blocks).toEqual(first.blocks)
    expect([first.asked > 0, second.asked]).toEqual([true, 0])
  })

  test('a second run works with all nodes down', async () => {
    const first = await index()
    node.fault({kind: 'refuse'})
    expect((await index()).blocks).toEqual(first.blocks)
  })

  test('what is new is fetched, what is known is not', async () => {
    await index({}, 200)
    const partial = await index()
    const again = await index()
    expect(again.blocks).toEqual(partial.blocks)
    expect(again.asked).toBe(0)
  })

  test.each(['flipped', 'cut', 'emptied', 'renamed'])('a segment that was %s is noticed, dropped and fetched again', async (how) => {
    const first = await index()
    const [name] = segments()
    const path = join(dir, name as string)
    const bytes = readFileSync(path)
    if (how === 'flipped') bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1
    if (how === 'renamed') {
      rmSync(path)
      writeFileSync(path.replace(/\d+-\d+\.seg$/, '0-390.seg'), bytes)
    } else writeFileSync(path, how === 'cut' ? bytes.subarray(0, bytes.length - 9) : how === 'emptied' ? '' : bytes)
    const second = await index()
    expect(second.blocks).toEqual(first.blocks)
    expect(second.notes.map(({message}) => message).join()).toContain('damaged')
    expect(second.status.cache?.damaged).toBe(1)
    expect((await index()).asked).toBe(0)
  })

  test('another set of contracts has a cache of its own', async () => {
    await index()
    const gateway = await openGateway([node.url], {cacheDir: dir})
    const blocks = await readRange(gateway.url, 0, END, {logs: [{address: [chain.blocks[0]?.logs[0]?.address]}]})
    await gateway.close()
    expect(new Set(blocks.flatMap(({logs = []}) => logs.map(({address}) => address))).size).toBe(1)
  })

  test('logs that were checked less do not serve who asks for more, but the other way round they do', async () => {
    await index({verification: 'none'})
    expect((await index({verification: 'bloom'})).asked).toBeGreaterThan(0)
    expect((await index({verification: 'none'})).asked).toBe(0)
  })

  test('a chain that was started anew under the same id is not taken for the old one', async () => {
    await index()
    await node.stop()
    chain = buildChain(await loadKeccak(), {blocks: HEAD + 1, seed: 2})
    node = await startRpcServer({chain})
    const anew = await index()
    expect(anew.blocks[0]).toContain(chain.blocks[0]?.hash)
    expect(anew.notes.map(({message}) => message).join()).toContain('another chain with the same id')
    expect((await index()).blocks).toEqual(anew.blocks)
  })

  test('nothing that is not final is kept', async () => {
    await index()
    expect(Math.max(...segments().map((name) => Number(/-(\d+)\.seg$/.exec(name)?.[1])))).toBeLessThanOrEqual(HEAD - 8)
  })

  test('above the limit the oldest goes, is listed, and alone is fetched again', async () => {
    const dense = await index(SMALL, 100)
    const [first] = segments()
    const limit = readFileSync(join(dir, first as string)).length + 10
    await index({cacheMaxBytes: limit})
    const listed = readdirSync(dir, {recursive: true, encoding: 'utf8'}).find((name) => name.endsWith('evicted.jsonl'))
    expect(listed && JSON.parse(readFileSync(join(dir, listed), 'utf8').split('\n')[0] as string)).toMatchObject({from: 0, to: 100})
    expect((await index({}, 100)).blocks).toEqual(dense.blocks)
  })
})
