import type {ArchiveFields} from './archiveQuery'
import type {BlockRange} from './blockRange'
import {encodeBlock} from './encodeBlock'
import type {FetchedRange} from './fetchRange'
import type {RangePlan} from './rangePlan'

export type StreamOptions = Readonly<{
  from: number
  to: number | null
  fields: ArchiveFields
  /** Highest final block known, null before any. */
  finalized: () => number | null
  plan: RangePlan
  /** Ranges fetched at once. */
  concurrency: () => number
  /** Verified bytes kept ready, at most. */
  maxReadyBytes: number
  /** Cuts a planned range where the cache begins or ends. */
  clip: (range: BlockRange) => BlockRange
  /** Does not give up but when `signal` is aborted. */
  fetch: (range: BlockRange, signal: AbortSignal, avoidNode: string | null) => Promise<FetchedRange>
  /** A range that does not link to the one before; true when the fault was found and it is to be fetched again. */
  onBrokenLink: (before: Link, next: FetchedRange) => Promise<boolean>
  /** A range in its turn, verified and linked. */
  onSettled: (range: FetchedRange) => void
  /** A fault of the gateway itself. */
  onFault: (error: Error) => void
  onHandedOver: (blocks: number, logs: number) => void
}>

export type Link = Readonly<{number: number; hash: string; node: string}>

export type BlockStream = Readonly<{
  /** First block not handed over yet. */
  next: () => number
  /** As many blocks as are ready, in order, within the size; waits for the first. Null when closed. */
  take: (maxBytes: number, patienceMs: number) => Promise<readonly Buffer[] | null>
  close: () => void
}>

type Slot = {range: BlockRange; result: FetchedRange | null}
type Ready = Readonly<{text: Buffer; number: number; logs: number}>

const RECHECK_MS = 200
const BROKEN_LINK_PAUSE_MS = 5_000

type Inner = {
  readonly options: StreamOptions
  readonly abort: AbortController
  readonly slots: Slot[]
  readonly ready: Ready[]
  readyBytes: number
  /** First block without a slot. */
  planned: number
  /** First block not handed over. */
  given: number
  last: Link | null
  settling: boolean
  notify: () => void
}

const endOf = ({options}: Inner): number => Math.min(options.to ?? Number.POSITIVE_INFINITY, options.finalized() ?? -1)

function fill(stream: Inner): void {
  const {options, slots} = stream
  while (
    !stream.abort.signal.aborted &&
    stream.planned <= endOf(stream) &&
    slots.length < options.concurrency() &&
    stream.readyBytes < options.maxReadyBytes
  ) {
    const range = options.clip({from: stream.planned, to: Math.min(endOf(stream), stream.planned + options.plan.size() - 1)})
    const slot: Slot = {range, result: null}
    slots.push(slot)
    stream.planned = range.to + 1
    start(stream, slot, null)
  }
}

function start(stream: Inner, slot: Slot, avoid: string | null): void {
  const {options} = stream
  options.fetch(slot.range, stream.abort.signal, avoid).then(
    (result) => {
      slot.result = result
      options.plan.record(
        slot.range.to - slot.range.from + 1,
        result.blocks.reduce((sum, {logs}) => sum + logs.length, 0),
      )
      void settle(stream)
    },
    (error: Error) => {
      // Fetching gives up only when the stream is closed; anything else is a fault of ours, which the reader is told.
      if (!stream.abort.signal.aborted) options.onFault(error)
      stream.notify()
    },
  )
}

/** Moves finished ranges, in order, to what is ready. */
async function settle(stream: Inner): Promise<void> {
  if (stream.settling) return
  stream.settling = true
  for (;;) {
    const [slot] = stream.slots
    const result = slot?.result
    if (!slot || !result || stream.abort.signal.aborted) break
    if (stream.last && result.parentHash !== null && result.parentHash !== stream.last.hash) {
      await mendLink(stream, stream.last, slot, result)
      break
    }
    stream.slots.shift()
    stream.options.onSettled(result)
    keep(stream, result)
  }
  stream.settling = false
  fill(stream)
  stream.notify()
}

async function mendLink(stream: Inner, before: Link, slot: Slot, result: FetchedRange): Promise<void> {
  const isMendable = await stream.options.onBrokenLink(before, result)
  slot.result = null
  if (isMendable) start(stream, slot, result.node)
  else setTimeout(() => start(stream, slot, null), BROKEN_LINK_PAUSE_MS).unref()
}

function keep(stream: Inner, {blocks, node}: FetchedRange): void {
  for (const block of blocks) {
    const text = Buffer.from(encodeBlock(block, stream.options.fields), 'latin1')
    stream.readyBytes += text.length
    stream.ready.push({text, number: block.number, logs: block.logs.length})
  }
  const tip = blocks.at(-1)
  if (tip) stream.last = {number: tip.number, hash: tip.hash, node}
}

function collect(stream: Inner, maxBytes: number): readonly Buffer[] {
  const taken: Ready[] = []
  let bytes = 0
  for (const block of stream.ready) {
    if (taken.length > 0 && bytes + block.text.length > maxBytes) break
    taken.push(block)
    bytes += block.text.length
  }
  stream.ready.splice(0, taken.length)
  stream.readyBytes -= bytes
  stream.given = (taken.at(-1)?.number ?? stream.given - 1) + 1
  stream.options.onHandedOver(
    taken.length,
    taken.reduce((sum, {logs}) => sum + logs, 0),
  )
  fill(stream)
  return taken.map(({text}) => text)
}

async function take(stream: Inner, maxBytes: number, patienceMs: number): Promise<readonly Buffer[] | null> {
  let deadline: number | null = null
  while (!stream.abort.signal.aborted) {
    fill(stream)
    const isAll = stream.slots.length === 0 && stream.planned > endOf(stream)
    if (stream.ready.length > 0) {
      deadline ??= Date.now() + patienceMs
      if (isAll || stream.readyBytes >= maxBytes || Date.now() >= deadline) return collect(stream, maxBytes)
    }
    const ms = deadline === null ? RECHECK_MS : Math.min(RECHECK_MS, Math.max(1, deadline - Date.now()))
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      stream.notify = () => (clearTimeout(timer), resolve())
    })
  }
  return null
}

/** Fetches ahead of its reader, in order, within bounds of memory. */
export function openBlockStream(options: StreamOptions): BlockStream {
  const {from} = options
  const stream: Inner = {
    options,
    abort: new AbortController(),
    slots: [],
    ready: [],
    readyBytes: 0,
    planned: from,
    given: from,
    last: null,
    settling: false,
    notify: () => {},
  }
  fill(stream)
  return {
    next: () => stream.given,
    take: (maxBytes, patienceMs) => take(stream, maxBytes, patienceMs),
    close: () => {
      stream.abort.abort()
      stream.notify()
    },
  }
}
