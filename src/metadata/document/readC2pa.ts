import {isJsonObject, type JsonObject, type JsonValue} from './json'
import type {GeneratorFields} from './readGenerator'
import {joinPointer, readText, readTextOr, type Sourced} from './sourced'

export type C2paFields = Readonly<{fields: GeneratorFields; parents: readonly Sourced<string>[]}>

const NONE: C2paFields = {fields: {}, parents: []}
const MAX_ITEMS = 200
const STORE_KEYS = ['', 'c2pa', 'manifest_store', 'manifestStore', 'content_credentials', 'contentCredentials']

/**
 * The active manifest of a C2PA manifest store in its JSON form (active_manifest, manifests): who made the claim, with which software agent,
 * from which ingredients, under which licence. Its signature is not checked here: it is what the document says of itself.
 */
export function readC2pa(root: JsonObject): C2paFields {
  for (const key of STORE_KEYS) {
    const store = key === '' ? root : root[key]
    if (!isJsonObject(store) || !isJsonObject(store['manifests'])) continue
    const manifests = store['manifests']
    const active = typeof store['active_manifest'] === 'string' ? store['active_manifest'] : Object.keys(manifests)[0]
    const manifest = active === undefined ? undefined : manifests[active]
    const pointer = [...(key === '' ? [] : [key]), 'manifests', active ?? ''].reduce(joinPointer, '')
    if (isJsonObject(manifest)) return readManifest({value: manifest, pointer})
  }
  return NONE
}

function readManifest({value: manifest, pointer}: Sourced<JsonObject>): C2paFields {
  const assertions = list(manifest['assertions'], joinPointer(pointer, 'assertions'))
  const actions = assertions
    .filter(({value}) => typeof value['label'] === 'string' && /^c2pa[.]actions/.test(value['label']))
    .flatMap((assertion) => below(assertion, 'data').flatMap((data) => list(data.value['actions'], joinPointer(data.pointer, 'actions'))))
  const works = assertions
    .filter(({value}) => typeof value['label'] === 'string' && /CreativeWork$/.test(value['label']))
    .flatMap((assertion) => below(assertion, 'data'))
  const agent = first(actions, (action) => member(action, 'softwareAgent', ['name']))
  const fields = {
    provider:
      first(list(manifest['claim_generator_info'], joinPointer(pointer, 'claim_generator_info')), (info) => member(info, 'name')) ??
      member({value: manifest, pointer}, 'claim_generator'),
    model: agent,
    modelVersion: first(
      actions.flatMap((action) => below(action, 'softwareAgent')),
      (found) => member(found, 'version'),
    ),
    prompt: first(
      actions.flatMap((action) => below(action, 'parameters')),
      (parameters) => member(parameters, 'prompt'),
    ),
    licence: first(works, (work) => member(work, 'license', ['url', 'name', '@id'])),
  }
  const parents = list(manifest['ingredients'], joinPointer(pointer, 'ingredients')).flatMap(
    (ingredient) => member(ingredient, 'instance_id') ?? member(ingredient, 'document_id') ?? member(ingredient, 'title') ?? [],
  )
  return {fields: Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== null)) as GeneratorFields, parents}
}

/** The objects of a list, each with its pointer. */
const list = (value: JsonValue | undefined, pointer: string): readonly Sourced<JsonObject>[] =>
  Array.isArray(value)
    ? (value as readonly JsonValue[])
        .slice(0, MAX_ITEMS)
        .flatMap((item, i) => (isJsonObject(item) ? [{value: item, pointer: joinPointer(pointer, i)}] : []))
    : []

function below({value, pointer}: Sourced<JsonObject>, key: string): readonly Sourced<JsonObject>[] {
  const inner = value[key]
  return isJsonObject(inner) ? [{value: inner, pointer: joinPointer(pointer, key)}] : []
}

function member({value, pointer}: Sourced<JsonObject>, key: string, inside: readonly string[] = []): Sourced<string> | null {
  const found = value[key]
  if (found === undefined) return null
  const source = {value: found, pointer: joinPointer(pointer, key)}
  return inside.length === 0 ? readText(source) : readTextOr(source, inside)
}

function first<T>(items: readonly T[], read: (item: T) => Sourced<string> | null): Sourced<string> | null {
  for (const item of items) {
    const found = read(item)
    if (found) return found
  }
  return null
}
