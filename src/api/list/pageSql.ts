import {isFactTable} from '../asOf/horizonSql'
import {knownSql} from '../asOf/tableSql'
import {selectColumns} from '../stored'
import {buildBranches, type Seek} from './branches'
import {type Position, parseCursor} from './cursor'
import {fromSql} from './fromSql'
import {type OrderTerm, reverseOrder, sortTerms, sortValue} from './order'
import type {PageArgs, Window} from './pageArgs'
import type {Parameters} from './parameters'
import type {ListSpec, Told} from './spec'
import {buildWhere} from './where'

/** What a nested list belongs to. */
export type Scope = Readonly<{
  name: string
  /** SQL over `t` and the parent's key: conditions that exclude each other, each with an index behind it; the list is all of them. */
  parts: (key: string, parameters: Parameters) => readonly string[]
  /** The field of the list that names the parent, where it is one. */
  field?: string | undefined
  /** Where none is: the facts that told of the list's rows. */
  told?: Told | undefined
  /** All of it is on one chain. */
  oneChain?: boolean
}>

export const scopeBy = (name: string, column: string, oneChain = false): Scope => ({
  name,
  parts: (key) => [`t."${column}" = ${key}`],
  oneChain,
})

export function filterSql(spec: ListSpec, args: PageArgs, parameters: Parameters): string {
  const conditions = [buildWhere(spec, args.where ?? {}, parameters)]
  if (spec.base) conditions.push(`(${spec.base})`)
  if (parameters.horizon && isFactTable(spec.table)) conditions.push(knownSql(parameters))
  if (spec.hasAuthority && !args.includeUnverified) conditions.push(`t."authority" <> 'unverified'`)
  return conditions.join(' AND ')
}

/** A filter that leaves one chain only. */
export const pinsChain = ({fields}: ListSpec, {where}: PageArgs): boolean =>
  ['asset', 'collection', 'chainId'].some((name) => fields[name] && (where?.[name] as {eq?: unknown} | undefined)?.eq != null)

type Query = Readonly<{
  spec: ListSpec
  args: PageArgs
  order: readonly OrderTerm[]
  window: Window
  parameters: Parameters
  oneChain: boolean
  /** The fields that are read of a row; default: all. */
  fields?: readonly string[]
  /** What it is a list of, and the SQL of its key; without, of all. */
  owner?: Readonly<{scope: Scope; key: string}>
}>

/**
 * One page and one row more: the fields of each, its position in the order (`__p0`, …), and what it was sorted by (`__o0`, …); the id is both
 * as it is.
 */
export function pageSql({spec, args, order, window: {size, backward}, parameters, oneChain, fields, owner}: Query): string {
  const walked = sortTerms(backward ? reverseOrder(order) : order, oneChain)
  const skipped = order.length - walked.length
  const seek = (cursor: string, way: readonly OrderTerm[]): Seek => ({
    order: sortTerms(way, oneChain),
    position: parseCursor(order, cursor).slice(skipped),
  })
  const seeks = seeksOf(args, order, seek)
  const filter = filterSql(spec, args, parameters)
  const sorted = walked.flatMap((term, i) => (isId(term) ? [] : [`${sortValue(term)} AS "__o${i}"`]))
  const position = order.flatMap((term, i) => (isId(term) ? [] : [`${sortValue(term)}::text AS "__p${i}"`]))
  const columns = [selectColumns(spec.table, 't', fields), ...position, ...sorted].join(', ')
  const from = fromSql({spec, args, parameters, owner, seeks})
  const parts = owner ? owner.scope.parts(owner.key, parameters) : ['true']
  const branches = buildBranches(walked, seeks, parameters).flatMap(({conditions, orderBy}) =>
    parts.map(
      (part) => `(SELECT ${columns} FROM ${from}
        WHERE ${[`(${part})`, filter, ...conditions].join(' AND ')} ORDER BY ${orderBy} LIMIT ${size + 1})`,
    ),
  )
  const [only, ...others] = branches
  if (others.length === 0) return only as string
  return `(SELECT * FROM (${branches.join(' UNION ALL ')}) u ORDER BY ${sortedBy(walked, 'u')} LIMIT ${size + 1})`
}

/** Where a page begins and ends. Text that is empty is a cursor too, and refused as one. */
export const seeksOf = <S>(
  {after, before}: PageArgs,
  order: readonly OrderTerm[],
  seek: (cursor: string, way: readonly OrderTerm[]) => S,
): S[] => [...(after == null ? [] : [seek(after, order)]), ...(before == null ? [] : [seek(before, reverseOrder(order))])]

/** How the rows of one parent among many are told apart in order again. */
export const rankSql = (order: readonly OrderTerm[], backward: boolean, oneChain: boolean): string =>
  sortedBy(sortTerms(backward ? reverseOrder(order) : order, oneChain), 'x')

const sortedBy = (walked: readonly OrderTerm[], alias: string): string =>
  walked.map((term, i) => `${alias}.${isId(term) ? 'id' : `"__o${i}"`} ${term.descending ? 'DESC' : 'ASC'}`).join(', ')

const isId = ({field}: OrderTerm): boolean => field === 'id'

/** Where a row stands in the order, by the names of its columns. */
export const positionOf = (row: Readonly<Record<string, unknown>>, order: readonly OrderTerm[]): Position =>
  order.map((term, i) => row[isId(term) ? 'id' : `__p${i}`] as string)

/** The same by places: of the id, and of what stands behind the fields. */
export function positionIn(tuple: readonly unknown[], order: readonly OrderTerm[], idAt: number, behind: number): Position {
  let place = behind
  return order.map((term) => tuple[isId(term) ? idAt : place++] as string)
}
