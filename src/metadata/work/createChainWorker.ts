import type {Pool} from 'pg'
import type {ChainId} from '../../domain/caip'
import {createBatchReader} from '../call/multicall'
import {type ContractReader, NodeUnavailable} from '../ethCall'
import type {DocumentFetcher} from '../fetch/createDocumentFetcher'
import {createResultStore} from '../queue/createResultStore'
import {describeJobs} from '../queue/describeJobs'
import {type Job, leaseJobs, returnJobs} from '../queue/leaseJobs'
import {BACKGROUND} from '../queue/priority'
import {createPace} from './createPace'
import {choosePin, planTasks} from './planTasks'
import {type Planned, type Processed, processTask} from './processTask'
import {runLane} from './runLane'

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

const RETURN_MS = 5_000
const PAUSE_MS = 1_000
/** Jobs described, and their contracts called, at once. */
const MOST_BATCH = 128

/** Reads the documents of one chain: takes what is due, the asked-for first, as long as it is not stopped. */
export function createChainWorker(options: ChainWorkerOptions): ChainWorker {
  const {pool, chainId, reader, concurrency} = options
  const batch = createBatchReader(reader)
  const stopping = new AbortController()
  const {signal} = stopping
  const processing = {pool, results: createResultStore(pool), fetcher: options.fetcher, signal}
  const pace = createPace(options.backgroundPerSecond)

  const plan = async (jobs: readonly Job[]): Promise<readonly Planned[]> => {
    try {
      const [described, head] = await Promise.all([describeJobs(pool, chainId, jobs), reader.fetchHead()])
      const planned = await planTasks(batch, described, choosePin(head, described.indexed))
      options.onTrouble(null)
      return planned
    } catch (error) {
      await returnJobs(pool, jobs, RETURN_MS)
      throw error
    }
  }

  const take = async (most: number, isForAsked: boolean): Promise<readonly Planned[]> => {
    const limit = Math.min(most, MOST_BATCH)
    const others = isForAsked ? {active: 0, background: 0} : {active: limit, background: pace.available()}
    const jobs = await leaseJobs(pool, {chainId, asked: limit, ...others, limit})
    pace.take(jobs.filter(({priority}) => priority === BACKGROUND).length)
    return jobs.length === 0 ? [] : plan(jobs)
  }

  /** What broke off keeps its lease, and comes back when that ends. */
  const report = (error: unknown): void => {
    if (!signal.aborted) options.onTrouble(error instanceof Error ? error : new Error(String(error)))
  }

  const work = async (planned: Planned, leave: () => void): Promise<void> => {
    try {
      const what = await processTask(processing, planned, leave)
      if (what === 'interrupted') await returnJobs(pool, [planned.task], 0)
      options.onProcessed(what)
    } catch (error) {
      report(error)
    }
  }

  const laneOf = (places: number, ahead: number, isForAsked: boolean) =>
    runLane<Planned>({
      ...{places, ahead, work, signal},
      take: (most) => take(most, isForAsked),
      giveBack: (planned) =>
        returnJobs(
          pool,
          planned.map(({task}) => task),
          0,
        ),
      rankOf: ({task}) => task.priority,
      pauseAfter: (error) => (error instanceof NodeUnavailable ? RETURN_MS : PAUSE_MS),
      onTrouble: report,
    })

  const done = Promise.all([
    laneOf(Math.max(1, concurrency >> 2), 0, true),
    laneOf(concurrency, Math.min(MOST_BATCH, concurrency), false),
  ]).then(() => {})
  return {
    done,
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}
