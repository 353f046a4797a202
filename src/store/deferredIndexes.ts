import {setTimeout as sleep} from 'node:timers/promises'
import {escapeLiteral} from 'pg'
import type {DataSource, EntityManager} from 'typeorm'
import {TABLES} from '../domain/rows'

/** PostgreSQL's error codes of a lock that was not to be waited for, and of a statement_timeout. */
const IN_USE = new Set(['55P03', '57014'])
/**
 * For all tables together, each of which somebody may use for a moment: less than PostgreSQL's deadlock_timeout, so that it is never another
 * one that is failed.
 */
const TABLES_WAIT_MS = 500
/** Sorting is most of the work: more of them would only pay with more cores. */
const BUILDERS = 2
/**
 * Runs that a processor's caches hold, merged from files, take half of the CPU of one sort in memory: keys that begin alike are compared where
 * they are. And what was written a moment ago is in memory: a build reads it itself for less than the server's I/O workers would take.
 */
const BUILD = `SET LOCAL maintenance_work_mem = '8MB'; SET LOCAL effective_io_concurrency = 0`
/** Of tables of that size the runs would be too many to merge at once. 96 MB is the least with which the server gives a build its two workers. */
const LARGE_TABLE_BYTES = 2 ** 30
const LARGE_BUILD = `SET LOCAL maintenance_work_mem = '96MB'`
const STATISTICS_TARGET = 20
/** Between looks at what others are still building. */
const OTHERS_EVERY_MS = 250

const tableNames = (): readonly string[] => Object.values(TABLES).map(({table}) => table)
const tableList = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')

/**
 * Drops the indexes that only readers need and notes how to build them, where the tables of all chains are empty: a long backfill writes twice
 * as fast without them. Answers how many. Does nothing anywhere else, nor where somebody else is using the tables at length.
 */
export const deferIndexes = (source: DataSource): Promise<number> => countUnlessLocked(source, dropReaderIndexes)

/** What the transaction counts; 0, and nothing done, where somebody else has a lock that it was not to wait for, or not for long. */
async function countUnlessLocked(source: DataSource, work: (em: EntityManager) => Promise<number>): Promise<number> {
  try {
    return await source.transaction(work)
  } catch (error) {
    if (IN_USE.has((error as {code?: string}).code ?? '')) return 0
    throw error
  }
}

async function dropReaderIndexes(em: EntityManager): Promise<number> {
  await em.query(`SET LOCAL statement_timeout = ${TABLES_WAIT_MS}`)
  await em.query(`LOCK TABLE ${tableList(tableNames())} IN ACCESS EXCLUSIVE MODE`)
  await em.query('SET LOCAL statement_timeout TO DEFAULT')
  if (!(await isEmpty(em))) return 0
  const indexes = await findReaderIndexes(em)
  if (indexes.length === 0) return 0
  await em.query(
    `INSERT INTO deferred_index (name, definition) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (name) DO NOTHING`,
    [indexes.map(({name}) => name), indexes.map(({definition}) => definition)],
  )
  await em.query(`DROP INDEX ${tableList(indexes.map(({name}) => name))}`)
  return indexes.length
}

async function isEmpty(em: EntityManager): Promise<boolean> {
  const checks = tableNames().map((table) => `EXISTS (SELECT FROM "${table}")`)
  const [row] = (await em.query(`SELECT ${checks.join(' OR ')} AS filled`)) as {filled: boolean}[]
  return row?.filled === false
}

/** The processor itself looks rows up by their key only. */
const findReaderIndexes = (em: EntityManager): Promise<{name: string; definition: string}[]> =>
  em.query(
    `SELECT index.relname AS name, pg_get_indexdef(index.oid) AS definition
     FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
     WHERE NOT indisunique AND indrelid = ANY (SELECT to_regclass(quote_ident(name)) FROM unnest($1::text[]) AS name)
     ORDER BY index.relname`,
    [tableNames()],
  )

/** Indexes that are still to be built. */
export async function countDeferredIndexes(source: DataSource): Promise<number> {
  const [row] = (await source.query(`SELECT count(*)::int AS count FROM deferred_index`)) as {count: number}[]
  return row?.count ?? 0
}

/**
 * Builds every deferred index, each in a transaction with its note, so that what is stopped goes on later and several builders share the work.
 * What another chain's processor is building is waited for: readers of this chain need it as much, and where that one is killed it is built
 * here. `onLeft` is told how many are left, at first and whenever there are fewer. Blocks writers of a table while one of its indexes is built.
 */
export async function buildDeferredIndexes(source: DataSource, onLeft: (left: number) => void = () => {}): Promise<void> {
  let left = await countDeferredIndexes(source)
  if (left === 0) return
  const tell = (now: number) => {
    if (now === left) return
    left = now
    onLeft(left)
  }
  onLeft(left)
  tell(left - (await buildEmpty(source)))
  const work = async () => {
    while (await buildNext(source)) tell(left - 1)
  }
  for (;;) {
    await Promise.all(Array.from({length: BUILDERS}, work))
    tell(await countDeferredIndexes(source))
    if (left === 0) break
    await sleep(OTHERS_EVERY_MS)
  }
  await analyze(source)
}

/**
 * Readers come at once, long before the server would look at the tables by itself. Most are empty, before a migration some are not there
 * yet. A sample of a fifth of the usual size: with the usual one this took as long as the five largest indexes, and the server looks again
 * as the tables grow.
 */
async function analyze(source: DataSource): Promise<void> {
  const there = (await source.query(
    `SELECT name FROM unnest($1::text[]) AS name WHERE pg_relation_size(to_regclass(quote_ident(name))) > 0`,
    [tableNames()],
  )) as {name: string}[]
  const names = there.map(({name}) => name)
  const work = async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) await analyzeTable(source, name)
  }
  await Promise.all(Array.from({length: BUILDERS}, work))
}

const analyzeTable = (source: DataSource, name: string): Promise<void> =>
  source.transaction(async (em) => {
    await em.query(`SELECT set_config('default_statistics_target', $1, true)`, [String(STATISTICS_TARGET)])
    await em.query(`ANALYZE "${name}"`)
  })

/** pg_get_indexdef writes `… ON public.transfer USING …`. */
const TABLE = `substring(definition FROM ' ON (.+?) USING ')`
const TABLE_BYTES = `pg_relation_size(to_regclass(${TABLE}))`

/** The largest table's first, so that no builder is left alone with it. */
const NEXT_INDEX = `
  SELECT name, definition, ${TABLE_BYTES} AS bytes FROM deferred_index ORDER BY ${TABLE_BYTES} DESC NULLS LAST, name LIMIT 1 FOR UPDATE SKIP LOCKED`

/**
 * Most tables of most chains are empty: their indexes cost a transaction each, and nothing else. Answers how many there were; none where another
 * chain is just writing to one of the tables: what it writes next may be locked here, so that nobody may wait with locks of several tables.
 */
const buildEmpty = (source: DataSource): Promise<number> => countUnlessLocked(source, buildAllOfEmpty)

async function buildAllOfEmpty(em: EntityManager): Promise<number> {
  const indexes = (await em.query(
    `SELECT name, definition, ${TABLE} AS "table" FROM deferred_index WHERE ${TABLE_BYTES} = 0 ORDER BY name FOR UPDATE SKIP LOCKED`,
  )) as {name: string; definition: string; table: string}[]
  if (indexes.length === 0) return 0
  await em.query(`LOCK TABLE ${[...new Set(indexes.map(({table}) => table))].join(', ')} IN SHARE MODE NOWAIT`)
  await em.query(indexes.map(({definition}) => definition).join(';'))
  await em.query(`DELETE FROM deferred_index WHERE name = ANY($1)`, [indexes.map(({name}) => name)])
  return indexes.length
}

/**
 * Waits for one table, and holds none meanwhile. Commits without waiting for the disk: index and note are lost together or not at all, and the
 * commits of what is analysed afterwards wait for both.
 */
const buildNext = (source: DataSource): Promise<boolean> =>
  source.transaction(async (em) => {
    const [next] = (await em.query(NEXT_INDEX)) as {name: string; definition: string; bytes: string | null}[]
    if (!next) return false
    const settings = `${Number(next.bytes) < LARGE_TABLE_BYTES ? BUILD : LARGE_BUILD}; SET LOCAL synchronous_commit = off`
    await em.query(`${settings}; ${next.definition}; DELETE FROM deferred_index WHERE name = ${escapeLiteral(next.name)}`)
    return true
  })
