import {type Count, countRows, countRowsOf} from './count'
import {formatCursor, type Position} from './cursor'
import {buildOrder, type OrderTerm} from './order'
import {type ListContext, type PageArgs, type Window, windowOf} from './pageArgs'
import {pageSql, pinsChain, positionIn, rankSql, type Scope} from './pageSql'
import type {TableName} from '../../domain/rows'
import type {Reading} from '../rows/columnUse'
import type {Tuple} from '../rows/runStatement'
import {createParameters, keysSql} from './parameters'
import type {ListSpec} from './spec'

export type PageInfo = Readonly<{hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null}>
export type Edge<N> = Readonly<{cursor: string; node: N}>
export type Page<N> = Readonly<{edges: readonly Edge<N>[]; nodes: readonly N[]; pageInfo: PageInfo; count: () => Promise<Count>}>

/** Filters make texts without number, and want plans of their own. */
const isHot = ({where}: PageArgs): boolean => where == null

/** What a list's rows become. */
export type Listed<N> = Readonly<{spec: ListSpec; toNode: (row: never) => N}>

/** A page of a list that belongs to nobody. A single query, whatever its depth; the count only when it is asked for. */
export async function fetchPage<N>(context: ListContext, {spec, toNode}: Listed<N>, args: PageArgs): Promise<Page<N>> {
  const [window, order] = [windowOf(args), buildOrder(spec, args.orderBy)]
  const parameters = createParameters(context)
  const oneChain = pinsChain(spec, args) || (await context.isOneChain())
  const reading = context.reading({name: spec.name, table: spec.table})
  const text = pageSql({spec, args, order, window, parameters, oneChain, fields: reading.fields})
  const tuples = await context.db.tuples(text, parameters.values, isHot(args))
  const edges = edgesOf(tuples, order, window, reading, toNode)
  return buildPage(edges, tuples.length, window, args, () => countRows(context, spec, args))
}

/** The same page of many parents' lists in one query; answers in the order of the keys. */
export async function fetchPages<N>(
  context: ListContext,
  {spec, toNode}: Listed<N>,
  args: PageArgs,
  scope: Scope,
  keys: readonly string[],
): Promise<readonly Page<N>[]> {
  const [window, order] = [windowOf(args), buildOrder(spec, args.orderBy)]
  const parameters = createParameters(context)
  const list = parameters.add(keys)
  const oneChain = scope.oneChain === true || pinsChain(spec, args) || (await context.isOneChain())
  const reading = context.reading({name: `${scope.name} ${spec.name}`, table: spec.table})
  const inner = pageSql({spec, args, order, window, parameters, oneChain, fields: reading.fields, owner: {scope, key: 'p.key'}})
  const sql = `SELECT x.*, p.key AS "__key" FROM ${keysSql(list, keys, 'p')} CROSS JOIN LATERAL ${inner} x ORDER BY p.key, ${rankSql(order, window.backward, oneChain)}`
  const tuples = groupByKey(await context.db.tuples(sql, parameters.values, isHot(args)), (tuple) => tuple[tuple.length - 1] as string)
  const counts = context.nested(`count ${spec.name} ${scope.name} ${JSON.stringify(args)}`, (of) =>
    countRowsOf(context, spec, args, scope, of),
  )
  return keys.map((key) => {
    const own = tuples.get(key) ?? []
    return buildPage(edgesOf(own, order, window, reading, toNode), own.length, window, args, () => counts.load(key) as Promise<Count>)
  })
}

/** Rows of several parents, apart; each in the order of the rows. */
export function groupByKey<R>(rows: readonly R[], keyOf: (row: R) => string): ReadonlyMap<string, readonly R[]> {
  const grouped = new Map<string, R[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const own = grouped.get(key)
    if (own) own.push(row)
    else grouped.set(key, [row])
  }
  return grouped
}

function edgesOf<N>(
  tuples: readonly Tuple[],
  order: readonly OrderTerm[],
  {size}: Window,
  reading: Reading<TableName>,
  toNode: (row: never) => N,
): readonly Edge<N>[] {
  const place = reading.fields.length
  const idAt = reading.fields.indexOf('id')
  return tuples
    .slice(0, size)
    .map((tuple) => new ListEdge(toNode(reading.row(tuple) as never), order, () => positionIn(tuple, order, idAt, place)))
}

/** Most cursors of a page are never asked for. */
export class ListEdge<N> implements Edge<N> {
  constructor(
    readonly node: N,
    private readonly order: readonly OrderTerm[],
    private readonly position: () => Position,
  ) {}

  get cursor(): string {
    return formatCursor(this.order, this.position())
  }
}

/** `walked`: the edges as they were read; `found` more than a page holds: there is another. */
export function buildPage<N>(
  walked: readonly Edge<N>[],
  found: number,
  {size, backward}: Window,
  {after, before}: PageArgs,
  count: Page<N>['count'],
): Page<N> {
  const edges = backward ? [...walked].reverse() : walked
  const more = found > size
  const [hasNextPage, hasPreviousPage] = backward ? [before != null, more] : [more, after != null]
  return {edges, nodes: edges.map(({node}) => node), pageInfo: new EdgesInfo(edges, hasNextPage, hasPreviousPage), count}
}

/** Cursors are made when they are asked for. A class: V8 keeps what getters of an object literal close over as if it were to stay. */
class EdgesInfo implements PageInfo {
  readonly #edges: readonly Edge<unknown>[]
  constructor(
    edges: readonly Edge<unknown>[],
    readonly hasNextPage: boolean,
    readonly hasPreviousPage: boolean,
  ) {
    this.#edges = edges
  }
  get startCursor(): string | null {
    return this.#edges[0]?.cursor ?? null
  }
  get endCursor(): string | null {
    return this.#edges[this.#edges.length - 1]?.cursor ?? null
  }
}
