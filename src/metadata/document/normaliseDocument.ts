import {FIELD_NAMES, type FieldName, plainKey, ROOT_ONLY, SECTION_NAMES} from './fieldNames'
import {findUriProblems} from './findUriProblems'
import {isJsonObject, type JsonObject, type JsonValue} from './json'
import {type Attribute, readAttributes} from './readAttributes'
import {readC2pa} from './readC2pa'
import {readGenerator} from './readGenerator'
import {joinPointer, MAX_TEXT, MAX_URI, type Problem, readText, readTextOr, type Sourced} from './sourced'

type Text = Sourced<string> | null

/** What a document says of its asset, whatever convention it follows. The document's own claims: none of them is proven by standing here. */
export type NormalisedDocument = Readonly<{
  name: Text
  description: Text
  image: Text
  animation: Text
  externalUrl: Text
  attributes: readonly Attribute[]
  model: Text
  modelVersion: Text
  prompt: Text
  promptHash: Text
  /** As text: seeds pass 2^53. */
  seed: Text
  provider: Text
  proof: Text
  proofType: Text
  licence: Text
  /** What it was derived from, by whatever name the document gives. */
  parents: readonly Sourced<string>[]
  problems: readonly Problem[]
}>

type Section = Sourced<JsonObject> & Readonly<{keys: ReadonlyMap<string, string>}>

const URIS = ['image', 'animation', 'externalUrl'] as const
const TEXTS = [
  'name',
  'description',
  'model',
  'modelVersion',
  'prompt',
  'promptHash',
  'seed',
  'provider',
  'proof',
  'proofType',
  'licence',
] as const
/** Where an object stands in the place of a text, what of it is meant. */
const MEMBERS = ['value', 'name', 'id', 'uri', 'url', 'src', 'model_name', 'type', 'hash', 'prompt']
const PARENT_MEMBERS = ['assetId', 'asset_id', 'id', 'uri', 'url', 'tokenUri', 'name']
const MAX_KEYS = 1_000
const MAX_PARENTS = 200

export function normaliseDocument(json: JsonValue): NormalisedDocument {
  const root = isJsonObject(json) ? json : {}
  const {attributes, problems: attributeProblems} = readAttributes(root)
  const traits = byTrait(attributes)
  const sections = findSections(root)
  const generator = readGenerator(root)
  const c2pa = readC2pa(root)
  const problems: Problem[] = [...(isJsonObject(json) ? [] : [{pointer: '', reason: 'not_an_object' as const}]), ...attributeProblems]
  const find = (field: FieldName): Text =>
    generator[field] ??
    inSections(ROOT_ONLY.has(field) ? sections.slice(0, 1) : sections, field) ??
    inTraits(traits, field) ??
    c2pa.fields[field] ??
    null
  const texts = Object.fromEntries(TEXTS.map((field) => [field, bounded(find(field), MAX_TEXT, problems)])) as Record<
    (typeof TEXTS)[number],
    Text
  >
  const uris = Object.fromEntries(URIS.map((field) => [field, safe(find(field) ?? generated(root, field), problems)])) as Record<
    (typeof URIS)[number],
    Text
  >
  const version = texts.modelVersion ?? bounded(versionOf(sections), MAX_TEXT, problems)
  return {...texts, ...uris, modelVersion: version, attributes, parents: findParents(sections, c2pa.parents, problems), problems}
}

/** The root first, then the objects in it that are known to hold such fields. */
function findSections(root: JsonObject): readonly Section[] {
  const open = (value: JsonObject, pointer: string): Section => ({
    value,
    pointer,
    keys: new Map(
      Object.keys(value)
        .slice(0, MAX_KEYS)
        .reverse()
        .map((key) => [plainKey(key), key]),
    ),
  })
  const first = open(root, '')
  const inner = [...first.keys].flatMap(([plain, key]) => {
    const value = root[key]
    return SECTION_NAMES.has(plain) && isJsonObject(value) ? [open(value, joinPointer('', key))] : []
  })
  return [first, ...inner]
}

function* candidates(sections: readonly Section[], field: FieldName): Generator<Sourced<JsonValue>> {
  for (const {value, pointer, keys} of sections)
    for (const name of FIELD_NAMES[field]) {
      const key = keys.get(name)
      const found = key === undefined ? undefined : value[key]
      if (key !== undefined && found !== undefined && !isSchema(found)) yield {value: found, pointer: joinPointer(pointer, key)}
    }
}

/** `{"type": "string", "description": …}`: some documents repeat the schema of the standard instead of filling it in. */
const isSchema = (value: JsonValue): boolean =>
  isJsonObject(value) && typeof value['type'] === 'string' && 'description' in value && !('value' in value)

function inSections(sections: readonly Section[], field: FieldName): Text {
  for (const source of candidates(sections, field)) {
    const text = readTextOr(source, MEMBERS)
    if (text) return text
  }
  return null
}

/** By plain key; of traits of one name the first. */
const byTrait = (attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> =>
  new Map(
    [...attributes].reverse().flatMap((attribute) => (attribute.trait === null ? [] : [[plainKey(attribute.trait), attribute] as const])),
  )

function inTraits(traits: ReadonlyMap<string, Attribute>, field: FieldName): Text {
  if (ROOT_ONLY.has(field)) return null
  for (const name of FIELD_NAMES[field]) {
    const found = traits.get(name)
    const text = found && typeof found.value !== 'boolean' ? readText({value: found.value, pointer: found.pointer}) : null
    if (text) return text
  }
  return null
}

/** ERC-7007: `aigc_data` is where the work is, `aigc_type` of what kind. */
function generated(root: JsonObject, field: (typeof URIS)[number]): Text {
  const type = root['aigc_type']
  const fits = field === 'image' ? /image/i : field === 'animation' ? /video|audio|model/i : null
  return fits && typeof type === 'string' && fits.test(type) ? readText({value: root['aigc_data'] ?? null, pointer: '/aigc_data'}) : null
}

/** `{"model": {"name": …, "version": …}}` */
function versionOf(sections: readonly Section[]): Text {
  for (const {value, pointer} of candidates(sections, 'model')) {
    const version = isJsonObject(value) ? value['version'] : undefined
    const text = version === undefined ? null : readText({value: version, pointer: joinPointer(pointer, 'version')})
    if (text) return text
  }
  return null
}

function findParents(sections: readonly Section[], fromC2pa: readonly Sourced<string>[], problems: Problem[]): readonly Sourced<string>[] {
  const found: Sourced<string>[] = []
  for (const {value, pointer} of candidates(sections, 'parents')) {
    const items = Array.isArray(value)
      ? (value as readonly JsonValue[]).map((item, i) => ({value: item, pointer: joinPointer(pointer, i)}))
      : [{value, pointer}]
    if (items.length > MAX_PARENTS) problems.push({pointer, reason: 'too_many'})
    for (const item of items.slice(0, MAX_PARENTS)) found.push(...[bounded(readParent(item), MAX_TEXT, problems) ?? []].flat())
  }
  return [...found, ...fromC2pa].slice(0, MAX_PARENTS)
}

/** A name, or a contract and token id. */
function readParent(source: Sourced<JsonValue>): Text {
  const {value, pointer} = source
  if (!isJsonObject(value)) return readText(source)
  const contract = value['contract'] ?? value['contractAddress'] ?? value['collection'] ?? value['address']
  const token = value['tokenId'] ?? value['token_id']
  if (typeof contract === 'string' && (typeof token === 'string' || typeof token === 'number'))
    return {value: `${contract}/${token}`, pointer}
  return readTextOr(source, PARENT_MEMBERS)
}

function bounded(text: Text, max: number, problems: Problem[]): Text {
  if (!text || text.value.length <= max) return text
  problems.push({pointer: text.pointer, reason: 'too_large'})
  return null
}

/** An image with a script in it is shown by those who can do so safely: it stays, and says so. */
function safe(text: Text, problems: Problem[]): Text {
  const uri = bounded(text, MAX_URI, problems)
  if (!uri) return null
  const reasons = findUriProblems(uri.value)
  problems.push(...reasons.map((reason) => ({pointer: uri.pointer, reason})))
  return reasons.includes('unsafe_scheme') ? null : uri
}
