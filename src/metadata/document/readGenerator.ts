import type {FieldName} from './fieldNames'
import {isJsonObject, type JsonObject, type JsonValue} from './json'
import {joinPointer, readText, type Sourced} from './sourced'

export type GeneratorFields = Readonly<Partial<Record<FieldName, Sourced<string>>>>

const MAX_NODES = 2_000
const MAX_PARAMETERS = 65_536

/** What image generators leave in their own formats: the parameters text of Stable Diffusion's web UI, and graphs of ComfyUI. */
export function readGenerator(root: JsonObject): GeneratorFields {
  const text = root['parameters']
  const graph = [root['prompt'], root['workflow'], root['comfyui']].findIndex(isGraph)
  return {
    ...(graph === -1 ? {} : readGraph(root, ['prompt', 'workflow', 'comfyui'][graph] ?? '')),
    ...(typeof text === 'string' && text.length <= MAX_PARAMETERS ? parseParameters(text, '/parameters') : {}),
  }
}

/** "<prompt>\nNegative prompt: …\nSteps: 20, Sampler: Euler a, Seed: 1, Model: name, Version: v1" */
function parseParameters(text: string, pointer: string): GeneratorFields {
  const lines = text.split('\n')
  const settings = lines.findLastIndex((line) => /^Steps: \d+,/.test(line))
  if (settings === -1) return {}
  const values = new Map(
    (lines[settings] ?? '').split(', ').map((pair) => [pair.split(': ')[0] ?? '', pair.split(': ').slice(1).join(': ')] as const),
  )
  const negative = lines.findIndex((line) => line.startsWith('Negative prompt:'))
  const prompt = lines.slice(0, negative === -1 ? settings : negative).join('\n')
  const field = (value: string | undefined): Sourced<string> | undefined => (value?.trim() ? {value: value.trim(), pointer} : undefined)
  return dropMissing({
    prompt: field(prompt),
    seed: field(values.get('Seed')),
    model: field(values.get('Model') ?? values.get('Model hash')),
    modelVersion: field(values.get('Model') ? values.get('Model hash') : undefined),
  })
}

const isGraph = (value: JsonValue | undefined): boolean =>
  isJsonObject(value) &&
  Object.values(value)
    .slice(0, 5)
    .some((node) => isJsonObject(node) && typeof node['class_type'] === 'string')

/** Nodes by id, each with a class and inputs; an input is a value or a link to another node. */
function readGraph(root: JsonObject, key: string): GeneratorFields {
  const graph = root[key]
  if (!isJsonObject(graph)) return {}
  const nodes = Object.entries(graph).slice(0, MAX_NODES)
  const find = (classes: RegExp, names: readonly string[]): Sourced<string> | undefined => {
    for (const [id, node] of nodes) {
      if (!isJsonObject(node) || typeof node['class_type'] !== 'string' || !classes.test(node['class_type'])) continue
      const {inputs} = node
      if (!isJsonObject(inputs)) continue
      const name = names.find((candidate) => inputs[candidate] !== undefined && !Array.isArray(inputs[candidate]))
      const pointer = [key, id, 'inputs', name ?? ''].reduce(joinPointer, '')
      const found = name === undefined ? null : readText({value: inputs[name] ?? null, pointer})
      if (found) return found
    }
    return undefined
  }
  return dropMissing({
    prompt: find(/^CLIPTextEncode/, ['text', 'text_g', 't5xxl']),
    seed: find(/^(KSampler|SamplerCustom|RandomNoise)/, ['seed', 'noise_seed']),
    model: find(/^(CheckpointLoader|UNETLoader|ImageOnlyCheckpointLoader)/, ['ckpt_name', 'unet_name']),
  })
}

const dropMissing = (fields: Readonly<Partial<Record<FieldName, Sourced<string> | undefined>>>): GeneratorFields =>
  Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined)) as GeneratorFields
