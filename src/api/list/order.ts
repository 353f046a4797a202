import {enumName, type ListSpec} from './spec'

/** One column of an order; the last is always the id, which makes it total. Nulls count as below everything. */
export type OrderTerm = Readonly<{field: string; sql: string; cast: string; descending: boolean; nullable: boolean}>

/** Values of an order enum, their own names: `TIMESTAMP_ASC`. */
export const orderValues = (spec: ListSpec): Readonly<Record<string, string>> =>
  Object.fromEntries(
    orderFields(spec).flatMap((name) => ['ASC', 'DESC'].map((way) => [`${enumName(name)}_${way}`, `${enumName(name)}_${way}`])),
  )

export const orderFields = (spec: ListSpec): readonly string[] => [
  'id',
  ...Object.keys(spec.fields).filter((name) => spec.fields[name]?.orderable),
]

const CASTS: Readonly<Record<string, string>> = {int: 'int8', bigint: 'numeric', time: 'timestamptz', chain: 'numeric'}

const idTerm = (descending: boolean): OrderTerm => ({field: 'id', sql: 't."id"', cast: 'text', descending, nullable: false})

/** `orderBy` values to columns; what follows an id decides nothing, and the id's direction is that of the first column. */
export function buildOrder(spec: ListSpec, orderBy: readonly string[] | null | undefined): readonly OrderTerm[] {
  const wanted = orderBy && orderBy.length > 0 ? orderBy : [spec.defaultOrder]
  const terms: OrderTerm[] = []
  for (const value of wanted) {
    const descending = value.endsWith('_DESC')
    const name = value.replace(/_(ASC|DESC)$/, '')
    if (name === 'ID') return [...terms, idTerm(descending)]
    const field = orderFields(spec).find((f) => enumName(f) === name) as string
    if (terms.some((term) => term.field === field)) continue
    const listed = spec.fields[field]
    if (listed) terms.push({field, sql: listed.sql, cast: CASTS[listed.kind] ?? 'text', descending, nullable: listed.nullable === true})
  }
  return [...terms, idTerm(terms[0]?.descending ?? false)]
}

/**
 * What the database has to sort by. On one chain, block times never fall, so the order of events by time is that of their keys: an index
 * stands behind the key for every filter that has one.
 */
export function sortTerms(order: readonly OrderTerm[], oneChain: boolean): readonly OrderTerm[] {
  const [first, second] = order
  const byTime = order.length === 2 && first?.field === 'timestamp' && first.descending === second?.descending
  return byTime && oneChain ? order.slice(1) : order
}

export const reverseOrder = (order: readonly OrderTerm[]): readonly OrderTerm[] =>
  order.map((term) => ({...term, descending: !term.descending}))

/** The value that sorts: what is not there as the lowest. */
export const sortValue = ({sql, cast, nullable}: OrderTerm): string => (nullable ? `coalesce(${sql}, '-infinity'::${cast})` : sql)
