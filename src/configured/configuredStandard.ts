import {buildLayout} from '../domain/abiEvent'
import type {EventBody, EventType} from '../domain/event'
import type {Address} from '../domain/hex'
import type {Log} from '../domain/log'
import type {EventLayout, Standard} from '../domain/standard'
import {configuredSale} from './configuredSale'
import type {EventMapping, MappingProblem} from './eventMapping'
import {compileExpression, type Evaluate, ExpressionError} from './expression'
import {type ParsedEvent, parseEvent} from './parameter'
import {FIELDS, type FieldSpec} from './vocabulary'

export type MappingResult = Readonly<{ok: true; layout: EventLayout}> | Readonly<{ok: false; problems: readonly MappingProblem[]}>

/** The contracts' own shapes as one more standard, asked before the others: the operator's word goes first. */
export const buildConfiguredStandard = (layouts: readonly EventLayout[]): Standard => ({
  name: 'configured',
  title: "The operator's own event shapes",
  source: 'indexer.yaml, events',
  layouts,
})

/** Checks a mapping and makes it a layout. Every problem is told, each with its path in the mapping. */
export function buildConfiguredLayout(mapping: EventMapping): MappingResult {
  const specs = FIELDS[mapping.as]
  if (!specs)
    return refuse('as', `${JSON.stringify(mapping.as)} cannot be filled by configuration; known are ${Object.keys(FIELDS).join(', ')}`)
  let parsed: ParsedEvent
  try {
    parsed = parseEvent(mapping.event)
  } catch (error) {
    return refuse(
      'event',
      `${JSON.stringify(mapping.event)} does not parse: ${(error as {shortMessage?: string; message: string}).shortMessage ?? (error as Error).message}`,
    )
  }
  const {fields, problems} = compileFields(mapping, specs, parsed)
  if (problems.length > 0) return {ok: false, problems}
  const emitters = mapping.contracts === '*' ? null : new Set<Address>(mapping.contracts)
  const layout = buildLayout(parsed.abi, (values, log) => [fill(mapping.as, fields, values as Record<string, unknown>, log)])
  // Another contract's log of the same shape is none of ours: nothing said, nothing failed.
  return {ok: true, layout: emitters ? {...layout, decode: (log) => (emitters.has(log.address) ? layout.decode(log) : [])} : layout}
}

const refuse = (path: string, message: string): MappingResult => ({ok: false, problems: [{path, message}]})

type Compiled = Readonly<{name: string; evaluate: Evaluate; zeroIsNone: boolean}>

function compileFields(mapping: EventMapping, specs: Readonly<Record<string, FieldSpec>>, {parameters}: ParsedEvent) {
  const problems: MappingProblem[] = Object.keys(mapping.fields)
    .filter((name) => !(name in specs))
    .map((name) => ({
      path: `fields.${name}`,
      message: `${mapping.as} has no field ${JSON.stringify(name)}; it has ${Object.keys(specs).join(', ')}`,
    }))
  const fields: Compiled[] = []
  for (const [name, spec] of Object.entries(specs)) {
    const expression = mapping.fields[name] ?? spec.fallback
    if (expression === undefined) {
      problems.push({path: `fields.${name}`, message: `missing: ${mapping.as} cannot be told without it`})
      continue
    }
    try {
      const evaluate: Evaluate = expression === null ? () => null : compileExpression(expression, spec.kind, parameters)
      fields.push({name, evaluate, zeroIsNone: spec.zeroIsNone === true})
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      problems.push({path: `fields.${name}`, message: error.message})
    }
  }
  return {fields, problems}
}

const isZero = (value: unknown): boolean => value === 0n || value === '' || (typeof value === 'string' && /^0x0+$/.test(value))

function fill(as: EventType, fields: readonly Compiled[], values: Readonly<Record<string, unknown>>, log: Log): EventBody {
  const body: Record<string, unknown> = {type: as}
  for (const {name, evaluate, zeroIsNone} of fields) {
    const value = evaluate(values, log)
    body[name] = zeroIsNone && isZero(value) ? null : value
  }
  if (as === 'sale.settled') return configuredSale(body as Parameters<typeof configuredSale>[0])
  // Every field of `as` was compiled to its kind: vocabulary.ts mirrors src/domain/event.ts, and the tests compare the two.
  return body as unknown as EventBody
}
