import {isFactTable} from '../asOf/horizonSql'
import {tableSql} from '../asOf/tableSql'
import {followsSql, type Seek} from './branches'
import {castOf, type Parameters, storedValue} from './parameters'
import type {FieldKind, ListSpec, Narrowing, Told} from './spec'

type Source = Readonly<{
  spec: ListSpec
  args: Readonly<{where?: Readonly<Record<string, unknown>> | null}>
  parameters: Parameters
  /** What the list belongs to, by which of its fields, and the SQL of its key. */
  owner?: Readonly<{scope: Readonly<{field?: string | undefined; told?: Told | undefined}>; key: string}> | undefined
  /** Where a page begins and ends. */
  seeks?: readonly Seek[]
}>

/**
 * What a list reads, as `t`. As of a past block, state is found by what it is now only where that never changes; by what changed it is
 * found from the facts that told it, in the order of its ids.
 */
export function fromSql(source: Source): string {
  const {spec, parameters, seeks = []} = source
  const table = tableSql(spec.table, parameters)
  const told = parameters.horizon === null || isFactTable(spec.table) ? null : narrowingOf(source)
  if (told === null) return `${table} t`
  const {narrowing, condition} = told
  const byId = seeks.every(({order}) => order.length === 1)
  const behind = byId ? seeks.map((seek) => followsSql(seek, parameters, () => `x."${narrowing.id}"`)) : []
  const conditions = [condition, parameters.horizon?.upTo('x."id"') ?? 'true', ...behind]
  // Of other chains than the answer's, the state that it is joined with has no rows.
  return `(SELECT DISTINCT x."${narrowing.id}" AS id FROM "${narrowing.table}" x WHERE ${conditions.join(' AND ')}) told JOIN ${table} t ON t.id = told.id`
}

function narrowingOf({spec, args, parameters, owner}: Source): Readonly<{narrowing: Narrowing; condition: string}> | null {
  const scoped = owner?.scope.field === undefined ? undefined : spec.fields[owner.scope.field]?.narrowing
  if (owner?.scope.told) return {narrowing: owner.scope.told.narrowing, condition: owner.scope.told.condition(owner.key)}
  if (owner && scoped) return {narrowing: scoped, condition: `x."${scoped.column}" = ${owner.key}`}
  for (const [name, {kind, narrowing}] of Object.entries(spec.fields)) {
    const eq = (args.where?.[name] as {eq?: unknown} | null | undefined)?.eq
    if (narrowing && eq != null) return {narrowing, condition: `x."${narrowing.column}" = ${parameterOf(kind, eq, parameters)}`}
  }
  return null
}

const parameterOf = (kind: FieldKind, value: unknown, parameters: Parameters): string =>
  `${parameters.add(storedValue(kind, value, parameters.soleChainId))}::${castOf(kind)}`
