import {isFactTable} from '../asOf/horizonSql'
import {tableSql} from '../asOf/tableSql'
import {followsSql, type Seek} from './branches'
import {castOf, type Parameters, storedValue} from './parameters'
import type {FieldKind, ListField, ListSpec, Narrowing, Told} from './spec'

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
  const {spec, parameters, owner, seeks = []} = source
  const {horizon} = parameters
  const table = tableSql(spec.table, parameters)
  if (horizon === null || isFactTable(spec.table)) return `${table} t`
  const byId = seeks.every(({order}) => order.length === 1)
  const behind = (id: string) => (byId ? seeks.map((seek) => followsSql(seek, parameters, () => id)) : [])
  const joined = ({table: facts, id}: Narrowing, condition: string): string => {
    const conditions = [condition, horizon.upTo('x."id"'), ...behind(`x."${id}"`)]
    // Of other chains than the answer's, the state that it is joined with has no rows.
    return `(SELECT DISTINCT x."${id}" AS id FROM "${facts}" x WHERE ${conditions.join(' AND ')}) told JOIN ${table} t ON t.id = told.id`
  }
  if (owner?.scope.told) return joined(owner.scope.told.narrowing, owner.scope.told.condition(owner.key))
  const given = givenValue(source)
  if (given?.field.past) return `${given.field.past(given.value, horizon, behind)} t`
  if (given?.field.narrowing) return joined(given.field.narrowing, `x."${given.field.narrowing.column}" = ${given.value}`)
  return `${table} t`
}

/** A field of state that changes, and the value that all rows of the list have in it: what the list belongs to, or an `eq` of its filter. */
function givenValue({spec, args, parameters, owner}: Source): Readonly<{field: ListField; value: string}> | null {
  const changes = (field: ListField | undefined): field is ListField => Boolean(field?.past ?? field?.narrowing)
  const scoped = owner?.scope.field === undefined ? undefined : spec.fields[owner.scope.field]
  if (owner && changes(scoped)) return {field: scoped, value: owner.key}
  for (const [name, field] of Object.entries(spec.fields)) {
    const eq = (args.where?.[name] as {eq?: unknown} | null | undefined)?.eq
    if (changes(field) && eq != null) return {field, value: parameterOf(field.kind, eq, parameters)}
  }
  return null
}

const parameterOf = (kind: FieldKind, value: unknown, parameters: Parameters): string =>
  `${parameters.add(storedValue(kind, value, parameters.soleChainId))}::${castOf(kind)}`
