import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type CanonicalTables, dumpCanonicalTables} from '../support/canonical'
import {type EventChain, startEventChain} from '../support/eventChain'
import {type Fault, startFaultyProxy} from '../support/faultyProxy'
import {type Running, run, waitForTip, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createRandom, intoBlocks, REGISTRY, randomLogs} from '../support/randomLogs'

/** Each has its own node between itself and the one chain, and they are disturbed at the same time: a fault is mostly waiting. */
const FAULTS: readonly Fault[] = ['429', '500', 'garbage', 'truncate', 'refuse', 'hang']

let postgres: TestPostgres
let chain: EventChain
const started: Running[] = []
const stopping: (() => Promise<void> | void)[] = []

beforeAll(async () => {
  ;[postgres, chain] = await Promise.all([startPostgres(), startEventChain()])
})
afterAll(async () => {
  await Promise.all(started.map((p) => p.kill('SIGKILL')))
  await Promise.all(stopping.map((stop) => stop()))
  await Promise.all([postgres.stop(), chain.stop()])
})

async function startProcessor(name: string, rpc: string) {
  const url = await postgres.createMigrated(name)
  const config = writeConfig({
    chains: [{id: chain.chainId, rpc: [rpc], finality: 8, contracts: '*', trusted: [REGISTRY], pollIntervalMs: 100}],
  })
  stopping.push(config.remove)
  const processor = run('main.js', ['--config', config.path], {DB_URL: url, READY_STALL_SECONDS: '2'})
  started.push(processor)
  return {url, processor}
}

async function startBehindProxy(fault: Fault) {
  const proxy = await startFaultyProxy(chain.url)
  stopping.push(proxy.stop)
  return {fault, proxy, ...(await startProcessor(`fault_${fault}`, proxy.url))}
}

async function mine(random: () => number, blocks: number) {
  for (const logs of intoBlocks(randomLogs(random, 20), blocks)) await chain.mine(logs)
}

const killed = async ({url, processor}: Awaited<ReturnType<typeof startProcessor>>) => {
  await waitForTip(url, chain.chainId, await chain.tip(), processor, 90_000)
  expect(processor.child.exitCode).toBeNull()
  await processor.kill('SIGKILL')
  return dumpCanonicalTables(url)
}

describe('a node that has a bad time [INV-1] [INV-8]', () => {
  let disturbed: readonly Awaited<ReturnType<typeof startBehindProxy>>[] = []
  let before: readonly number[] = []
  let undisturbed: CanonicalTables

  beforeAll(async () => {
    const random = createRandom(429)
    disturbed = await Promise.all(FAULTS.map(startBehindProxy))
    await mine(random, 3)
    const tip = await chain.tip()
    await Promise.all(disturbed.map(({url, processor}) => waitForTip(url, chain.chainId, tip, processor)))
    before = disturbed.map(({proxy}) => proxy.faulted())
    for (const {proxy, fault} of disturbed) proxy.set(fault)
    await mine(random, 6)
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    await mine(random, 6)
    undisturbed = await killed(await startProcessor('undisturbed', chain.url))
  })

  test.each(FAULTS)('%s for a while: nothing is lost, nothing is wrong, nothing has to be started again', async (fault) => {
    const i = FAULTS.indexOf(fault)
    const one = disturbed[i]
    if (!one) throw new Error(`nothing was started for ${fault}`)
    expect(one.proxy.faulted(), 'the fault was met').toBeGreaterThan(before[i] ?? 0)
    one.proxy.set('none')
    expect(await killed(one)).toEqual(undisturbed)
  })

  test('a node of another chain is refused with a word that says so', async () => {
    const url = await postgres.createMigrated('wrong_chain')
    const config = writeConfig({chains: [{id: 1, rpc: [chain.url], contracts: '*'}]})
    stopping.push(config.remove)
    const processor = run('main.js', ['--config', config.path], {DB_URL: url})
    expect(await processor.exited).not.toBe(0)
    expect(processor.output()).toMatch(/31337/)
  })
})
