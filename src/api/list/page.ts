import type {TableName} from '../../domain/rows'
import type {Reading} from '../rows/columnUse'
import type {Tuple} from '../rows/runStatement'
import {type Count, countRows, countRowsOf} from './count'
import {formatCursor, type Position} from './cursor'
import {buildOrder, type OrderTerm} from './order'
import {type ListContext, type PageArgs, type Window, windowOf} from './pageArgs'
import {pageSql, pinsChain, positionIn, rankSql, type Scope} from './pageSql'
import {createParameters, keysSql} from './parameters'
import type {ListSpec} from './spec'
import {isPlannedOnce} from './where'

export type PageInfo = Readonly<{hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null}>
export type Edge<N> = Readonly<{cursor: string; node: N}>
export type Page<N> = Readonly<{edges: readonly Edge<N>[]; nodes: readonly N[]; pageInfo: PageInfo; count: () => Promise<Count>}>

/** What a list's rows become. */
export type Listed<N> = Readonly<{spec: ListSpec; toNode: (row: never) => N}>

/** A page of a list that belongs to nobody. A single query, whatever its depth; the count only when it is asked for. */
export async function fetchPage<N>(context: ListContext, {spec, toNode}: Listed<N>, args: PageArgs): Promise<Page<N>> {
  const [window, order] = [windowOf(args), buildOrder(spec, args.orderBy)]
  const isOneChain = await context.isOneChain()
  const parameters = createParameters(context, isOneChain)
  const oneChain = pinsChain(spec, args) || isOneChain
  const reading = context.reading({name: spec.name, table: spec.table})
  const text = pageSql({spec, args, order, window, parameters, oneChain, fields: reading.fields})
  const tuples = await context.db.tuples(text, parameters.values, isPlannedOnce(args.where))
  return buildPage(walk(tuples, order, window, reading, toNode), tuples.length, window, args, () => countRows(context, spec, args))
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
  const isOneChain = await context.isOneChain()
  const parameters = createParameters(context, isOneChain)
  const list = parameters.add(keys)
  const oneChain = scope.oneChain === true || pinsChain(spec, args) || isOneChain
  const reading = context.reading({name: `${scope.name} ${spec.name}`, table: spec.table})
  const inner = pageSql({spec, args, order, window, parameters, oneChain, fields: reading.fields, owner: {scope, key: 'p.key'}})
  const sql = `SELECT x.*, p.key AS "__key" FROM ${keysSql(list, keys, 'p')} CROSS JOIN LATERAL ${inner} x ORDER BY p.key, ${rankSql(order, window.backward, oneChain)}`
  const tuples = groupByKey(
    await context.db.tuples(sql, parameters.values, isPlannedOnce(args.where)),
    (tuple) => tuple[tuple.length - 1] as string,
  )
  const counts = context.nested(`count ${spec.name} ${scope.name} ${JSON.stringify(args)}`, (of) =>
    countRowsOf(context, spec, args, scope, of),
  )
  return keys.map((key) => {
    const own = tuples.get(key) ?? []
    return buildPage(walk(own, order, window, reading, toNode), own.length, window, args, () => counts.load(key) as Promise<Count>)
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

function walk<N>(
  tuples: readonly Tuple[],
  order: readonly OrderTerm[],
  {size}: Window,
  reading: Reading<TableName>,
  toNode: (row: never) => N,
): Walked<N> {
  const behind = reading.fields.length
  const idAt = reading.fields.indexOf('id')
  const nodes = tuples.slice(0, size).map((tuple) => toNode(reading.row(tuple) as never))
  return {nodes, order, positionOf: (i) => positionIn(tuples[i] as Tuple, order, idAt, behind)}
}

/** Nodes as they were read, and where each stands in the order. */
export type Walked<N> = Readonly<{nodes: readonly N[]; order: readonly OrderTerm[]; positionOf: (i: number) => Position}>

/** `found` more than a page holds: there is another. */
export function buildPage<N>(
  walked: Walked<N>,
  found: number,
  {size, backward}: Window,
  {after, before}: PageArgs,
  count: Page<N>['count'],
): Page<N> {
  const more = found > size
  const [hasNextPage, hasPreviousPage] = backward ? [before != null, more] : [more, after != null]
  return new WalkedPage(walked, backward, {hasNextPage, hasPreviousPage}, count)
}

/** Most edges and cursors of a page are never asked for. A class: V8 keeps what getters of an object literal close over as if it were to stay. */
class WalkedPage<N> implements Page<N>, PageInfo {
  readonly nodes: readonly N[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  #edges: readonly Edge<N>[] | null = null
  constructor(
    private readonly walked: Walked<N>,
    private readonly backward: boolean,
    {hasNextPage, hasPreviousPage}: Pick<PageInfo, 'hasNextPage' | 'hasPreviousPage'>,
    readonly count: () => Promise<Count>,
  ) {
    this.nodes = backward ? [...walked.nodes].reverse() : walked.nodes
    this.hasNextPage = hasNextPage
    this.hasPreviousPage = hasPreviousPage
  }
  get pageInfo(): PageInfo {
    return this
  }
  get edges(): readonly Edge<N>[] {
    this.#edges ??= this.nodes.map((node, i) => new ListEdge(node, this, i))
    return this.#edges
  }
  get startCursor(): string | null {
    return this.nodes.length === 0 ? null : this.cursorOf(0)
  }
  get endCursor(): string | null {
    return this.nodes.length === 0 ? null : this.cursorOf(this.nodes.length - 1)
  }
  cursorOf(i: number): string {
    const {order, positionOf} = this.walked
    return formatCursor(order, positionOf(this.backward ? this.nodes.length - 1 - i : i))
  }
}

class ListEdge<N> implements Edge<N> {
  constructor(
    readonly node: N,
    private readonly page: Readonly<{cursorOf: (i: number) => string}>,
    private readonly i: number,
  ) {}
  get cursor(): string {
    return this.page.cursorOf(this.i)
  }
}
