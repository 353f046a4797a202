import {firstKeyOfBlock} from '../../domain/ids'
import {isFactTable} from '../asOf/horizonSql'
import {apiError} from '../errors'
import {fromSql} from './fromSql'
import {castOf, type Parameters, storedValue} from './parameters'
import type {ListField, ListSpec} from './spec'

export type FilterInput = Readonly<Partial<Record<'eq' | 'ne' | 'in' | 'notIn' | 'gt' | 'gte' | 'lt' | 'lte', unknown>>>
export type WhereInput = Readonly<{and?: readonly WhereInput[] | null; or?: readonly WhereInput[] | null; not?: WhereInput | null}> &
  Readonly<Record<string, unknown>>

const COMPARISONS = {eq: '=', gt: '>', gte: '>=', lt: '<', lte: '<='} as const
const MAX_VALUES = 1_000
const MAX_NESTING = 8

const MAX_CONDITIONS = 500

/** SQL of a `where` input; identifiers come from the spec, values go to `parameters`. */
export function buildWhere(spec: ListSpec, where: WhereInput, parameters: Parameters): string {
  let conditions = 0
  const build = (spec: ListSpec, input: WhereInput, depth: number): string => {
    if (depth > MAX_NESTING)
      throw apiError('LIMIT_EXCEEDED', `where is nested ${depth} deep; at most ${MAX_NESTING}`, {limit: MAX_NESTING, asked: depth})
    const nested = (inner: WhereInput) => build(spec, inner, depth + 1)
    const sql: string[] = []
    for (const [name, value] of Object.entries(input)) {
      if (value === undefined || value === null) continue
      if (name === 'and') sql.push(...(value as WhereInput[]).map(nested))
      else if (name === 'or') sql.push(joinOr((value as WhereInput[]).map(nested)))
      // What is not there holds no condition: without it is all that the condition does not name.
      else if (name === 'not') sql.push(`(${nested(value as WhereInput)} IS NOT TRUE)`)
      else {
        const field = spec.fields[name] as ListField
        const {own, ofNamed} = splitFilter(value as WhereInput)
        sql.push(...buildFilter(field, own, parameters))
        if (name === 'blockNumber' && isFactTable(spec.table)) sql.push(...blockBounds(own, parameters))
        if (field.relation && ofNamed) sql.push(relationSql(field, build(field.relation, ofNamed, depth + 1), ofNamed))
      }
    }
    conditions += Math.max(1, sql.length)
    if (conditions > MAX_CONDITIONS)
      throw apiError('LIMIT_EXCEEDED', `where has ${conditions} conditions and more; at most ${MAX_CONDITIONS}`, {
        limit: MAX_CONDITIONS,
        asked: conditions,
      })
    return sql.length === 0 ? '(true)' : `(${sql.join(' AND ')})`
  }
  const relationSql = ({sql, relation}: ListField, conditions: string, where: WhereInput): string =>
    `${sql} IN (SELECT t."id" FROM ${fromSql({spec: relation as ListSpec, args: {where}, parameters})} WHERE ${conditions})`
  return build(spec, where, 0)
}

/** What a range of blocks is of the keys of one chain, which have an index: rows before it are passed over, not read. */
function blockBounds({eq, gt, gte, lt, lte}: FilterInput, {onlyChainId, add}: Parameters): readonly string[] {
  if (onlyChainId === null) return []
  const key = (block: unknown, step: number): string => add(firstKeyOfBlock(onlyChainId, Math.max(0, Number(block) + step)))
  const from = (block: unknown, step: number): readonly string[] => (block == null ? [] : [`t."id" >= ${key(block, step)}::text`])
  const to = (block: unknown, step: number): readonly string[] => (block == null ? [] : [`t."id" < ${key(block, step)}::text`])
  return [...from(eq, 0), ...to(eq, 1), ...from(gt, 1), ...from(gte, 0), ...to(lt, 0), ...to(lte, 1)]
}

/** Whether one plan suits all values of a filter: where it asks for ranges, how much they hold decides. */
export const isPlannedOnce = (where: WhereInput | null | undefined): boolean =>
  Object.entries(where ?? {}).every(
    ([name, filter]) =>
      filter == null ||
      (!['and', 'or', 'not'].includes(name) &&
        Object.entries(filter).every(([operator, value]) => value === undefined || operator === 'eq')),
  )

const OPERATORS: ReadonlySet<string> = new Set(['eq', 'ne', 'in', 'notIn', 'gt', 'gte', 'lt', 'lte'])

/** Conditions on an id itself, and those on what it names. */
function splitFilter(filter: WhereInput): Readonly<{own: FilterInput; ofNamed: WhereInput | null}> {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined)
  const ofNamed = given.filter(([name, value]) => !OPERATORS.has(name) && value !== null)
  return {
    own: Object.fromEntries(given.filter(([name]) => OPERATORS.has(name))),
    ofNamed: ofNamed.length > 0 ? Object.fromEntries(ofNamed) : null,
  }
}

const joinOr = (alternatives: readonly string[]): string => (alternatives.length === 0 ? '(false)' : `(${alternatives.join(' OR ')})`)

/** Null in `eq` and `ne` asks for nothing being there; elsewhere it is left out like any absent operator. */
function buildFilter({sql: stored, sqlAt, kind, ofAny}: ListField, filter: FilterInput, parameters: Parameters): readonly string[] {
  const sql = sqlAt?.(parameters) ?? stored
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
  return ofAny && conditions.length > 0 ? [ofAny(conditions.join(' AND '))] : conditions
}
