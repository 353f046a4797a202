import {buildLayout} from '../domain/abiEvent'
import type {EventBody, EventType} from '../domain/event'
import type {Address} from '../domain/hex'
import type {Log} from '../domain/log'
import type {EventLayout, Standard} from '../domain/standard'
import type {EventMapping, MappingProblem} from './eventMapping'
import {compileExpression, type Evaluate, ExpressionError} from './expression'
import {type ParsedEvent, parseEvent} from './parameter'
import {EVENTS, type EventSpec, type FieldSpec} from './vocabulary'

/** `as`: what it says of a log. */
export type ConfiguredLayout = EventLayout & Readonly<{as: EventType}>
export type MappingResult = Readonly<{ok: true; layout: ConfiguredLayout}> | Readonly<{ok: false; problems: readonly MappingProblem[]}>

/**
 * The contracts' own shapes as one more standard, asked before the others: the operator's word goes first. Each says what it means of a log,
 * in the order of the file; of what means the same, a shape for all contracts leaves those to the others that they name.
 */
export const buildConfiguredStandard = (layouts: readonly ConfiguredLayout[]): Standard => ({
  name: 'configured',
  title: "The operator's own event shapes",
  source: 'indexer.yaml, events',
  layouts: layouts.map((layout): EventLayout => (layout.emitters ? layout : {...layout, leaves: namedInPlaceOf(layout, layouts)})),
})

const namedInPlaceOf = ({topic0, topicCount, as}: ConfiguredLayout, layouts: readonly ConfiguredLayout[]): ReadonlySet<Address> =>
  new Set(
    layouts
      .filter((other) => other.topic0 === topic0 && other.topicCount === topicCount && other.as === as)
      .flatMap(({emitters}) => [...(emitters ?? [])]),
  )

/** Checks a mapping and makes it a layout. Every problem is told, each with its path in the mapping. */
export function buildConfiguredLayout(mapping: EventMapping): MappingResult {
  const spec = EVENTS[mapping.as]
  if (!spec)
    return refuse('as', `${JSON.stringify(mapping.as)} cannot be filled by configuration; known are ${Object.keys(EVENTS).join(', ')}`)
  let parsed: ParsedEvent
  try {
    parsed = parseEvent(mapping.event)
  } catch (error) {
    return refuse(
      'event',
      `${JSON.stringify(mapping.event)} does not parse: ${(error as {shortMessage?: string; message: string}).shortMessage ?? (error as Error).message}`,
    )
  }
  const {fields, problems} = compileFields(mapping, spec.fields, parsed)
  if (problems.length > 0) return {ok: false, problems}
  const layout = buildLayout(parsed.abi, (values, log) =>
    fill(mapping.as, spec, evaluateAll(fields, values as Record<string, unknown>, log)),
  )
  return {
    ok: true,
    layout: {
      ...layout,
      as: mapping.as,
      ...(mapping.contracts === '*' ? {} : {emitters: new Set(mapping.contracts)}),
      // That a contract was created is one meaning of a log that a standard may have another of.
      ...(mapping.as === 'contract.created' ? {beside: true} : {}),
    },
  }
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

function evaluateAll(fields: readonly Compiled[], values: Readonly<Record<string, unknown>>, log: Log): Readonly<Record<string, unknown>> {
  const filled: Record<string, unknown> = {}
  for (const {name, evaluate, zeroIsNone} of fields) {
    const value = evaluate(values, log)
    filled[name] = zeroIsNone && isZero(value) ? null : value
  }
  return filled
}

function fill(as: EventType, {build}: EventSpec, filled: Readonly<Record<string, unknown>>): readonly EventBody[] {
  const body = build ? build(filled) : filled
  // Every field of `as` was compiled to its kind: vocabulary.ts mirrors src/domain/event.ts, and the tests compare the two.
  return body ? [{type: as, ...body} as unknown as EventBody] : []
}
