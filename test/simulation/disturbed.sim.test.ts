import {afterAll, beforeAll, expect, test} from 'vitest'
import {dumpCanonicalTables} from '../support/canonical'
import {startEventChain} from '../support/eventChain'
import {type Fault, startFaultyProxy} from '../support/faultyProxy'
import {type Running, run, waitForTip, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createRandom, intoBlocks, REGISTRY, randomLogs} from '../support/randomLogs'

/** `npm run test:sim -- --seeds 50 --from 1`: each seed is another history of blocks, forks, faults and kills. */
const SEEDS = Number(process.env['SIM_SEEDS'] || 2)
const FROM = Number(process.env['SIM_FROM'] || 1)
const FINALITY = 8
const FAULTS: readonly Fault[] = ['429', '500', 'garbage', 'truncate', 'refuse']

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

test.each(Array.from({length: SEEDS}, (_, i) => FROM + i))(
  'seed %i: forks, kills and faults end in the tables of an undisturbed run [INV-1] [INV-4]',
  async (seed) => {
    const random = createRandom(seed)
    const below = (n: number) => Math.floor(random() * n)
    const chain = await startEventChain()
    const proxy = await startFaultyProxy(chain.url)
    const started: Running[] = []
    const configs: ReturnType<typeof writeConfig>[] = []
    const start = (database: string, rpc: string) => {
      const config = writeConfig({
        chains: [{id: chain.chainId, rpc: [rpc], finality: FINALITY, contracts: '*', trusted: [REGISTRY], pollIntervalMs: 100}],
      })
      configs.push(config)
      const processor = run('main.js', ['--config', config.path], {DB_URL: database})
      started.push(processor)
      return processor
    }
    const newDatabase = async (name: string) => {
      const url = await postgres.createMigrated(`sim_${seed}_${name}`)
      return url
    }
    const mine = async (blocks: number) => {
      for (const logs of intoBlocks(randomLogs(random, 10), blocks)) await chain.mine(logs)
    }
    const acts: readonly (() => Promise<void>)[] = [
      () => mine(1 + below(4)),
      async () => {
        // Never deeper than what the processor takes as final.
        const snapshot = await chain.snapshot()
        await mine(1 + below(FINALITY - 3))
        await new Promise((resolve) => setTimeout(resolve, below(1_200)))
        await chain.revert(snapshot)
        await mine(1 + below(FINALITY - 3))
      },
      async () => {
        await processor.kill('SIGKILL')
        await mine(below(3))
        processor = start(url, proxy.url)
      },
      async () => {
        proxy.set(FAULTS[below(FAULTS.length)] as Fault)
        await mine(1 + below(3))
        await new Promise((resolve) => setTimeout(resolve, below(1_500)))
        proxy.set('none')
      },
      () => new Promise((resolve) => setTimeout(resolve, below(800))),
    ]
    const url = await newDatabase('disturbed')
    await mine(2)
    let processor = start(url, proxy.url)
    try {
      for (let act = 0; act < 12; act++) await acts[below(acts.length)]?.()
      // What was reverted may have been longer than what came: the chain grows past it.
      for (let i = 0; i < FINALITY; i++) await chain.mine([])
      await waitForTip(url, chain.chainId, await chain.tip(), processor, 90_000)
      const calm = await newDatabase('calm')
      await waitForTip(calm, chain.chainId, await chain.tip(), start(calm, chain.url), 90_000)
      await Promise.all(started.map((p) => p.kill('SIGKILL')))
      expect(await dumpCanonicalTables(url)).toEqual(await dumpCanonicalTables(calm))
    } finally {
      await Promise.all(started.map((p) => p.kill('SIGKILL')))
      for (const {remove} of configs) remove()
      await proxy.stop()
      await chain.stop()
    }
  },
)
