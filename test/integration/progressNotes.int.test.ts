import {pino} from 'pino'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type ProgressView, startProgressNotes} from '../../src/progressNotes'
import {HEAD, startApiUnderTest} from '../support/apiUnderTest'
import {CHAIN, GENESIS} from '../support/filledDatabase'

let app: Awaited<ReturnType<typeof startApiUnderTest>>
beforeAll(async () => {
  app = await startApiUnderTest()
})
afterAll(() => app.stop())

const silent = pino({level: 'silent'})
const STATUS = `{ status { chains { problem indexedBlock { number hash timestamp } finalizedBlock { number } headBlock lagBlocks lagSeconds
  progress { firstBlock targetBlock share eventsPerSecond blocksPerSecond secondsLeft finalityRule } } } }`
const status = async () => (await app.answer(STATUS)).status.chains[0]

test('status tells how far behind the head a chain is, how fast it goes, and when it will be there', async () => {
  expect(await status()).toMatchObject({indexedBlock: {number: HEAD}, headBlock: null, lagBlocks: null, lagSeconds: null, progress: null})
  let view: ProgressView = {head: HEAD + 10, headSeenAtMs: Date.now(), rates: {eventsPerSecond: 50, blocksPerSecond: 2}, problem: null}
  const chain = {id: CHAIN, startBlock: 9, endBlock: null, finality: 'finalized'} as const
  const notes = startProgressNotes(chain, app.url, () => view, silent)
  await notes.note()
  const behind = await status()
  expect(behind).toMatchObject({
    indexedBlock: {number: HEAD, timestamp: new Date((GENESIS + HEAD * 12) * 1000).toISOString()},
    headBlock: HEAD + 10,
    lagBlocks: 10,
    progress: {
      firstBlock: 9,
      targetBlock: HEAD + 10,
      share: 0.5,
      eventsPerSecond: 50,
      blocksPerSecond: 2,
      secondsLeft: 5,
      finalityRule: 'the finalized tag',
    },
  })
  expect(behind.lagSeconds).toBeGreaterThan(1_000_000)
  // The same with every answer, in a transaction and by a single statement, which answers that come again are given by.
  const told = {timestamp: new Date((GENESIS + HEAD * 12) * 1000).toISOString(), number: HEAD}
  for (let i = 0; i < 5; i++)
    expect((await app.ask('{ transfers(first: 1) { nodes { id } } }')).extensions).toMatchObject({
      indexer: {chains: [{indexedBlock: told, lastEventAt: told.timestamp, headBlock: HEAD + 10, lagBlocks: 10}]},
    })
  view = {head: HEAD, headSeenAtMs: Date.now(), rates: null, problem: null}
  await notes.note()
  expect(await status()).toMatchObject({lagBlocks: 0, lagSeconds: 0, progress: {share: 1, eventsPerSecond: null, secondsLeft: 0}})
  await notes.close()
})

test('status tells why no new blocks come, as the processor last did, and that it tells nothing any more', async () => {
  let problem: string | null = 'no new head for 700 s: the nodes stand at block 19'
  const notesOf = (endBlock: number | null) =>
    startProgressNotes(
      {id: CHAIN, startBlock: 9, endBlock, finality: 'finalized'},
      app.url,
      () => ({head: HEAD, headSeenAtMs: null, rates: null, problem}),
      silent,
    )
  const notes = notesOf(null)
  await notes.note()
  expect((await status()).problem).toBe('no new head for 700 s: the nodes stand at block 19')
  problem = null
  await notes.note()
  expect((await status()).problem).toBeNull()
  await notes.close()
  const passTime = () => app.pool.query(`UPDATE chain_progress SET noted_at = noted_at - interval '61 s'`)
  await passTime()
  expect((await status()).problem).toMatch(/^the processor has told nothing for 6\d s$/)
  const done = notesOf(HEAD)
  await done.note()
  await done.close()
  await passTime()
  expect((await status()).problem).toBeNull()
})

test('a database that is away stops no processor', async () => {
  const notes = startProgressNotes(
    {id: CHAIN, startBlock: 0, endBlock: 5, finality: 12},
    'postgres://nobody@127.0.0.1:1/none',
    () => ({head: null, headSeenAtMs: null, rates: null, problem: null}),
    silent,
  )
  await expect(notes.note()).resolves.toBeUndefined()
  await notes.close()
})
