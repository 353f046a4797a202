import {appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {BlockRange} from './blockRange'
import type {Verification} from './fetchRange'
import {decodeSegment, encodeSegment, type Segment} from './segment'

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
export type LogCache = Awaited<ReturnType<typeof openLogCache>>

const LEVELS: readonly Verification[] = ['none', 'bloom', 'receipts']
/** A segment is written when it holds so many logs or spans so many blocks. */
const SEGMENT_LOGS = 10_000
const SEGMENT_BLOCKS = 500_000
const NAME = /^(\d+)-(\d+)\.seg$/

type Entry = Readonly<{range: BlockRange; path: string; bytes: number; writtenMs: number}>

/** Final, verified blocks on disk. Segments of a stronger level serve a weaker one. */
export async function openLogCache(options: LogCacheOptions) {
  const {dir, chainId, key, level, maxBytes, onDamage} = options
  const folder = join(dir, 'logs', String(chainId))
  const own = join(folder, `${key}-${level}`)
  const usable = LEVELS.slice(LEVELS.indexOf(level)).map((name) => join(folder, `${key}-${name}`))
  let entries = (await Promise.all(usable.map(listSegments))).flat().sort((a, b) => a.range.from - b.range.from || b.range.to - a.range.to)
  let pending: Segment[] = []
  let writing: Promise<void> = Promise.resolve()
  let [hits, damaged, evicted] = [0, 0, 0]
  let decoded: {path: string; segment: Segment} | null = null

  const covering = (number: number) => entries.find(({range}) => range.from <= number && number <= range.to)

  const drop = async ({path}: Entry) => {
    entries = entries.filter((entry) => entry.path !== path)
    await rm(path, {force: true})
  }

  const load = async (entry: Entry): Promise<Segment | null> => {
    if (decoded?.path === entry.path) return decoded.segment
    try {
      const segment = decodeSegment(await readFile(entry.path))
      if (segment.range.from !== entry.range.from || segment.range.to !== entry.range.to) throw new Error('the name does not fit')
      decoded = {path: entry.path, segment}
      return segment
    } catch (error) {
      damaged += 1
      onDamage(entry.path, (error as Error).message)
      await drop(entry)
      return null
    }
  }

  const write = async (segments: readonly Segment[]) => {
    const merged = mergeSegments(segments)
    const file = encodeSegment(merged)
    const path = join(own, `${merged.range.from}-${merged.range.to}.seg`)
    await mkdir(own, {recursive: true})
    await writeFile(`${path}.tmp`, file)
    await rename(`${path}.tmp`, path)
    entries = [
      ...entries.filter((entry) => entry.path !== path),
      {range: merged.range, path, bytes: file.length, writtenMs: Date.now()},
    ].sort((a, b) => a.range.from - b.range.from)
    if (maxBytes !== null) await evict(maxBytes, path)
  }

  /** Oldest first; what goes is listed, so that an operator sees what a re-index has to fetch. */
  const evict = async (limit: number, keep: string) => {
    const all = (await listAll(folder)).sort((a, b) => a.writtenMs - b.writtenMs)
    let bytes = all.reduce((sum, entry) => sum + entry.bytes, 0)
    for (const entry of all) {
      if (bytes <= limit || entry.path === keep) continue
      await drop(entry)
      bytes -= entry.bytes
      evicted += 1
      await appendFile(
        join(folder, 'evicted.jsonl'),
        `${JSON.stringify({file: entry.path.slice(folder.length + 1), ...entry.range, bytes: entry.bytes})}\n`,
      )
    }
  }

  const flush = (): Promise<void> => {
    const segments = pending
    pending = []
    if (segments.length > 0)
      writing = writing.then(() => write(segments)).catch((error: Error) => onDamage(own, `cannot write: ${error.message}`))
    return writing
  }

  return {
    /** Up to where the cache answers from this block on; or, when it does not have it, where it begins to. */
    clip: ({from, to}: BlockRange, limit: number): BlockRange => {
      const entry = covering(from)
      if (entry) return {from, to: Math.min(limit, entry.range.to)}
      const next = entries.find(({range}) => range.from > from)
      return {from, to: next ? Math.min(to, next.range.from - 1) : to}
    },
    /** The blocks of a range that one segment holds; null when it does not, or is damaged. */
    read: async ({from, to}: BlockRange): Promise<Segment | null> => {
      const entry = covering(from)
      const segment = entry && entry.range.to >= to ? await load(entry) : null
      if (!segment) return null
      const blocks = segment.blocks.filter(({number}) => from <= number && number <= to)
      // The last block marks progress: without its header there is no answer.
      if (blocks.at(-1)?.number !== to) return null
      hits += 1
      return {range: {from, to}, parentHash: from === segment.range.from ? segment.parentHash : null, blocks}
    },
    /** Drops the segment that holds this block. */
    forget: async (number: number): Promise<void> => {
      const entry = covering(number)
      if (entry) await drop(entry)
    },
    /** Ranges come in order; they are written together. A gap or a full segment starts a new one. */
    add: (segment: Segment): void => {
      const before = pending.at(-1)
      if (before && before.range.to + 1 !== segment.range.from) void flush()
      pending.push(segment)
      const logs = pending.reduce((sum, {blocks}) => sum + blocks.reduce((n, block) => n + block.logs.length, 0), 0)
      if (logs >= SEGMENT_LOGS || segment.range.to - (pending[0] as Segment).range.from >= SEGMENT_BLOCKS) void flush()
    },
    /** The highest block that is cached: it was final. */
    highest: (): number | null => entries.reduce<number | null>((max, {range}) => Math.max(max ?? -1, range.to), null),
    stats: (): CacheStats => ({
      segments: entries.length,
      bytes: entries.reduce((sum, entry) => sum + entry.bytes, 0),
      hits,
      damaged,
      evicted,
    }),
    flush,
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

async function listSegments(folder: string): Promise<readonly Entry[]> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(
    names.map(async (name): Promise<Entry | null> => {
      const [, from, to] = NAME.exec(name) ?? []
      const path = join(folder, name)
      const info = from && to ? await stat(path).catch(() => null) : null
      return info ? {range: {from: Number(from), to: Number(to)}, path, bytes: info.size, writtenMs: info.mtimeMs} : null
    }),
  )
  return found.filter((entry) => entry !== null)
}

async function listAll(folder: string): Promise<Entry[]> {
  const names = await readdir(folder).catch(() => [])
  return (await Promise.all(names.map((name) => listSegments(join(folder, name))))).flat()
}

/** The highest block of a chain in any cache of the folder, which was final when it was kept; null when there is none. */
export async function highestCached(dir: string, chainId: number): Promise<number | null> {
  const entries = await listAll(join(dir, 'logs', String(chainId)))
  return entries.reduce<number | null>((max, {range}) => Math.max(max ?? -1, range.to), null)
}
