import {readdir, rm, stat} from 'node:fs/promises'
import {join} from 'node:path'
import type {BlockRange} from './blockRange'
import type {Verification} from './fetchRange'

/** A segment of the log cache on disk, by its name: what is in it may be damaged. */
export type CacheFile = Readonly<{range: BlockRange; path: string; bytes: number; writtenMs: number}>

/** Which segments serve: of one chain, one set of logs (LogFilter.key), checked as thoroughly or more. */
export type CacheSelection = Readonly<{dir: string; chainId: number; key: string; level: Verification}>

const LEVELS: readonly Verification[] = ['none', 'bloom', 'receipts']
const NAME = /^(\d+)-(\d+)\.seg$/

export const folderOf = (dir: string, chainId: number): string => join(dir, 'logs', String(chainId))

export const sortFiles = (files: readonly CacheFile[]): readonly CacheFile[] =>
  files.toSorted((a, b) => a.range.from - b.range.from || b.range.to - a.range.to)

/** In the order of their blocks. */
export async function listUsable({dir, chainId, key, level}: CacheSelection): Promise<readonly CacheFile[]> {
  const folder = folderOf(dir, chainId)
  const usable = LEVELS.slice(LEVELS.indexOf(level)).map((name) => join(folder, `${key}-${name}`))
  return sortFiles((await Promise.all(usable.map(listSegments))).flat())
}

async function listSegments(folder: string): Promise<readonly CacheFile[]> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(
    names.map(async (name): Promise<CacheFile | null> => {
      const [, from, to] = NAME.exec(name) ?? []
      const path = join(folder, name)
      const info = from && to ? await stat(path).catch(() => null) : null
      return info ? {range: {from: Number(from), to: Number(to)}, path, bytes: info.size, writtenMs: info.mtimeMs} : null
    }),
  )
  return found.filter((entry) => entry !== null)
}

export async function listAll(folder: string): Promise<CacheFile[]> {
  const names = await readdir(folder).catch(() => [])
  return (await Promise.all(names.map((name) => listSegments(join(folder, name))))).flat()
}

/** The highest block of a chain in any cache of the folder, which was final when it was kept; null when there is none. */
export async function highestCached(dir: string, chainId: number): Promise<number | null> {
  const entries = await listAll(folderOf(dir, chainId))
  return entries.reduce<number | null>((max, {range}) => Math.max(max ?? -1, range.to), null)
}

/** Drops whatever reaches above a block, at every level and for every filter, after the chain took it back. Answers how many segments. */
export async function dropCachedAbove(dir: string, chainId: number, number: number): Promise<number> {
  const orphaned = (await listAll(folderOf(dir, chainId))).filter(({range}) => range.to > number)
  await Promise.all(orphaned.map(({path}) => rm(path, {force: true})))
  return orphaned.length
}
