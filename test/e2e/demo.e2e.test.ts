import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Interface, type InterfaceAbi} from 'ethers'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import assetProvenance from '../../abi/asset-provenance.json'
import {type Command, createSandbox, type Sandbox} from '../support/cli'

type Answer = Readonly<{data?: Record<string, never>; errors?: readonly {message: string}[]}>

let sandbox: Sandbox
let demo: Command
let url: string

beforeAll(async () => {
  sandbox = createSandbox()
  demo = sandbox.indexer(['demo', '--no-live'])
  url = (await demo.printed(/The demo is ready: (\S+)/, 120_000))[1] as string
})
afterAll(async () => {
  demo.signal('SIGINT')
  await demo.exited
  await sandbox.remove()
})

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
async function ask(query: string): Promise<any> {
  const response = await fetch(url, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify({query})})
  const {data, errors} = (await response.json()) as Answer
  expect(errors).toBeUndefined()
  return data
}

/** Names are read by a worker of its own, so they come when they come. */
async function untilNamed(): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 200)))
    if ((await ask('{ collections { nodes { name } } }')).collections.nodes.every((c: {name: string | null}) => c.name)) return
}

test("the README's query has the README's answer", async () => {
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8')
  const query = /```graphql\n([\s\S]*?)```/.exec(readme)?.[1] as string
  const answer = JSON.parse(/```json\n([\s\S]*?)```/.exec(readme)?.[1] as string) as {data: unknown}
  await untilNamed()
  expect(await ask(query)).toEqual(answer.data)
})

test.each([
  ['1', 'CHANGED'],
  ['4', 'UNCHANGED'],
])('token %s shows what its document says, and whether that is what was minted: %s', async (tokenId, status) => {
  const query = `{ asset(id: "eip155:31337/erc721:0xe7f1725e7734ce288f8367e1bb143e90bb3f0512/${tokenId}") {
    metadata { name image model verdict sinceMint { status } } metadataHealth { state failure } } }`
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 200)))
    if ((await ask(query)).asset.metadataHealth.state === 'FRESH') break
  expect((await ask(query)).asset).toEqual({
    metadata: {
      name: `Latent #${tokenId}`,
      image: expect.stringMatching(/^data:image\/svg/),
      model: expect.stringMatching(/@/),
      verdict: 'VERIFIED',
      sinceMint: {status},
    },
    metadataHealth: {state: 'FRESH', failure: null},
  })
})

describe('every kind of event of the first release is in the answers', () => {
  test.each([
    [
      'mints, transfers, burns and declarations',
      '{ transfers(first: 500) { nodes { kind } } }',
      ['BURN', 'DECLARATION', 'MINT', 'TRANSFER'],
      'transfers',
      'kind',
    ],
    [
      'metadata of a token, a range and a contract',
      '{ metadataUpdates(first: 500) { nodes { scope } } }',
      ['CONTRACT', 'RANGE', 'TOKEN'],
      'metadataUpdates',
      'scope',
    ],
    [
      'generations claimed, verified and invalidated',
      '{ generations(first: 500) { nodes { status } } }',
      ['CLAIMED', 'INVALIDATED', 'VERIFIED'],
      'generations',
      'status',
    ],
    [
      'royalties of three kinds',
      '{ royaltyPayments(first: 500) { nodes { kind } } }',
      ['DERIVATIVE_SHARE', 'LICENSE_FEE', 'SALE'],
      'royaltyPayments',
      'kind',
    ],
    [
      'what strangers claim',
      '{ licenses(first: 500, includeUnverified: true) { nodes { authority } } }',
      ['SELF', 'TRUSTED', 'UNVERIFIED'],
      'licenses',
      'authority',
    ],
    ['both standards', '{ collections { nodes { standard } } }', ['ERC1155', 'ERC721'], 'collections', 'standard'],
    ['what cannot be read', '{ decodeFailures { nodes { reason } } }', ['malformed', 'out_of_range'], 'decodeFailures', 'reason'],
  ])('%s', async (_, query, expected, list, field) => {
    const {nodes} = (await ask(query))[list] as {nodes: Record<string, string>[]}
    expect([...new Set(nodes.map((node) => node[field]))].sort()).toEqual(expected)
  })

  test('in the timelines: licences granted, revoked and handed on; content updated; derivatives; an upgrade of the contract', async () => {
    const seen = new Set<string>()
    const {assets} = await ask(
      '{ assets(first: 60, where: {collection: {eq: "0xe7f1725e7734ce288f8367e1bb143e90bb3f0512"}}) { nodes { provenance(first: 60) { nodes { __typename ... on LicenseEvent { kind } ... on GenerationEvent { generation: kind } ... on ContractUpgrade { previousImplementation { address } } } } } } }',
    )
    for (const asset of assets.nodes)
      for (const {__typename, kind, generation, previousImplementation} of asset.provenance.nodes)
        seen.add([__typename, kind ?? generation ?? (previousImplementation ? 'again' : undefined)].filter(Boolean).join(' '))
    expect([...seen].sort()).toEqual([
      'ContractUpgrade',
      'ContractUpgrade again',
      'Derivative',
      'GenerationEvent CLAIMED',
      'GenerationEvent INVALIDATED',
      'GenerationEvent UPDATED',
      'GenerationEvent VERIFIED',
      'LicenseEvent GRANTED',
      'LicenseEvent REVOKED',
      'LicenseEvent TRANSFERRED',
      'MetadataUpdate',
      'RoyaltyPayment',
      'Transfer',
    ])
  })

  test('a sublicence three deep ends with its revoked root, and the account is told why', async () => {
    const {licenses} = await ask(
      '{ licenses(first: 100) { nodes { licenseId active asset { id } licensee { address } parent { licenseId } } } }',
    )
    const deep = licenses.nodes.find(
      (l: {licenseId: string; parent: {licenseId: string} | null}) => l.licenseId === '13' && l.parent?.licenseId === '12',
    )
    const {licenseCheck} = await ask(
      `{ licenseCheck(asset: "${deep.asset.id}", account: "${deep.licensee.address}") { permitted reason ancestors { licenseId } } }`,
    )
    expect(deep.active).toBe(false)
    expect(licenseCheck).toEqual({permitted: false, reason: 'ANCESTOR_REVOKED', ancestors: [{licenseId: '12'}, {licenseId: '5'}]})
  })

  test('an ERC-2309 series has owners and a burned id lives again', async () => {
    const {collections} = await ask(
      '{ collections { nodes { name assetCount assets(first: 3, orderBy: [TOKEN_ID_ASC]) { nodes { tokenId owner { address } mint { subIndex } } } } } }',
    )
    const series = collections.nodes.find((c: {assetCount: string}) => c.assetCount === '200')
    expect(series.assets.nodes.map((a: {tokenId: string; mint: {subIndex: number}}) => [a.tokenId, a.mint.subIndex])).toEqual([
      ['0', 0],
      ['1', 1],
      ['2', 2],
    ])
    const {asset} = await ask(
      '{ asset(id: "eip155:31337/erc721:0xe7f1725e7734ce288f8367e1bb143e90bb3f0512/9") { incarnation burned transfers { totalCount } } }',
    )
    expect(asset).toEqual({incarnation: 2, burned: false, transfers: {totalCount: 3}})
  })
})

test('the compiled reference interfaces and the ABI that is decoded are one', () => {
  const events = (abi: InterfaceAbi) =>
    new Interface(abi).fragments
      .filter(({type}) => type === 'event')
      .map((event) => event.format('full'))
      .sort()
  const compiled = ['IAssetLicensing', 'IAssetRoyalties', 'IGenerationProofs', 'IAssetDerivatives'].flatMap(
    (name) => (JSON.parse(readFileSync(join(__dirname, `../../contracts/artifacts/${name}.json`), 'utf8')) as {abi: []}).abi,
  )
  expect(events(compiled)).toEqual(events(assetProvenance))
})
