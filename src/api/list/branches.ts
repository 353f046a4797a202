import type {Position} from './cursor'
import {type OrderTerm, sortValue} from './order'
import type {Parameters} from './parameters'

/** Part of a list that one index can walk in order; the parts of a list have no row in common. */
export type Branch = Readonly<{conditions: readonly string[]; orderBy: string}>

/** Only what follows a position in an order is wanted. The end of a window is one in the reverse order. */
export type Seek = Readonly<{order: readonly OrderTerm[]; position: Position}>

const direction = ({descending}: OrderTerm): string => (descending ? 'DESC' : 'ASC')
const orderSql = (order: readonly OrderTerm[], value: (term: OrderTerm) => string): string =>
  order.map((term) => `${value(term)} ${direction(term)}`).join(', ')

/**
 * Rows that follow a position. One row comparison where all columns run the same way, since an index can seek to that.
 * `value`: how a column is written.
 */
export function followsSql({order, position}: Seek, parameters: Parameters, value: (term: OrderTerm) => string = sortValue): string {
  if (order.length === 0) return 'false'
  const values = order.map(({cast}, i) => `${parameters.add(position[i])}::${cast}`)
  const compare = (term: OrderTerm) => (term.descending ? '<' : '>')
  if (order.every(({descending}) => descending === order[0]?.descending))
    return `(${order.map(value).join(', ')}) ${compare(order[0] as OrderTerm)} (${values.join(', ')})`
  const alternatives = order.map((term, i) =>
    [...order.slice(0, i).map((t, j) => `${value(t)} = ${values[j]}`), `${value(term)} ${compare(term)} ${values[i]}`].join(' AND '),
  )
  return `(${alternatives.map((a) => `(${a})`).join(' OR ')})`
}

/** Parts of a list in an order. An index on a column that may be null has the nulls at its end; they are a branch of their own. */
export function buildBranches(order: readonly OrderTerm[], seeks: readonly Seek[], parameters: Parameters): readonly Branch[] {
  const [first] = order
  if (!first?.nullable) return [{conditions: seeks.map((seek) => followsSql(seek, parameters)), orderBy: orderSql(order, sortValue)}]
  const raw = (term: OrderTerm) => (term.field === first.field ? term.sql : sortValue(term))
  const present: string[] = [`${first.sql} IS NOT NULL`]
  const absent: string[] = [`${first.sql} IS NULL`]
  for (const {order: way, position} of seeks) {
    const [lead, ...tail] = way
    const atNull = position[0] === '-infinity'
    if (!atNull) present.push(followsSql({order: way, position}, parameters, raw))
    else if (lead?.descending) present.push('false')
    if (atNull) absent.push(followsSql({order: tail, position: position.slice(1)}, parameters))
    else if (!lead?.descending) absent.push('false')
  }
  return [
    {conditions: present, orderBy: orderSql(order, raw)},
    {conditions: absent, orderBy: orderSql(order, raw)},
  ]
}
