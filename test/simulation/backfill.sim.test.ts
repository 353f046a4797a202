import {afterAll, beforeAll, expect, test} from 'vitest'
import {loadKeccak} from '../../src/chain/keccak'
import {dumpCanonicalTables} from '../support/canonical'
import {type Running, readTip, run, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {PROVIDER_WORDS} from '../support/providerWords'
import {createRandom} from '../support/randomLogs'
import {type NodeFault, startRpcServer} from '../support/rpcServer'
import {buildChain} from '../support/syntheticChain'

/** `npm run test:sim -- --seeds 50 --from 1`: each seed is another chain, read over nodes that go bad and get well, by a processor that is killed. */
const SEEDS = Number(process.env['SIM_SEEDS'] || 2)
const FROM = Number(process.env['SIM_FROM'] || 1)
const LIVES = 4
const WORDS = Object.values(PROVIDER_WORDS)

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

/** Small ranges and slow answers, so that a kill meets a backfill on its way: the first life's, whatever the machine has to do beside it. */
const limitOf = (below: (n: number) => number, life: number): readonly NodeFault[] => [
  {kind: 'slow', ms: (life === 1 ? 140 : 10) + below(40)},
  {kind: 'range-limit', maxBlocks: 8 + below(24), words: WORDS[below(WORDS.length)] as (typeof WORDS)[number]},
]

const troubleOf = (below: (n: number) => number): readonly NodeFault[] => {
  const troubles: readonly NodeFault[] = [
    {kind: 'status', status: 429, retryAfter: '0.1', times: 1 + below(6)},
    {kind: 'status', status: 500, times: 1 + below(6)},
    {kind: 'error', code: -32603, message: 'internal error', times: 1 + below(6)},
    {kind: 'truncate', times: 1 + below(4)},
    {kind: 'refuse', times: 1 + below(10)},
    {kind: 'missing-logs', mode: (['all', 'tail', 'half', 'one'] as const)[below(4)] as 'all', times: 1 + below(10)},
    {kind: 'null-blocks', times: 1 + below(4)},
    {kind: 'invented-log', times: 1 + below(2)},
  ]
  return Array.from({length: 1 + below(2)}, () => troubles[below(troubles.length)] as NodeFault)
}

/** Some blocks are committed, or a life is spent without. */
async function untilHeight(url: string, height: number): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 20)))
    if (((await readTip(url, 1337).catch(() => null))?.height ?? -1) > height) return
}

test.each(Array.from({length: SEEDS}, (_, i) => FROM + i))(
  'seed %i: a backfill over bad nodes, killed at random points, ends in the tables of a clean one [INV-1] [INV-2]',
  async (seed) => {
    const random = createRandom(seed * 7919)
    const below = (n: number) => Math.floor(random() * n)
    const chain = buildChain(await loadKeccak(), {blocks: 400 + below(400), seed})
    const nodes = await Promise.all(Array.from({length: 3}, () => startRpcServer({chain})))
    const started: Running[] = []
    const end = chain.head() - 10
    const config = writeConfig({chains: [{id: 1337, rpc: nodes.map(({url}) => url), contracts: '*', pollIntervalMs: 50}]})
    const start = (database: string) => {
      const processor = run('main.js', ['--config', config.path, '--to', String(end)], {DB_URL: database})
      started.push(processor)
      return processor
    }
    const clean = async () => {
      const url = await postgres.createMigrated(`backfill_${seed}_clean`)
      const honest = await startRpcServer({chain})
      const calm = writeConfig({chains: [{id: 1337, rpc: [honest.url], contracts: '*'}]})
      const processor = run('main.js', ['--config', calm.path, '--to', String(end)], {DB_URL: url})
      expect(await processor.exited, processor.output().slice(-3_000)).toBe(0)
      await honest.stop()
      calm.remove()
      return dumpCanonicalTables(url)
    }
    try {
      const url = await postgres.createMigrated(`backfill_${seed}`)
      const heights: number[] = []
      for (let life = 1; life <= LIVES; life++) {
        // One of three is honest at any time; two that lie do not lie alike.
        const honest = below(3)
        nodes.forEach((node, i) => void node.fault(...limitOf(below, life), ...(i === honest ? [] : troubleOf(below))))
        const processor = start(url)
        await untilHeight(url, below(Math.ceil((end * life) / LIVES)))
        // The first life ends at once where it is: on a fast machine there would be nothing left to kill.
        await new Promise((resolve) => setTimeout(resolve, life === 1 ? 0 : below(300)))
        await processor.kill('SIGKILL')
        heights.push((await readTip(url, 1337))?.height ?? -1)
      }
      nodes.forEach((node) => void node.fault())
      const last = start(url)
      expect(await last.exited, last.output().slice(-3_000)).toBe(0)
      expect(
        heights.some((height) => height >= 0 && height < end),
        `killed on its way: ${heights} of ${end}`,
      ).toBe(true)
      expect(heights, 'a life never loses what the one before had').toEqual(heights.toSorted((a, b) => a - b))
      expect(await dumpCanonicalTables(url)).toEqual(await clean())
    } finally {
      await Promise.all(started.map((processor) => processor.kill('SIGKILL')))
      await Promise.all(nodes.map((node) => node.stop()))
      config.remove()
    }
  },
)
