import {readFile} from 'node:fs/promises'
import type {BlockRange} from './blockRange'
import {type CacheFile, listUsable} from './cacheFiles'
import type {Verification} from './fetchRange'
import {buildLogFilter, type MinTopics} from './logFilter'
import {periodsOf, type RangedRequest, type RequestPeriod} from './requestPeriods'
import {isIntact} from './segment'

export type CacheSurveyOptions = Readonly<{
  dir: string
  chainId: number
  level: Verification
  requests: readonly RangedRequest[]
  minTopics: MinTopics
  from: number
  /** What is looked for ends here at the earliest, wherever the cache does; null: where the cache ends. */
  atLeast: number | null
  /** And here at the latest. */
  atMost: number | null
}>

export type CacheSurvey = Readonly<{
  /** The last block that was looked for; null when there is nothing to look for. */
  to: number | null
  segments: number
  bytes: number
  /** What is not there, or is damaged, and has to be asked of a node. */
  missing: readonly BlockRange[]
  damaged: readonly string[]
}>

/** Which final blocks the log cache holds for what a processor will ask, every checksum computed. Changes nothing. */
export async function surveyCache(options: CacheSurveyOptions): Promise<CacheSurvey> {
  const periods = await Promise.all(
    periodsOf({from: options.from, to: options.atMost ?? Number.POSITIVE_INFINITY}, options.requests).map((period) =>
      surveyPeriod(options, period),
    ),
  )
  const highest = Math.max(...periods.flatMap(({intact}) => intact.map(({range}) => range.to)), -1)
  const end = Math.min(options.atMost ?? Number.POSITIVE_INFINITY, Math.max(highest, options.atLeast ?? -1))
  const to = end < options.from ? null : end
  const files = periods.flatMap(({intact}) => intact)
  return {
    to,
    segments: files.length,
    bytes: files.reduce((sum, {bytes}) => sum + bytes, 0),
    missing: to === null ? [] : joinRanges(periods.flatMap(({period, intact}) => findGaps(cut(period, to), intact))),
    damaged: periods.flatMap(({damaged}) => damaged.map(({path}) => path)),
  }
}

async function surveyPeriod({dir, chainId, level, minTopics}: CacheSurveyOptions, period: RequestPeriod) {
  const {key} = buildLogFilter(period.requests, minTopics)
  const intact: CacheFile[] = []
  const damaged: CacheFile[] = []
  for (const file of await listUsable({dir, chainId, key, level})) {
    if (file.range.to < period.from || file.range.from > period.to) continue
    const bytes = await readFile(file.path).catch(() => Buffer.alloc(0))
    if (isIntact(bytes)) intact.push(file)
    else damaged.push(file)
  }
  return {period, intact, damaged}
}

const cut = ({from, to}: BlockRange, end: number): BlockRange => ({from, to: Math.min(to, end)})

function findGaps({from, to}: BlockRange, files: readonly CacheFile[]): readonly BlockRange[] {
  const gaps: BlockRange[] = []
  let next = from
  for (const {range} of files) {
    if (next > to) break
    if (range.from > next) gaps.push({from: next, to: Math.min(to, range.from - 1)})
    next = Math.max(next, range.to + 1)
  }
  return next <= to ? [...gaps, {from: next, to}] : gaps
}

function joinRanges(ranges: readonly BlockRange[]): readonly BlockRange[] {
  const joined: BlockRange[] = []
  for (const range of ranges) {
    const last = joined.at(-1)
    if (last && last.to + 1 === range.from) joined[joined.length - 1] = {from: last.from, to: range.to}
    else joined.push(range)
  }
  return joined
}
