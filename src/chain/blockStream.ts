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

/** Fetches ahead of its reader, in order, within bounds of memory. */
export function openBlockStream(options: StreamOptions): BlockStream {
  const {fields, plan} = options
  const abort = new AbortController()
  const slots: Slot[] = []
  const ready: Ready[] = []
  let readyBytes = 0
  let planned = options.from
  let given = options.from
  let last: Link | null = null
  let settling: Promise<void> | null = null
  let notify: () => void = () => {}

  const end = () => Math.min(options.to ?? Number.POSITIVE_INFINITY, options.finalized() ?? -1)

  const fill = () => {
    while (!abort.signal.aborted && planned <= end() && slots.length < options.concurrency() && readyBytes < options.maxReadyBytes) {
      const range = options.clip({from: planned, to: Math.min(end(), planned + plan.size() - 1)})
      const slot: Slot = {range, result: null}
      slots.push(slot)
      planned = range.to + 1
      start(slot, null)
    }
  }

  const start = (slot: Slot, avoid: string | null) => {
    options.fetch(slot.range, abort.signal, avoid).then(
      (result) => {
        slot.result = result
        plan.record(
          slot.range.to - slot.range.from + 1,
          result.blocks.reduce((sum, {logs}) => sum + logs.length, 0),
        )
        settling ??= settle().finally(() => (settling = null))
      },
      () => notify(),
    )
  }

  /** Moves finished ranges, in order, to what is ready. */
  const settle = async () => {
    for (;;) {
      const [slot] = slots
      const result = slot?.result
      if (!slot || !result || abort.signal.aborted) break
      if (last && result.parentHash !== null && result.parentHash !== last.hash) {
        const again = await options.onBrokenLink(last, result)
        slot.result = null
        if (again) start(slot, result.node)
        else setTimeout(() => start(slot, null), 5_000).unref()
        break
      }
      slots.shift()
      options.onSettled(result)
      for (const block of result.blocks) {
        const text = Buffer.from(encodeBlock(block, fields), 'latin1')
        readyBytes += text.length
        ready.push({text, number: block.number, logs: block.logs.length})
      }
      const tip = result.blocks.at(-1)
      if (tip) last = {number: tip.number, hash: tip.hash, node: result.node}
    }
    fill()
    notify()
  }

  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      notify = () => (clearTimeout(timer), resolve())
    })

  const collect = (maxBytes: number): readonly Buffer[] => {
    const texts: Buffer[] = []
    let bytes = 0
    let count = 0
    let logs = 0
    while (count < ready.length && (count === 0 || bytes + (ready[count] as Ready).text.length <= maxBytes)) {
      const block = ready[count++] as Ready
      texts.push(block.text)
      bytes += block.text.length
      logs += block.logs
      given = block.number + 1
    }
    ready.splice(0, count)
    readyBytes -= bytes
    options.onHandedOver(count, logs)
    fill()
    return texts
  }

  fill()
  return {
    next: () => given,
    take: async (maxBytes, patienceMs) => {
      let deadline: number | null = null
      while (!abort.signal.aborted) {
        fill()
        const isAll = slots.length === 0 && planned > end()
        if (ready.length > 0) deadline ??= Date.now() + patienceMs
        if (ready.length > 0 && (isAll || readyBytes >= maxBytes || Date.now() >= (deadline as number))) return collect(maxBytes)
        await wait(deadline === null ? RECHECK_MS : Math.min(RECHECK_MS, Math.max(1, deadline - Date.now())))
      }
      return null
    },
    close: () => {
      abort.abort()
      notify()
    },
  }
}
