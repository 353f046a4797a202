import {type Count, countRows, countRowsOf} from './count'
import {formatCursor, type Position} from './cursor'
import {buildOrder, type OrderTerm} from './order'
import {type ListContext, type PageArgs, type Window, windowOf} from './pageArgs'
import {pageSql, pinsChain, positionOf, rankSql, type Scope} from './pageSql'
import {createParameters, keysSql} from './parameters'
import type {ListSpec} from './spec'

export type PageInfo = Readonly<{hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null}>
export type Edge<N> = Readonly<{cursor: string; node: N}>
export type Page<N> = Readonly<{edges: readonly Edge<N>[]; nodes: readonly N[]; pageInfo: PageInfo; count: () => Promise<Count>}>

type PageRow = Readonly<Record<string, unknown> & {__key?: string}>

/** Filters make texts without number, and want plans of their own. */
const isHot = ({where}: PageArgs): boolean => where == null

/** What a list's rows become. */
export type Listed<N> = Readonly<{spec: ListSpec; toNode: (row: never) => N}>

/** A page of a list that belongs to nobody. A single query, whatever its depth; the count only when it is asked for. */
export async function fetchPage<N>(context: ListContext, {spec, toNode}: Listed<N>, args: PageArgs): Promise<Page<N>> {
  const [window, order] = [windowOf(args), buildOrder(spec, args.orderBy)]
  const parameters = createParameters(context)
  const oneChain = pinsChain(spec, args) || (await context.isOneChain())
  const text = pageSql({spec, args, order, window, parameters, oneChain})
  const rows = await context.db.query<PageRow>(text, parameters.values, isHot(args))
  const edges = edgesOf(rows, order, window, toNode)
  return buildPage(edges, rows.length, window, args, () => countRows(context, spec, args))
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
  const inner = pageSql({spec, args, order, window, parameters, oneChain, owner: {scope, key: 'p.key'}})
  const sql = `SELECT p.key AS "__key", x.* FROM ${keysSql(list, keys, 'p')} CROSS JOIN LATERAL ${inner} x ORDER BY p.key, ${rankSql(order, window.backward, oneChain)}`
  const rows = groupByKey(await context.db.query<PageRow>(sql, parameters.values, isHot(args)))
  const counts = context.nested(`count ${spec.name} ${scope.name} ${JSON.stringify(args)}`, (of) =>
    countRowsOf(context, spec, args, scope, of),
  )
  return keys.map((key) => {
    const own = rows.get(key) ?? []
    return buildPage(edgesOf(own, order, window, toNode), own.length, window, args, () => counts.load(key) as Promise<Count>)
  })
}

/** Rows of several parents, apart; each in the order of the rows. */
export function groupByKey<R extends {readonly __key?: string}>(rows: readonly R[]): ReadonlyMap<string, readonly R[]> {
  const grouped = new Map<string, R[]>()
  for (const row of rows) {
    const own = grouped.get(row.__key as string)
    if (own) own.push(row)
    else grouped.set(row.__key as string, [row])
  }
  return grouped
}

function edgesOf<N>(rows: readonly PageRow[], order: readonly OrderTerm[], {size}: Window, toNode: (row: never) => N): readonly Edge<N>[] {
  return rows.slice(0, size).map((row) => new ListEdge(toNode(row as never), order, () => positionOf(row, order)))
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
