import {TABLES} from '../../domain/rows'
import {apiError} from '../errors'
import type {ChainEvent} from '../event/chainEvent'
import {formatCursor, parseCursor} from '../list/cursor'
import type {OrderTerm} from '../list/order'
import {type Count, type ListContext, type Page, type PageArgs, seekSql, windowOf} from '../list/page'
import {createParameters, type Parameters} from '../list/parameters'
import {parseStored, selectJson} from '../stored'
import {type ProvenanceKindName, SOURCES, type Source} from './sources'

export type TimelineArgs = PageArgs & Readonly<{kinds?: readonly ProvenanceKindName[] | null; newestFirst?: boolean | null}>

const term = (descending: boolean): readonly OrderTerm[] => [{field: 'id', sql: 't."id"', cast: 'text', descending}]

/** Every kind of entry about an asset in chain order: a page of each kind, merged, so that only what is shown is read. */
export async function fetchTimeline(context: ListContext, assetKey: string, args: TimelineArgs): Promise<Page<ChainEvent>> {
  const sources = sourcesOf(args)
  const {size, backward} = windowOf(args)
  const order = term(args.newestFirst === true)
  const walked = term(backward ? !order[0]?.descending : order[0]?.descending === true)
  const parameters = createParameters(context.soleChainId)
  const key = `${parameters.add(assetKey)}::text`
  const seeks = [
    ...(args.after ? [seekSql(order, parseCursor(order, args.after), parameters)] : []),
    ...(args.before ? [seekSql(term(!order[0]?.descending), parseCursor(order, args.before), parameters)] : []),
  ]
  const direction = walked[0]?.descending ? 'DESC' : 'ASC'
  const branches = sources.map(
    (source, i) =>
      `(SELECT ${i} AS source, t.id, ${selectJson(source.table, 't')} AS row FROM "${TABLES[source.table].table}" t
        WHERE ${[filterSql(source, key, args), ...seeks].join(' AND ')} ORDER BY t.id ${direction} LIMIT ${size + 1})`,
  )
  const rows = await context.db.query<{source: number; id: string; row: Readonly<Record<string, unknown>>}>(
    `SELECT * FROM (${branches.join(' UNION ALL ')}) merged ORDER BY id ${direction}, source LIMIT ${size + 1}`,
    parameters.values,
  )
  const more = rows.length > size
  const kept = rows.slice(0, size)
  if (backward) kept.reverse()
  const edges = kept.map(({source, id, row}) => {
    const {table, toEntry} = sources[source] as Source
    return {cursor: formatCursor(order, [id]), node: toEntry(parseStored(table, row) as never)}
  })
  return {
    edges,
    nodes: edges.map(({node}) => node),
    pageInfo: {
      hasNextPage: backward ? args.before != null : more,
      hasPreviousPage: backward ? more : args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges[edges.length - 1]?.cursor ?? null,
    },
    count: () => countTimeline(context, assetKey, args),
  }
}

function sourcesOf({kinds}: TimelineArgs): readonly Source[] {
  const wanted = kinds ?? (Object.keys(SOURCES) as ProvenanceKindName[])
  if (wanted.length === 0) throw apiError('BAD_USER_INPUT', 'kinds is empty: name at least one, or leave it out for all')
  return [...new Set(wanted)].flatMap((kind) => SOURCES[kind])
}

const filterSql = (source: Source, key: string, {includeUnverified}: TimelineArgs): string =>
  `(${source.concerns(key)})${source.hasAuthority && !includeUnverified ? ` AND t."authority" <> 'unverified'` : ''}`

const EXACT_UP_TO = 10_000

async function countTimeline({db, soleChainId}: ListContext, assetKey: string, args: TimelineArgs): Promise<Count> {
  const parameters: Parameters = createParameters(soleChainId)
  const key = `${parameters.add(assetKey)}::text`
  const counts = sourcesOf(args).map(
    (source) =>
      `(SELECT count(*) FROM (SELECT 1 FROM "${TABLES[source.table].table}" t WHERE ${filterSql(source, key, args)} LIMIT ${EXACT_UP_TO + 1}) c)`,
  )
  const [row] = await db.query<{n: number}>(`SELECT (${counts.join(' + ')})::int AS n`, parameters.values)
  const value = row?.n ?? 0
  return {value, isEstimate: value > EXACT_UP_TO}
}
