import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type CanonicalTables, dumpCanonicalTables} from '../support/canonical'
import {type EventChain, startEventChain} from '../support/eventChain'
import {type Running, run, waitForTip, writeConfig} from '../support/indexer'
import {ownEvents, ownFactories} from '../support/ownShapes'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {createRandom, intoBlocks, REGISTRY, randomLogs, UNFILLED} from '../support/randomLogs'

let postgres: TestPostgres
let chain: EventChain
const started: Running[] = []

beforeAll(async () => {
  ;[postgres, chain] = await Promise.all([startPostgres(), startEventChain()])
})
afterAll(async () => {
  await Promise.all(started.map((p) => p.kill('SIGKILL')))
  await Promise.all([postgres.stop(), chain.stop()])
})

const configOf = (rpc: string, finality: number) => ({
  chains: [
    {id: chain.chainId, rpc: [rpc], finality, contracts: '*', trusted: [REGISTRY], factories: ownFactories(REGISTRY), pollIntervalMs: 100},
  ],
  events: ownEvents(REGISTRY),
})

async function startProcessor(database: string, finality: number) {
  const config = writeConfig(configOf(chain.wsUrl, finality))
  const processor = run('main.js', ['--config', config.path], {DB_URL: database})
  started.push(processor)
  void processor.exited.then(config.remove)
  return processor
}

/** Over a socket an idle chain is indexed to its last final block until a new head comes, so one comes until it is seen. */
async function reachHead(database: string, processor: Running) {
  const deadline = Date.now() + 60_000
  for (;;) {
    const tip = await chain.mine([])
    const reached = await waitForTip(database, chain.chainId, tip, processor, 1_000).then(
      () => true,
      (error: Error) => {
        if (processor.child.exitCode !== null || Date.now() > deadline) throw error
        return false
      },
    )
    if (reached) return
  }
}

async function newDatabase(name: string): Promise<string> {
  const url = await postgres.createMigrated(name)
  return url
}

/** What a processor that never saw the fork makes of the chain as it stands. */
async function dumpUndisturbed(name: string, finality: number): Promise<CanonicalTables> {
  const url = await newDatabase(name)
  const processor = await startProcessor(url, finality)
  await reachHead(url, processor)
  await processor.kill('SIGKILL')
  return dumpCanonicalTables(url)
}

async function mineAll(seed: number, blocks: number, more: number) {
  for (const logs of intoBlocks(randomLogs(createRandom(seed), more), blocks)) await chain.mine(logs)
}

const FINALITY = 50

const FORKS = [
  {title: 'of the same height', before: 6, after: 6, seed: 606},
  {title: 'to a longer chain', before: 4, after: 6, seed: 406},
  {title: 'to a shorter chain that grows back', before: 6, after: 3, seed: 603},
]

describe('a fork removes exactly what it orphaned, in every table [INV-4]', () => {
  test('of the same height, then to a longer chain, then to a shorter chain that grows back, all seen by one process', async () => {
    const url = await newDatabase('forked')
    await mineAll(606, 3, 30)
    const processor = await startProcessor(url, FINALITY)
    await reachHead(url, processor)
    for (const {title, before, after, seed} of FORKS) {
      const snapshot = await chain.snapshot()
      await mineAll(seed + 1, before, 60)
      const orphaned = await chain.tip()
      await waitForTip(url, chain.chainId, orphaned, processor)
      const orphanedTables = await dumpCanonicalTables(url)
      for (const [table, rows] of Object.entries(orphanedTables))
        if (!UNFILLED.has(table)) expect(rows.length, `${title}: ${table} has rows to lose`).toBeGreaterThan(0)

      await chain.revert(snapshot)
      await mineAll(seed + 2, after, 60)
      if (after < before) for (let i = after; i <= before; i++) await chain.mine([])
      const tip = await chain.tip()
      await waitForTip(url, chain.chainId, tip, processor)
      expect(tip.hash, title).not.toBe(orphaned.hash)
      expect(await dumpCanonicalTables(url), title).not.toEqual(orphanedTables)
    }
    expect(processor.child.exitCode, 'one process saw it all').toBeNull()
    await processor.kill('SIGKILL')
    expect(await dumpCanonicalTables(url)).toEqual(await dumpUndisturbed('forked_undisturbed', FINALITY))
  })
})

describe('killed and started again, the tables are those of an undisturbed run [INV-1]', () => {
  test('kill -9 at random moments while blocks come in', async () => {
    const random = createRandom(99)
    const url = await newDatabase('killed')
    let kills = 0
    for (let round = 0; round < 6; round++) {
      const processor = await startProcessor(url, 5)
      const blocks = intoBlocks(randomLogs(random, 30), 4)
      const mining = (async () => {
        for (const logs of blocks) await chain.mine(logs)
      })()
      await new Promise((resolve) => setTimeout(resolve, 700 + random() * 1500))
      await processor.kill('SIGKILL')
      kills += 1
      await mining
    }
    const processor = await startProcessor(url, 5)
    await reachHead(url, processor)
    await processor.kill('SIGKILL')
    expect(kills).toBe(6)
    const undisturbed = await dumpUndisturbed('killed_undisturbed', 5)
    expect(await dumpCanonicalTables(url)).toEqual(undisturbed)
  })

  test('the database goes away and comes back', async () => {
    const url = await newDatabase('restarted')
    const processor = await startProcessor(url, 5)
    await mineAll(7, 3, 20)
    await reachHead(url, processor)
    const restart = postgres.restart(1000)
    await mineAll(8, 3, 20)
    await restart
    // Alone it stops with an error that says why; whoever supervises it starts it again.
    expect(await processor.exited).toBe(1)
    const again = await startProcessor(url, 5)
    await reachHead(url, again)
    await again.kill('SIGKILL')
    const undisturbed = await dumpUndisturbed('restarted_undisturbed', 5)
    expect(await dumpCanonicalTables(url)).toEqual(undisturbed)
  })
})

describe('a fork below what was final is taken back at the next start [INV-4]', () => {
  test('every table is that of an undisturbed run, though facts, state and the cache held the orphaned blocks', async () => {
    const url = await newDatabase('below_finality')
    const config = writeConfig(configOf(chain.wsUrl, 3))
    const start = () => {
      const processor = run('main.js', ['--config', config.path], {DB_URL: url})
      started.push(processor)
      return processor
    }
    await mineAll(31, 4, 40)
    const snapshot = await chain.snapshot()
    await mineAll(32, 12, 80)
    const before = start()
    await reachHead(url, before)
    const orphaned = await dumpCanonicalTables(url)
    await chain.revert(snapshot)
    await mineAll(33, 20, 80)

    // It cannot go on over what it took for final: it stops, and whoever supervises it starts it again.
    await chain.mine([])
    expect(await before.exited).toBe(1)
    const after = start()
    await reachHead(url, after)
    expect(after.output()).toMatch(/the chain has taken back final block \d+: rewinding/)
    await after.kill('SIGKILL')

    const again = start()
    await reachHead(url, again)
    expect(again.output(), 'once is enough').not.toContain('rewinding')
    await again.kill('SIGKILL')
    config.remove()
    const undisturbed = await dumpUndisturbed('below_finality_undisturbed', 3)
    const tables = await dumpCanonicalTables(url)
    expect(tables).toEqual(undisturbed)
    expect(tables).not.toEqual(orphaned)
  })
})
