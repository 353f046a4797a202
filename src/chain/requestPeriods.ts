import type {BlockRange} from './blockRange'
import type {LogRequest} from './logFilter'

/** What a processor asks for, from a block on. */
export type RangedRequest = LogRequest & Readonly<{range: Readonly<{from: number}>}>

/** Blocks in which the same logs are asked for. */
export type RequestPeriod = BlockRange & Readonly<{requests: readonly LogRequest[]}>

/** Contracts that begin later are asked for from then on: each time another set of logs. Periods in which none is asked for are left out. */
export function periodsOf({from, to}: BlockRange, requests: readonly RangedRequest[]): readonly RequestPeriod[] {
  const starts = [...new Set([from, ...requests.map(({range}) => range.from)])].filter((start) => from <= start && start <= to)
  return starts
    .sort((a, b) => a - b)
    .map((start, i) => ({
      from: start,
      to: Math.min(to, (starts[i + 1] ?? Number.POSITIVE_INFINITY) - 1),
      requests: requests.filter(({range}) => range.from <= start).map((request) => ({...request, transaction: true})),
    }))
    .filter((period) => period.requests.length > 0)
}
