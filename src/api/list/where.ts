import {apiError} from '../errors'
import {castOf, type Parameters, storedValue} from './parameters'
import type {ListField, ListSpec} from './spec'

export type FilterInput = Readonly<Partial<Record<'eq' | 'ne' | 'in' | 'notIn' | 'gt' | 'gte' | 'lt' | 'lte', unknown>>>
export type WhereInput = Readonly<{and?: readonly WhereInput[] | null; or?: readonly WhereInput[] | null; not?: WhereInput | null}> &
  Readonly<Record<string, unknown>>

const COMPARISONS = {eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<='} as const
const MAX_VALUES = 1_000
const MAX_NESTING = 8

/** SQL of a `where` input; identifiers come from the spec, values go to `parameters`. */
export function buildWhere(spec: ListSpec, where: WhereInput, parameters: Parameters, depth = 0): string {
  if (depth > MAX_NESTING)
    throw apiError('LIMIT_EXCEEDED', `where is nested ${depth} deep; at most ${MAX_NESTING}`, {limit: MAX_NESTING, asked: depth})
  const nested = (input: WhereInput) => buildWhere(spec, input, parameters, depth + 1)
  const conditions: string[] = []
  for (const [name, value] of Object.entries(where)) {
    if (value === undefined || value === null) continue
    if (name === 'and') conditions.push(...(value as WhereInput[]).map(nested))
    else if (name === 'or') conditions.push(joinOr((value as WhereInput[]).map(nested)))
    else if (name === 'not') conditions.push(`NOT ${nested(value as WhereInput)}`)
    else conditions.push(...buildFilter(spec.fields[name] as ListField, value as FilterInput, parameters))
  }
  return conditions.length === 0 ? '(true)' : `(${conditions.join(' AND ')})`
}

const joinOr = (alternatives: readonly string[]): string => (alternatives.length === 0 ? '(false)' : `(${alternatives.join(' OR ')})`)

/** Null in `eq` and `ne` asks for nothing being there; elsewhere it is left out like any absent operator. */
function buildFilter({sql, kind}: ListField, filter: FilterInput, parameters: Parameters): readonly string[] {
  const one = (value: unknown) => `${parameters.add(storedValue(kind, value, parameters.soleChainId))}::${castOf(kind)}`
  const conditions: string[] = []
  for (const [operator, value] of Object.entries(filter)) {
    if (operator === 'in' || operator === 'notIn') {
      if (value === null || value === undefined) continue
      const list = value as readonly unknown[]
      if (list.length > MAX_VALUES)
        throw apiError('LIMIT_EXCEEDED', `${operator} takes at most ${MAX_VALUES} values, not ${list.length}`, {
          limit: MAX_VALUES,
          asked: list.length,
        })
      const any = `${sql} = ANY(${parameters.add(list.map((item) => storedValue(kind, item, parameters.soleChainId)))}::${castOf(kind)}[])`
      conditions.push(operator === 'in' ? any : `(NOT (${any}) OR ${sql} IS NULL)`)
    } else if (operator === 'ne') conditions.push(value === null ? `${sql} IS NOT NULL` : `${sql} IS DISTINCT FROM ${one(value)}`)
    else if (operator === 'eq' && value === null) conditions.push(`${sql} IS NULL`)
    else if (value !== null && value !== undefined)
      conditions.push(`${sql} ${COMPARISONS[operator as keyof typeof COMPARISONS]} ${one(value)}`)
  }
  return conditions
}
