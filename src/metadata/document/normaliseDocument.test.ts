import {readFileSync} from 'node:fs'
import {resolve} from 'node:path'
import {expect, test} from 'vitest'
import {parseDocumentUri} from '../fetch/documentUri'
import type {JsonValue} from './json'
import {normaliseDocument} from './normaliseDocument'
import {parseDocument} from './parseDocument'

const read = (json: unknown) => normaliseDocument(json as JsonValue)
const from = (value: string, pointer: string) => ({value, pointer})

test('ERC-7007: prompt, work and model, each with where it stands', () => {
  const document = read({
    name: 'A work',
    image: 'ipfs://cid/1.png',
    description: 'Made by a machine',
    prompt: 'a robot in the rain',
    aigc_type: 'video',
    aigc_data: 'ipfs://cid/1.mp4',
    proof_type: 'zk',
    seed: 42,
    model: {name: 'diffuser', version: '3.5'},
  })
  expect(document).toMatchObject({
    name: from('A work', '/name'),
    image: from('ipfs://cid/1.png', '/image'),
    animation: from('ipfs://cid/1.mp4', '/aigc_data'),
    prompt: from('a robot in the rain', '/prompt'),
    model: from('diffuser', '/model/name'),
    modelVersion: from('3.5', '/model/version'),
    proofType: from('zk', '/proof_type'),
    seed: from('42', '/seed'),
    licence: null,
    problems: [],
  })
})

test('a schema of the standard in the place of a document is no document', () => {
  const schema = {type: 'string', description: 'Identifies the prompt from which the AIGC NFT generated'}
  expect(read({name: 'x', prompt: schema, properties: {seed: schema}})).toMatchObject({
    prompt: null,
    seed: null,
    attributes: [],
  })
})

test('fields are found in sections and among traits, and the face of an asset is only looked for in the root', () => {
  const document = read({
    properties: {name: 'a trait', Model: 'from a section'},
    attributes: [
      {trait_type: 'Prompt Hash', value: '0xab'},
      {trait_type: 'License', value: 'CC0'},
      {trait_type: 'name', value: 'Bob'},
    ],
  })
  expect(document).toMatchObject({
    name: null,
    model: from('from a section', '/properties/Model'),
    promptHash: from('0xab', '/attributes/0/value'),
    licence: from('CC0', '/attributes/1/value'),
  })
  expect(document.attributes).toHaveLength(3)
})

test("a web UI's parameters text, and a graph of nodes", () => {
  const parameters =
    'a cat, oil\non canvas\nNegative prompt: dog\nSteps: 20, Sampler: Euler a, Seed: 123456789012, Model hash: ab12, Model: dream'
  expect(read({parameters})).toMatchObject({
    prompt: from('a cat, oil\non canvas', '/parameters'),
    seed: from('123456789012', '/parameters'),
    model: from('dream', '/parameters'),
    modelVersion: from('ab12', '/parameters'),
  })
  const graph = {
    3: {class_type: 'KSampler', inputs: {seed: 7, positive: ['6', 0]}},
    4: {class_type: 'CheckpointLoaderSimple', inputs: {ckpt_name: 'sd.safetensors'}},
    6: {class_type: 'CLIPTextEncode', inputs: {text: 'a bottle'}},
  }
  expect(read({prompt: graph})).toMatchObject({
    prompt: from('a bottle', '/prompt/6/inputs/text'),
    seed: from('7', '/prompt/3/inputs/seed'),
    model: from('sd.safetensors', '/prompt/4/inputs/ckpt_name'),
  })
})

test('C2PA: the active manifest names tool, model, licence and what it was made of', () => {
  const c2pa = {
    active_manifest: 'urn:uuid:2',
    manifests: {
      'urn:uuid:1': {claim_generator: 'older'},
      'urn:uuid:2': {
        claim_generator_info: [{name: 'Studio'}],
        assertions: [
          {label: 'c2pa.actions.v2', data: {actions: [{action: 'c2pa.created', softwareAgent: {name: 'gen', version: '4'}}]}},
          {label: 'stds.schema-org.CreativeWork', data: {license: 'https://creativecommons.org/licenses/by/4.0/'}},
        ],
        ingredients: [{title: 'photo.jpg', instance_id: 'xmp:iid:1'}],
      },
    },
  }
  const at = (path: string) => `/c2pa/manifests/urn:uuid:2${path}`
  expect(read({name: 'x', c2pa})).toMatchObject({
    provider: from('Studio', at('/claim_generator_info/0/name')),
    model: from('gen', at('/assertions/0/data/actions/0/softwareAgent/name')),
    modelVersion: from('4', at('/assertions/0/data/actions/0/softwareAgent/version')),
    licence: from('https://creativecommons.org/licenses/by/4.0/', at('/assertions/1/data/license')),
    parents: [from('xmp:iid:1', at('/ingredients/0/instance_id'))],
  })
})

test('parents by name and by contract and token', () => {
  const parents = ['eip155:1/erc721:0xab/1', {contract: '0xab', tokenId: 2}, {uri: 'ipfs://cid'}, 7, null]
  expect(read({parents}).parents).toEqual([
    from('eip155:1/erc721:0xab/1', '/parents/0'),
    from('0xab/2', '/parents/1'),
    from('ipfs://cid', '/parents/2/uri'),
    from('7', '/parents/3'),
  ])
})

test.each([
  ['a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'svg_script'],
  ['a handler', '<svg onload = "alert(1)">', 'svg_script'],
  ['a page inside', '<svg><foreignObject><iframe src="https://x"/></foreignObject></svg>', 'svg_foreign_content'],
  ['entities that grow', '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa">]><svg/>', 'svg_entities'],
])('an SVG with %s stays, and says so, however it is written', (_, svg, reason) => {
  for (const image of [
    svg,
    `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    `data:image/svg+xml,${encodeURIComponent(svg)}`,
  ]) {
    const document = read({image})
    expect(document.image).toEqual(from(image, '/image'))
    expect(document.problems).toContainEqual({pointer: '/image', reason})
  }
})

test.each(['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,<script>', 'file:///etc/passwd'])('%s is no address', (uri) => {
  const document = read({image: 'ipfs://cid', external_url: uri})
  expect(document).toMatchObject({externalUrl: null, problems: [{pointer: '/external_url', reason: 'unsafe_scheme'}]})
})

test('[INV-8] what is too much is left out and named', () => {
  const attributes = [
    {trait_type: 'big', value: 'x'.repeat(20_000_000)},
    ...Array.from({length: 1_500}, (_, i) => ({trait_type: `${i}`, value: i})),
  ]
  const document = read({name: 'x'.repeat(70_000), attributes})
  expect(document.name).toBeNull()
  expect(document.attributes).toHaveLength(1_000)
  expect(document.problems.map(({reason}) => reason).sort()).toEqual(['too_large', 'too_large', 'too_many'])
})

test.each([
  [null],
  ['text'],
  [1],
  [[]],
  [{}],
  [{attributes: [null, [], {}, {value: {}}]}],
  [{__proto__: null}],
  [{properties: [], model: []}],
])('[INV-8] %j ends in an empty view', (json) => {
  const {attributes, parents, name, model} = read(json)
  expect({attributes, parents, name, model}).toEqual({attributes: [], parents: [], name: null, model: null})
})

test('every document that is inside a recorded token URI has a name and an image or none of its own', () => {
  const uris = JSON.parse(readFileSync(resolve(__dirname, '../../../test/fixtures/documents/token-uris.json'), 'utf8')) as readonly string[]
  const documents = uris.flatMap((uri) => {
    if (!/^data:application[/]json.{100}/s.test(uri)) return []
    const target = parseDocumentUri(uri)
    return target.kind === 'inline' ? [parseDocument(target.bytes, target.mediaType)] : []
  })
  expect(documents.length).toBeGreaterThan(3)
  for (const parsed of documents) {
    expect(parsed.ok).toBe(true)
    if (!parsed.ok) continue
    const {name, image, problems} = normaliseDocument(parsed.json)
    expect(name?.value).toMatch(/\S/)
    expect(image?.value).toMatch(/^(data:image|ipfs:|https:)/)
    expect(problems).toEqual([])
  }
})
