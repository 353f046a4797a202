import {enumName, type ListSpec} from './spec'

/** One column of an order; the last is always the id, which makes it total. */
export type OrderTerm = Readonly<{field: string; sql: string; cast: string; descending: boolean}>

/** Values of an order enum: `TIMESTAMP_ASC` -> `timestamp_asc`-like keys are their own values. */
export const orderValues = (spec: ListSpec): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['id', ...Object.keys(spec.fields).filter((name) => spec.fields[name]?.orderable)].flatMap((name) =>
      ['ASC', 'DESC'].map((direction) => [`${enumName(name)}_${direction}`, `${enumName(name)}_${direction}`]),
    ),
  )

const CASTS: Readonly<Record<string, string>> = {int: 'int8', bigint: 'numeric', time: 'timestamptz', chain: 'numeric'}

/** `orderBy` values to columns; what follows an id decides nothing, and the id's direction is that of the first column. */
export function buildOrder(spec: ListSpec, orderBy: readonly string[] | null | undefined): readonly OrderTerm[] {
  const wanted = orderBy && orderBy.length > 0 ? orderBy : [spec.defaultOrder]
  const terms: OrderTerm[] = []
  for (const value of wanted) {
    const descending = value.endsWith('_DESC')
    const name = value.replace(/_(ASC|DESC)$/, '')
    const field = name === 'ID' ? 'id' : (Object.keys(spec.fields).find((f) => enumName(f) === name) as string)
    if (terms.some((term) => term.field === field)) continue
    const listed = spec.fields[field]
    terms.push({
      field,
      sql: field === 'id' ? 't."id"' : (listed?.sql as string),
      cast: listed ? (CASTS[listed.kind] ?? 'text') : 'text',
      descending,
    })
    if (field === 'id') return terms
  }
  return [...terms, {field: 'id', sql: 't."id"', cast: 'text', descending: terms[0]?.descending ?? false}]
}

export const reverseOrder = (order: readonly OrderTerm[]): readonly OrderTerm[] =>
  order.map((term) => ({...term, descending: !term.descending}))

export const orderSql = (order: readonly OrderTerm[]): string =>
  order.map(({sql, descending}) => `${sql} ${descending ? 'DESC' : 'ASC'}`).join(', ')
