import {isJsonObject, type JsonObject, type JsonValue} from './json'
import {joinPointer, MAX_TEXT, type Problem, type Sourced} from './sourced'

export type Attribute = Readonly<{
  /** Null for a value without a name. */
  trait: string | null
  value: string | number | boolean
  /** As marketplaces know it: number, boost_percentage, date and so on. */
  displayType: string | null
  /** Of the value. */
  pointer: string
}>

const MAX_ATTRIBUTES = 1_000
const TRAIT_KEYS = ['trait_type', 'traitType', 'trait', 'name', 'key', 'type']

/** `attributes` or `traits`, a list or an object, and the `properties` of ERC-1155. Bounded; what is left out is a problem. */
export function readAttributes(root: JsonObject): Readonly<{attributes: readonly Attribute[]; problems: readonly Problem[]}> {
  const attributes: Attribute[] = []
  const problems: Problem[] = []
  for (const key of ['attributes', 'traits', 'properties']) {
    const value = root[key]
    if (value === undefined || (key === 'properties' && attributes.length > 0)) continue
    const pointer = joinPointer('', key)
    const found = Array.isArray(value) ? fromList({value, pointer}) : isJsonObject(value) ? fromObject({value, pointer}) : []
    for (const attribute of found) {
      if (attributes.length >= MAX_ATTRIBUTES) {
        problems.push({pointer, reason: 'too_many'})
        break
      }
      if (isTooLarge(attribute)) problems.push({pointer: attribute.pointer, reason: 'too_large'})
      else attributes.push(attribute)
    }
  }
  return {attributes, problems}
}

const isTooLarge = ({trait, value}: Attribute): boolean =>
  (trait?.length ?? 0) > MAX_TEXT || (typeof value === 'string' && value.length > MAX_TEXT)

function* fromList({value, pointer}: Sourced<readonly JsonValue[]>): Generator<Attribute> {
  for (const [i, item] of value.entries()) {
    const at = joinPointer(pointer, i)
    if (isScalar(item)) yield {trait: null, value: item, displayType: null, pointer: at}
    if (!isJsonObject(item)) continue
    const trait = TRAIT_KEYS.map((key) => item[key]).find((name) => typeof name === 'string')
    const scalar = item['value']
    if (isScalar(scalar))
      yield {
        trait: typeof trait === 'string' ? trait : null,
        value: scalar,
        displayType: readDisplayType(item),
        pointer: joinPointer(at, 'value'),
      }
    else if (trait === undefined) yield* fromObject({value: item, pointer: at})
  }
}

/** ERC-1155 allows a plain value or an object with `value`; a JSON schema's `{type, description}` has none and is no attribute. */
function* fromObject({value, pointer}: Sourced<JsonObject>): Generator<Attribute> {
  for (const [trait, item] of Object.entries(value)) {
    const at = joinPointer(pointer, trait)
    if (isScalar(item)) yield {trait, value: item, displayType: null, pointer: at}
    if (!isJsonObject(item) || !isScalar(item['value'])) continue
    yield {trait, value: item['value'], displayType: readDisplayType(item), pointer: joinPointer(at, 'value')}
  }
}

function readDisplayType(item: JsonObject): string | null {
  const type = item['display_type'] ?? item['displayType']
  return typeof type === 'string' ? type.slice(0, 100) : null
}

const isScalar = (value: JsonValue | undefined): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
