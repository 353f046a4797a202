import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {dumpCanonicalTables} from '../support/canonical'
import {type EventChain, startEventChain} from '../support/eventChain'
import {type Fault, startFaultyProxy} from '../support/faultyProxy'
import {type Running, run, waitForTip, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createRandom, intoBlocks, REGISTRY, randomLogs} from '../support/randomLogs'

let postgres: TestPostgres
let chain: EventChain
let proxy: Awaited<ReturnType<typeof startFaultyProxy>>
const started: Running[] = []

beforeAll(async () => {
  ;[postgres, chain] = await Promise.all([startPostgres(), startEventChain()])
  proxy = await startFaultyProxy(chain.url)
})
afterAll(async () => {
  await Promise.all(started.map((p) => p.kill('SIGKILL')))
  await proxy.stop()
  await Promise.all([postgres.stop(), chain.stop()])
})

async function startProcessor(name: string, rpc: string) {
  const url = await postgres.createMigrated(name)
  const config = writeConfig({
    chains: [{id: chain.chainId, rpc: [rpc], finality: 8, contracts: '*', trusted: [REGISTRY], pollIntervalMs: 100}],
  })
  const processor = run('main.js', ['--config', config.path], {DB_URL: url, READY_STALL_SECONDS: '2'})
  started.push(processor)
  return {url, processor}
}

describe('a node that has a bad time [INV-1] [INV-8]', () => {
  test.each<Fault>(['429', '500', 'garbage', 'truncate', 'refuse', 'hang'])(
    '%s for a while: nothing is lost, nothing is wrong, nothing has to be started again',
    async (fault) => {
      const random = createRandom(fault.length + fault.charCodeAt(0))
      const {url, processor} = await startProcessor(`fault_${fault}`, proxy.url)
      const mine = async (blocks: number) => {
        for (const logs of intoBlocks(randomLogs(random, 20), blocks)) await chain.mine(logs)
      }
      await mine(3)
      await waitForTip(url, chain.chainId, await chain.tip(), processor)
      const before = proxy.faulted()
      proxy.set(fault)
      await mine(6)
      await new Promise((resolve) => setTimeout(resolve, 2_500))
      await mine(6)
      expect(proxy.faulted(), 'the fault was met').toBeGreaterThan(before)
      proxy.set('none')
      await waitForTip(url, chain.chainId, await chain.tip(), processor, 90_000)
      expect(processor.child.exitCode).toBeNull()
      await processor.kill('SIGKILL')

      const undisturbed = await startProcessor(`fault_${fault}_undisturbed`, chain.url)
      await waitForTip(undisturbed.url, chain.chainId, await chain.tip(), undisturbed.processor)
      await undisturbed.processor.kill('SIGKILL')
      expect(await dumpCanonicalTables(url)).toEqual(await dumpCanonicalTables(undisturbed.url))
    },
  )

  test('a node of another chain is refused with a word that says so', async () => {
    const url = await postgres.createMigrated('wrong_chain')
    const config = writeConfig({chains: [{id: 1, rpc: [chain.url], contracts: '*'}]})
    const processor = run('main.js', ['--config', config.path], {DB_URL: url})
    expect(await processor.exited).not.toBe(0)
    expect(processor.output()).toMatch(/31337/)
  })
})
