import type {ProvenanceKindName} from '../../domain/provenanceKind'
import {TABLES} from '../../domain/rows'
import {knownSql} from '../asOf/tableSql'
import {apiError} from '../errors'
import type {ChainEvent} from '../event/chainEvent'
import {followsSql} from '../list/branches'
import {type Count, EXACT_UP_TO} from '../list/count'
import {parseCursor} from '../list/cursor'
import type {OrderTerm} from '../list/order'
import {buildPage, groupByKey, type Page} from '../list/page'
import {type ListContext, type PageArgs, windowOf} from '../list/pageArgs'
import {seeksOf} from '../list/pageSql'
import {createParameters, keysSql} from '../list/parameters'
import type {Tuple} from '../rows/runStatement'
import {selectTuple} from '../stored'
import {SOURCES, type Source} from './sources'

export type TimelineArgs = PageArgs & Readonly<{kinds?: readonly ProvenanceKindName[] | null; newestFirst?: boolean | null}>

const byId = (descending: boolean): readonly OrderTerm[] => [{field: 'id', sql: 't."id"', cast: 'text', descending, nullable: false}]

/** Every kind of entry about an asset in chain order; the timelines of all assets of an answer are fetched together. */
export async function fetchTimeline(context: ListContext, assetKey: string, args: TimelineArgs): Promise<Page<ChainEvent>> {
  const pages = context.nested(`timeline ${JSON.stringify(args)}`, (keys) => fetchTimelines(context, keys, args))
  return (await pages.load(assetKey)) as Page<ChainEvent>
}

/** Columns of the statement: its key, which source, its id, the values of its fields. */
type EntryTuple = readonly [key: string, source: number, id: string, values: Tuple]

/** A page of each kind for each asset, merged, so that only what is shown is read. */
async function fetchTimelines(context: ListContext, keys: readonly string[], args: TimelineArgs): Promise<readonly Page<ChainEvent>[]> {
  const sources = sourcesOf(args)
  const window = windowOf(args)
  const order = byId(args.newestFirst === true)
  const reverse = byId(args.newestFirst !== true)
  const parameters = createParameters(context)
  const list = parameters.add(keys)
  const seeks = seeksOf(args, order, (cursor, way) => followsSql({order: way, position: parseCursor(order, cursor)}, parameters))
  const direction = (window.backward ? reverse : order)[0]?.descending ? 'DESC' : 'ASC'
  const limit = window.size + 1
  const readings = sources.map(({table}) => context.reading({name: `timeline ${table}`, table, fromJson: true}))
  const branches = sources.flatMap((source, i) =>
    conditionsOf(source, args).map(
      (
        condition,
      ) => `(SELECT ${i} AS source, t.id, ${selectTuple(source.table, 't', readings[i]?.fields ?? [])} AS row FROM "${TABLES[source.table].table}" t
        WHERE ${[condition, knownSql(parameters), ...seeks].join(' AND ')} ORDER BY t.id ${direction} LIMIT ${limit})`,
    ),
  )
  const tuples = await context.db.tuples(
    `SELECT p.key AS "__key", m.* FROM ${keysSql(list, keys, 'p')}
     CROSS JOIN LATERAL (SELECT * FROM (${branches.join(' UNION ALL ')}) u ORDER BY id ${direction}, source LIMIT ${limit}) m
     ORDER BY p.key, m.id ${direction}, m.source`,
    parameters.values,
    true,
  )
  const counts = context.nested(`timeline count ${JSON.stringify(args)}`, (of) => countTimelines(context, of, args))
  const entries = groupByKey(tuples as unknown as EntryTuple[], ([key]) => key)
  return keys.map((key) => {
    const own = entries.get(key) ?? []
    const nodes = own
      .slice(0, window.size)
      .map(([, source, , values]) => (sources[source] as Source).toEntry(readings[source]?.row(values) as never))
    const walked = {nodes, order, positionOf: (i: number) => [(own[i] as EntryTuple)[2]]}
    return buildPage(walked, own.length, window, args, () => counts.load(key) as Promise<Count>)
  })
}

function sourcesOf({kinds}: TimelineArgs): readonly Source[] {
  const wanted = kinds ?? (Object.keys(SOURCES) as ProvenanceKindName[])
  if (wanted.length === 0) throw apiError('BAD_USER_INPUT', 'kinds is empty: name at least one, or leave it out for all')
  return [...new Set(wanted)].flatMap((kind) => SOURCES[kind])
}

const conditionsOf = (source: Source, {includeUnverified}: TimelineArgs): readonly string[] =>
  source
    .concerns('p.key')
    .map((condition) => `(${condition})${source.hasAuthority && !includeUnverified ? ` AND t."authority" <> 'unverified'` : ''}`)

async function countTimelines(context: ListContext, keys: readonly string[], args: TimelineArgs): Promise<readonly Count[]> {
  const parameters = createParameters(context)
  const list = parameters.add(keys)
  const counts = sourcesOf(args).flatMap((source) =>
    conditionsOf(source, args).map(
      (condition) =>
        `(SELECT count(*) FROM (SELECT 1 FROM "${TABLES[source.table].table}" t WHERE ${condition} AND ${knownSql(parameters)} LIMIT ${EXACT_UP_TO + 1}) c)`,
    ),
  )
  const rows = await context.db.query<{key: string; n: number}>(
    `SELECT p.key, (${counts.join(' + ')})::int AS n FROM unnest(${list}::text[]) p(key)`,
    parameters.values,
  )
  const found = new Map(rows.map(({key, n}) => [key, n]))
  return keys.map((key) => {
    const value = found.get(key) ?? 0
    return {value, isEstimate: value > EXACT_UP_TO}
  })
}
