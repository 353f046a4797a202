import type {ChainId} from '../../domain/caip'
import {TABLES} from '../../domain/rows'
import {apiError} from '../errors'
import type {Snapshot} from '../snapshot'
import {selectColumns} from '../stored'
import {formatCursor, type Position, parseCursor} from './cursor'
import {buildOrder, type OrderTerm, orderSql, reverseOrder} from './order'
import {createParameters, type Parameters} from './parameters'
import type {ListSpec} from './spec'
import {buildWhere, type WhereInput} from './where'

export type PageArgs = Readonly<{
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
  orderBy?: readonly string[] | null
  where?: WhereInput | null
  includeUnverified?: boolean | null
}>

export type PageInfo = Readonly<{hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null}>
export type Edge<N> = Readonly<{cursor: string; node: N}>
export type Count = Readonly<{value: number; isEstimate: boolean}>
export type Page<N> = Readonly<{edges: readonly Edge<N>[]; nodes: readonly N[]; pageInfo: PageInfo; count: () => Promise<Count>}>

export const DEFAULT_PAGE = 20
export const MAX_PAGE = 500

/** What a nested list belongs to: SQL over `t` and the parent's key, e.g. `(key) => \`t."asset_id" = ${key}\``. */
export type Scope = (key: string) => string

export type ListContext = Readonly<{
  db: Snapshot
  /** Where only one chain is indexed, a bare address names its contract. */
  soleChainId: ChainId | null
}>

export type Window = Readonly<{size: number; backward: boolean}>

/** Relay: first/after or last/before, not both. @throws a coded error that names the limit and the figure */
export function windowOf({first, last, after, before}: PageArgs): Window {
  if (first != null && last != null) throw apiError('BAD_USER_INPUT', 'give first or last, not both')
  const size = first ?? last ?? DEFAULT_PAGE
  const name = last != null ? 'last' : 'first'
  if (size < 0) throw apiError('BAD_USER_INPUT', `${name} must not be negative`)
  if (size > MAX_PAGE)
    throw apiError('LIMIT_EXCEEDED', `${name} is ${size}; a page has at most ${MAX_PAGE}`, {limit: MAX_PAGE, asked: size})
  return {size, backward: last != null || (first == null && before != null && after == null)}
}

/** Rows behind (or before) a position in an order. One row comparison where all columns run the same way, since an index can seek to that. */
export function seekSql(order: readonly OrderTerm[], position: Position, parameters: Parameters): string {
  const values = order.map(({cast}, i) => `${parameters.add(position[i])}::${cast}`)
  if (order.every(({descending}) => descending === order[0]?.descending))
    return `(${order.map(({sql}) => sql).join(', ')}) ${order[0]?.descending ? '<' : '>'} (${values.join(', ')})`
  const alternatives = order.map(({sql, descending}, i) =>
    [...order.slice(0, i).map((term, j) => `${term.sql} = ${values[j]}`), `${sql} ${descending ? '<' : '>'} ${values[i]}`].join(' AND '),
  )
  return `(${alternatives.map((a) => `(${a})`).join(' OR ')})`
}

type PageRow = Readonly<Record<string, unknown> & {__position: string[]; __key?: string}>

/** A page of a list that belongs to nobody. A single query, whatever its depth; the count only when it is asked for. */
export async function fetchPage<N>(context: ListContext, spec: ListSpec, args: PageArgs, toNode: (row: never) => N): Promise<Page<N>> {
  const order = buildOrder(spec, args.orderBy)
  const parameters = createParameters(context.soleChainId)
  const rows = await context.db.query<PageRow>(pageSql(spec, args, order, parameters), parameters.values)
  return buildPage(rows, order, args, toNode, () => countRows(context, spec, args))
}

/** The same page of many parents' lists in one query; answers in the order of the keys. */
export async function fetchPages<N>(
  context: ListContext,
  spec: ListSpec,
  args: PageArgs,
  toNode: (row: never) => N,
  scope: Scope,
  keys: readonly string[],
): Promise<readonly Page<N>[]> {
  const order = buildOrder(spec, args.orderBy)
  const parameters = createParameters(context.soleChainId)
  const list = parameters.add(keys)
  const inner = pageSql(spec, args, order, parameters, scope('p.key'))
  const sql = `SELECT p.key AS "__key", x.* FROM unnest(${list}::text[]) p(key) CROSS JOIN LATERAL (${inner}) x ORDER BY p.key, x."__rank"`
  const rows = new Map<string, PageRow[]>()
  for (const row of await context.db.query<PageRow>(sql, parameters.values)) {
    const list = rows.get(row.__key as string)
    if (list) list.push(row)
    else rows.set(row.__key as string, [row])
  }
  return keys.map((key) => buildPage(rows.get(key) ?? [], order, args, toNode, () => countRows(context, spec, args, {scope, key})))
}

function pageSql(spec: ListSpec, args: PageArgs, order: readonly OrderTerm[], parameters: Parameters, scoped?: string): string {
  const {size, backward} = windowOf(args)
  const filter = filterSql(spec, args, parameters, scoped)
  const seeks = [
    ...(args.after ? [seekSql(order, parseCursor(order, args.after), parameters)] : []),
    ...(args.before ? [seekSql(reverseOrder(order), parseCursor(order, args.before), parameters)] : []),
  ]
  const orderBy = orderSql(backward ? reverseOrder(order) : order)
  const position = `ARRAY[${order.map(({sql}) => `${sql}::text`).join(', ')}] AS "__position"`
  const rank = scoped ? `, row_number() OVER (ORDER BY ${orderBy}) AS "__rank"` : ''
  return `SELECT ${selectColumns(spec.table, 't')}, ${position}${rank} FROM ${tableSql(spec)} t WHERE ${[filter, ...seeks].join(' AND ')} ORDER BY ${orderBy} LIMIT ${size + 1}`
}

function buildPage<N>(
  rows: readonly PageRow[],
  order: readonly OrderTerm[],
  args: PageArgs,
  toNode: (row: never) => N,
  count: Page<N>['count'],
): Page<N> {
  const {size, backward} = windowOf(args)
  const more = rows.length > size
  const kept = rows.slice(0, size)
  if (backward) kept.reverse()
  const edges = kept.map((row) => ({cursor: formatCursor(order, row.__position), node: toNode(row as never)}))
  return {
    edges,
    nodes: edges.map(({node}) => node),
    pageInfo: {
      hasNextPage: backward ? args.before != null : more,
      hasPreviousPage: backward ? more : args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges[edges.length - 1]?.cursor ?? null,
    },
    count,
  }
}

const tableSql = (spec: ListSpec): string => `"${TABLES[spec.table].table}"`

function filterSql(spec: ListSpec, args: PageArgs, parameters: Parameters, scoped?: string): string {
  const conditions = [buildWhere(spec, args.where ?? {}, parameters)]
  if (scoped) conditions.push(`(${scoped})`)
  if (spec.base) conditions.push(`(${spec.base})`)
  if (spec.hasAuthority && !args.includeUnverified) conditions.push(`t."authority" <> 'unverified'`)
  return conditions.join(' AND ')
}

/** Counting more than this costs more than the figure is worth. */
const EXACT_UP_TO = 10_000

/** Exact up to 10,000 rows; beyond, what PostgreSQL's planner expects, and never less than what was counted. */
async function countRows(
  {db, soleChainId}: ListContext,
  spec: ListSpec,
  args: PageArgs,
  parent?: Readonly<{scope: Scope; key: string}>,
): Promise<Count> {
  const parameters = createParameters(soleChainId)
  const scoped = parent?.scope(`${parameters.add(parent.key)}::text`)
  const from = `FROM ${tableSql(spec)} t WHERE ${filterSql(spec, args, parameters, scoped)}`
  const [exact] = await db.query<{n: number}>(
    `SELECT count(*)::int AS n FROM (SELECT 1 ${from} LIMIT ${EXACT_UP_TO + 1}) c`,
    parameters.values,
  )
  const counted = exact?.n ?? 0
  if (counted <= EXACT_UP_TO) return {value: counted, isEstimate: false}
  const [plan] = await db.query<{'QUERY PLAN': readonly {Plan: {'Plan Rows': number}}[]}>(
    `EXPLAIN (FORMAT JSON) SELECT 1 ${from}`,
    parameters.values,
  )
  const estimate = plan?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0
  return {value: Math.min(Math.max(Math.round(estimate), counted), 2_147_483_647), isEstimate: true}
}
