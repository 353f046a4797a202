import {appendFile, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {BlockRange} from './blockRange'
import {type CacheFile, folderOf, listAll, listUsable, sortFiles} from './cacheFiles'
import type {Verification} from './fetchRange'
import {DamagedSegment, decodeSegment, encodeSegment, type Segment} from './segment'

export type LogCacheOptions = Readonly<{
  /** Shared by chains; each has a folder of its own. */
  dir: string
  chainId: number
  /** Of the logs kept: LogFilter.key. */
  key: string
  level: Verification
  /** Null: unbounded. */
  maxBytes: number | null
  onDamage: (file: string, reason: string) => void
}>

export type CacheStats = Readonly<{segments: number; bytes: number; hits: number; damaged: number; evicted: number}>

/** A segment is written when it holds so many logs or spans so many blocks. */
const SEGMENT_LOGS = 10_000
const SEGMENT_BLOCKS = 500_000

type Inner = {
  readonly options: LogCacheOptions
  readonly folder: string
  readonly own: string
  entries: readonly CacheFile[]
  pending: readonly Segment[]
  writing: Promise<void>
  hits: number
  damaged: number
  evicted: number
  decoded: Readonly<{path: string; segment: Segment}> | null
}

const covering = ({entries}: Inner, number: number): CacheFile | undefined =>
  entries.find(({range}) => range.from <= number && number <= range.to)

async function drop(cache: Inner, {path}: CacheFile): Promise<void> {
  cache.entries = cache.entries.filter((entry) => entry.path !== path)
  await rm(path, {force: true})
}

async function load(cache: Inner, entry: CacheFile): Promise<Segment | null> {
  if (cache.decoded?.path === entry.path) return cache.decoded.segment
  try {
    const segment = decodeSegment(await readFile(entry.path))
    if (segment.range.from !== entry.range.from || segment.range.to !== entry.range.to) throw new DamagedSegment('the name does not fit')
    cache.decoded = {path: entry.path, segment}
    return segment
  } catch (error) {
    cache.damaged += 1
    cache.options.onDamage(entry.path, (error as Error).message)
    await drop(cache, entry)
    return null
  }
}

async function read(cache: Inner, {from, to}: BlockRange): Promise<Segment | null> {
  const entry = covering(cache, from)
  const segment = entry && entry.range.to >= to ? await load(cache, entry) : null
  if (!segment) return null
  const blocks = segment.blocks.filter(({number}) => from <= number && number <= to)
  // The last block marks progress: without its header there is no answer.
  if (blocks.at(-1)?.number !== to) return null
  cache.hits += 1
  return {range: {from, to}, parentHash: from === segment.range.from ? segment.parentHash : null, blocks}
}

async function write(cache: Inner, segments: readonly Segment[]): Promise<void> {
  const {own, options} = cache
  const merged = mergeSegments(segments)
  const file = encodeSegment(merged)
  const path = join(own, `${merged.range.from}-${merged.range.to}.seg`)
  await mkdir(own, {recursive: true})
  await writeFile(`${path}.tmp`, file)
  await rename(`${path}.tmp`, path)
  const written = {range: merged.range, path, bytes: file.length, writtenMs: Date.now()}
  cache.entries = sortFiles([...cache.entries.filter((entry) => entry.path !== path), written])
  if (options.maxBytes !== null) await evict(cache, options.maxBytes, path)
}

/** Oldest first; what goes is listed, so that an operator sees what a re-index has to fetch. */
async function evict(cache: Inner, limit: number, keep: string): Promise<void> {
  const {folder} = cache
  const all = (await listAll(folder)).sort((a, b) => a.writtenMs - b.writtenMs)
  let bytes = all.reduce((sum, entry) => sum + entry.bytes, 0)
  for (const entry of all) {
    if (bytes <= limit || entry.path === keep) continue
    await drop(cache, entry)
    bytes -= entry.bytes
    cache.evicted += 1
    await appendFile(
      join(folder, 'evicted.jsonl'),
      `${JSON.stringify({file: entry.path.slice(folder.length + 1), ...entry.range, bytes: entry.bytes})}\n`,
    )
  }
}

function flush(cache: Inner): Promise<void> {
  const segments = cache.pending
  cache.pending = []
  if (segments.length > 0) {
    cache.writing = cache.writing
      .then(() => write(cache, segments))
      .catch((error: Error) => cache.options.onDamage(cache.own, `cannot write: ${error.message}`))
  }
  return cache.writing
}

function add(cache: Inner, segment: Segment): void {
  const before = cache.pending.at(-1)
  if (before && before.range.to + 1 !== segment.range.from) void flush(cache)
  cache.pending = [...cache.pending, segment]
  const logs = cache.pending.reduce((sum, {blocks}) => sum + blocks.reduce((n, block) => n + block.logs.length, 0), 0)
  if (logs >= SEGMENT_LOGS || segment.range.to - (cache.pending[0] as Segment).range.from >= SEGMENT_BLOCKS) void flush(cache)
}

function clip(cache: Inner, {from, to}: BlockRange, limit: number): BlockRange {
  const entry = covering(cache, from)
  if (entry) return {from, to: Math.min(limit, entry.range.to)}
  const next = cache.entries.find(({range}) => range.from > from)
  return {from, to: next ? Math.min(to, next.range.from - 1) : to}
}

const statsOf = ({entries, hits, damaged, evicted}: Inner): CacheStats => ({
  segments: entries.length,
  bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
  hits,
  damaged,
  evicted,
})

export type LogCache = Readonly<{
  /** Up to where the cache answers from this block on, within the limit; or, when it does not have it, where it begins to. */
  clip: (range: BlockRange, limit: number) => BlockRange
  /** The blocks of a range that one segment holds; null when it does not, or is damaged. */
  read: (range: BlockRange) => Promise<Segment | null>
  /** Drops the segment that holds this block. */
  forget: (number: number) => Promise<void>
  /** Ranges come in order; they are written together. A gap or a full segment starts a new one. */
  add: (segment: Segment) => void
  stats: () => CacheStats
  flush: () => Promise<void>
}>

/** Final, verified blocks on disk. Segments of a stronger level serve a weaker one. */
export async function openLogCache(options: LogCacheOptions): Promise<LogCache> {
  const {dir, chainId, key, level} = options
  const folder = folderOf(dir, chainId)
  const entries = await listUsable(options)
  const own = join(folder, `${key}-${level}`)
  const cache: Inner = {
    options,
    folder,
    own,
    entries,
    pending: [],
    writing: Promise.resolve(),
    hits: 0,
    damaged: 0,
    evicted: 0,
    decoded: null,
  }
  return {
    clip: (range, limit) => clip(cache, range, limit),
    read: (range) => read(cache, range),
    forget: async (number) => {
      const entry = covering(cache, number)
      if (entry) await drop(cache, entry)
    },
    add: (segment) => add(cache, segment),
    stats: () => statsOf(cache),
    flush: () => flush(cache),
  }
}

/** Neighbours as one: a range's last block stays only where it has logs or ends the whole. */
function mergeSegments(segments: readonly Segment[]): Segment {
  const [first, last] = [segments[0] as Segment, segments.at(-1) as Segment]
  const blocks = segments.flatMap((segment) =>
    segment.blocks.filter(({number, logs}) => logs.length > 0 || segment === last || number !== segment.range.to),
  )
  return {range: {from: first.range.from, to: last.range.to}, parentHash: first.parentHash, blocks}
}
