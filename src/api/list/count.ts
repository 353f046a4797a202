import {fromSql} from './fromSql'
import type {ListContext, PageArgs} from './pageArgs'
import {filterSql, type Scope} from './pageSql'
import {createParameters, type Parameters} from './parameters'
import type {ListSpec} from './spec'

export type Count = Readonly<{value: number; isEstimate: boolean}>

/** Counting more than this costs more than the figure is worth. */
export const EXACT_UP_TO = 10_000

const MAX_INT = 2_147_483_647

/** Exact up to 10,000 rows; beyond, what PostgreSQL's planner expects, and never less than what was counted. */
export async function countRows(context: ListContext, spec: ListSpec, args: PageArgs): Promise<Count> {
  const parameters = createParameters(context, await context.isOneChain())
  const from = `FROM ${fromSql({spec, args, parameters})} WHERE ${filterSql(spec, args, parameters)}`
  const [row] = await context.db.query<{n: number}>(`SELECT ${cappedSql(from)} AS n`, parameters.values)
  return orEstimate(context, row?.n ?? 0, () => ({from, values: parameters.values}))
}

/** The same of many parents' lists, those within the cap in one query; answers in the order of the keys. */
export async function countRowsOf(
  context: ListContext,
  spec: ListSpec,
  args: PageArgs,
  scope: Scope,
  keys: readonly string[],
): Promise<readonly Count[]> {
  const isOneChain = await context.isOneChain()
  const parameters = createParameters(context, isOneChain)
  const list = parameters.add(keys)
  const filter = filterSql(spec, args, parameters)
  const from = (part: string) => `FROM ${fromSql({spec, args, parameters, owner: {scope, key: 'p.key'}})} WHERE (${part}) AND ${filter}`
  const counts = scope.parts('p.key', parameters).map((part) => cappedSql(from(part)))
  const rows = await context.db.query<{key: string; n: number}>(
    `SELECT p.key, ${counts.join(' + ')} AS n FROM unnest(${list}::text[]) p(key)`,
    parameters.values,
  )
  const found = new Map(rows.map(({key, n}) => [key, n]))
  const answers: Count[] = []
  for (const key of keys)
    answers.push(await orEstimate(context, found.get(key) ?? 0, () => allOf(spec, args, scope, createParameters(context, isOneChain), key)))
  return answers
}

type Rows = Readonly<{from: string; values: readonly unknown[]}>

/** All of one parent's list. With parameters of its own: PostgreSQL refuses those that a statement does not name. */
function allOf(spec: ListSpec, args: PageArgs, scope: Scope, parameters: Parameters, parent: string): Rows {
  const key = `(${parameters.add([parent])}::text[])[1]`
  const from = fromSql({spec, args, parameters, owner: {scope, key}})
  const parts = scope.parts(key, parameters).join(') OR (')
  return {from: `FROM ${from} WHERE ((${parts})) AND ${filterSql(spec, args, parameters)}`, values: parameters.values}
}

const cappedSql = (from: string): string => `(SELECT count(*) FROM (SELECT 1 ${from} LIMIT ${EXACT_UP_TO + 1}) c)::int`

type Explained = Readonly<{'QUERY PLAN': readonly {Plan: {'Plan Rows': number}}[]}>

async function orEstimate({db}: ListContext, counted: number, rows: () => Rows): Promise<Count> {
  if (counted <= EXACT_UP_TO) return {value: counted, isEstimate: false}
  const {from, values} = rows()
  const [plan] = await db.query<Explained>(`EXPLAIN (FORMAT JSON) SELECT 1 ${from}`, values)
  const estimate = plan?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0
  return {value: Math.min(Math.max(Math.round(estimate), counted), MAX_INT), isEstimate: true}
}
