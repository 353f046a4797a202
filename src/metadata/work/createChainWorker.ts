import type {Pool} from 'pg'
import type {ChainId} from '../../domain/caip'
import {createBatchReader} from '../call/multicall'
import {type ContractReader, NodeUnavailable} from '../ethCall'
import type {DocumentFetcher} from '../fetch/createDocumentFetcher'
import {describeJobs} from '../queue/describeJobs'
import {type Job, leaseJobs, returnJobs} from '../queue/leaseJobs'
import {ACTIVE, ASKED, BACKGROUND, type Priority} from '../queue/priority'
import {createPace} from './createPace'
import {choosePin, createMintReader, planTasks} from './planTasks'
import {type Planned, type Processed, processTask} from './processTask'

export type ChainWorkerOptions = Readonly<{
  pool: Pool
  chainId: ChainId
  reader: ContractReader
  fetcher: Pick<DocumentFetcher, 'fetch'>
  /** Documents at once; a quarter as many more are kept for those that somebody waits for. */
  concurrency: number
  backgroundPerSecond: number
  onProcessed: (what: Processed) => void
  /** What hinders, null when nothing does any more. */
  onTrouble: (error: Error | null) => void
}>

export type ChainWorker = Readonly<{
  /** Settles after `stop`. */
  done: Promise<void>
  /** What is under way is given back. */
  stop: () => Promise<void>
}>

const IDLE_MS = 250
const RETURN_MS = 5_000
const MOST_BATCH = 64

/** Reads the documents of one chain: takes what is due, the asked-for first, as long as it is not stopped. */
export function createChainWorker(options: ChainWorkerOptions): ChainWorker {
  const {pool, chainId, reader, concurrency} = options
  const batch = createBatchReader(reader)
  const stopping = new AbortController()
  const {signal} = stopping
  const processing = {pool, fetcher: options.fetcher, fetchMintUri: createMintReader(batch), signal}
  const pace = createPace(options.backgroundPerSecond)

  const lease = async (priorities: readonly Priority[], free: number): Promise<readonly Job[]> => {
    const jobs: Job[] = []
    for (const priority of priorities) {
      const left = Math.min(free - jobs.length, priority === BACKGROUND ? pace.available() : free)
      const taken = await leaseJobs(pool, {chainId, priority, limit: left})
      if (priority === BACKGROUND) pace.take(taken.length)
      jobs.push(...taken)
    }
    return jobs
  }

  const plan = async (jobs: readonly Job[]): Promise<readonly Planned[]> => {
    try {
      const described = await describeJobs(pool, chainId, jobs)
      const planned = await planTasks(batch, described, await choosePin(reader, described.indexed))
      options.onTrouble(null)
      return planned
    } catch (error) {
      await returnJobs(pool, jobs, RETURN_MS)
      throw error
    }
  }

  const work = async (planned: Planned): Promise<void> => {
    const what = await processTask(processing, planned)
    if (what === 'interrupted') await returnJobs(pool, [planned.task], 0)
    options.onProcessed(what)
  }

  /** Starts what is due whenever there is room for a batch; a slow document holds nobody up but itself. */
  const runLane = async (priorities: readonly Priority[], most: number): Promise<void> => {
    const busy = new Set<Promise<void>>()
    while (!signal.aborted) {
      const free = Math.min(most - busy.size, MOST_BATCH)
      if (free < Math.max(1, most >> 3)) {
        await Promise.race(busy)
        continue
      }
      try {
        const jobs = await lease(priorities, free)
        if (jobs.length === 0) await sleep(IDLE_MS)
        for (const planned of jobs.length === 0 ? [] : await plan(jobs)) {
          const task = work(planned)
            .catch(report)
            .finally(() => busy.delete(task))
          busy.add(task)
        }
      } catch (error) {
        report(error)
        await sleep(error instanceof NodeUnavailable ? RETURN_MS : IDLE_MS * 4)
      }
    }
    await Promise.all(busy)
  }

  /** What broke off keeps its lease, and comes back when that ends. */
  const report = (error: unknown): void => {
    if (!signal.aborted) options.onTrouble(error instanceof Error ? error : new Error(String(error)))
  }

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(end, ms)
      function end() {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      signal.addEventListener('abort', end)
    })

  const done = Promise.all([runLane([ASKED], Math.max(1, concurrency >> 2)), runLane([ASKED, ACTIVE, BACKGROUND], concurrency)]).then(
    () => {},
  )
  return {
    done,
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}
