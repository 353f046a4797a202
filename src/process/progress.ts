import {Counter, Gauge, Histogram, type Registry} from 'prom-client'
import type {Logger} from './logger'

/** What a batch came to; milliseconds per stage. */
export type Batch = Readonly<{
  height: number
  isHead: boolean
  blocks: number
  events: number
  failures: number
  decodeMs: number
  foldMs: number
}>

/** Over the last seconds in which something was indexed. */
export type Rates = Readonly<{eventsPerSecond: number; blocksPerSecond: number}>

export type Progress = Readonly<{
  /** Where the last run stopped. */
  resume: (height: number) => void
  report: (batch: Batch) => void
  /** Milliseconds that a batch took to write, which happens while the next one is folded. */
  written: (milliseconds: number) => void
  /** Indexes for readers that are still to be built; no blocks are indexed until there are none. */
  building: (indexesLeft: number) => void
  indexesLeft: () => number
  lastBatchAt: () => number | null
  height: () => number | null
  /** Null until a while has passed. */
  rates: () => Rates | null
}>

const LOG_EVERY_MS = 5_000

function buildMeters(registry: Registry) {
  const registers = [registry]
  return {
    events: new Counter({name: 'indexer_events_total', help: 'Domain events folded', registers}),
    failures: new Counter({name: 'indexer_decode_failures_total', help: 'Logs that could not be decoded', registers}),
    indexes: new Gauge({name: 'indexer_indexes_to_build', help: 'Indexes for readers that are being built after a backfill', registers}),
    indexed: new Gauge({name: 'indexer_indexed_block', help: 'Last indexed block', registers}),
    stages: new Histogram({
      name: 'indexer_stage_seconds',
      help: 'Time of a batch by stage',
      labelNames: ['stage'],
      buckets: [0.001, 0.01, 0.1, 1, 10],
      registers,
    }),
  }
}

/** Counts, metrics, and a line every five seconds while there is something to tell. A batch that is retried counts twice. */
export function createProgress(logger: Logger, registry: Registry, target: () => number | null): Progress {
  const {events, failures, indexes, indexed, stages} = buildMeters(registry)
  let height: number | null = null
  let lastBatchAt: number | null = null
  let indexesLeft = 0
  let rates: Rates | null = null
  let since = {at: Date.now(), height: null as number | null, events: 0}

  const log = (isHead: boolean) => {
    const seconds = (Date.now() - since.at) / 1000
    const blocksPerSecond = height !== null && since.height !== null ? (height - since.height) / seconds : 0
    const end = target()
    const left = end !== null && height !== null && blocksPerSecond > 0 ? Math.max(0, Math.round((end - height) / blocksPerSecond)) : null
    rates = {eventsPerSecond: since.events / seconds, blocksPerSecond}
    logger.info(
      {
        block: height,
        of: end,
        blocksPerSecond: Math.round(blocksPerSecond),
        eventsPerSecond: Math.round(since.events / seconds),
        secondsLeft: isHead ? 0 : left,
      },
      isHead ? 'at the head' : 'indexing',
    )
    since = {at: Date.now(), height, events: 0}
  }

  return {
    resume: (stored) => {
      if (stored < 0) return
      height = stored
      lastBatchAt = Date.now()
      indexed.set(stored)
    },
    report: (batch) => {
      height = batch.height
      lastBatchAt = Date.now()
      since.height ??= height
      since.events += batch.events
      events.inc(batch.events)
      failures.inc(batch.failures)
      indexed.set(batch.height)
      stages.observe({stage: 'decode'}, batch.decodeMs / 1000)
      stages.observe({stage: 'fold'}, batch.foldMs / 1000)
      if (Date.now() - since.at >= LOG_EVERY_MS) log(batch.isHead)
    },
    written: (milliseconds) => stages.observe({stage: 'write'}, milliseconds / 1000),
    building: (left) => {
      if (left === 0 || indexesLeft === 0 || Date.now() - since.at >= LOG_EVERY_MS) {
        logger.info({indexesLeft: left}, left === 0 ? 'indexes for readers are built' : 'building indexes for readers')
        since = {at: Date.now(), height, events: 0}
      }
      indexesLeft = left
      indexes.set(left)
      lastBatchAt = Date.now()
    },
    indexesLeft: () => indexesLeft,
    lastBatchAt: () => lastBatchAt,
    height: () => height,
    rates: () => rates,
  }
}
