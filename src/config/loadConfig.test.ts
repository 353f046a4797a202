import {describe, expect, test} from 'vitest'
import {ConfigError} from './configError'
import {loadConfig, parseConfig} from './loadConfig'

const A = `0x${'Aa'.repeat(20)}`
const standards = ['erc721', 'erc4906']
const parse = (text: string, env: Record<string, string> = {}) => parseConfig(text, {env, standards})

const problemsOf = (text: string, env: Record<string, string> = {}): Readonly<Record<string, string>> => {
  try {
    parse(text, env)
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.problems.map(({path, message}) => [path, message]))
    throw error
  }
  return {}
}

/** Each list ten times the one before. */
const bomb = () =>
  ['chains: []', 'a0: &a0 [x]', ...[0, 1, 2, 3, 4, 5, 6, 7].map((i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join()}]`)].join(
    '\n',
  )

describe('parseConfig', () => {
  test('fills in every default', () => {
    expect(parse('chains: [{id: 1, rpc: ["http://n"], contracts: "*"}]')).toEqual({
      chains: [
        {
          id: 1,
          rpc: ['http://n'],
          gateway: null,
          factories: [],
          royaltyInfo: false,
          finality: 'finalized',
          startBlock: 0,
          endBlock: null,
          contracts: '*',
          trusted: [],
          verification: 'bloom',
          pollIntervalMs: 1000,
          headStallSeconds: 600,
        },
      ],
      cache: {dir: '.data/cache', maxBytes: null},
      metadata: {
        ipfsGateways: [],
        arweaveGateways: [],
        allowPrivateAddresses: false,
        concurrency: 64,
        perHost: 8,
        perGateway: 32,
        backgroundPerSecond: 20,
        rereadHours: 168,
      },
      roles: new Map(),
      webhooks: [],
      events: [],
      api: {
        cors: [],
        introspection: true,
        replicaUrl: null,
        requestsPerMinute: 6_000,
        keyRequestsPerMinute: 60_000,
        concurrentRequests: 100,
        subscriptions: 20_000,
        subscriptionsPerClient: 100,
        trustedProxies: [],
        persistedOperations: null,
        persistedOnly: false,
      },
    })
  })

  test('reads the environment, with defaults, also for numbers, and lower-cases addresses', () => {
    const text = `
chains:
  - id: "\${CHAIN}"
    rpc: ["\${URL}/key", "\${OTHER:-https://fallback.example}"]
    finality: "\${FINALITY:-20}"
    contracts: [{address: "${A}", standards: [erc721], startBlock: "\${START}"}]
    trusted: ["${A}"]
roles: {"${A}": modelOwner}`
    const config = parse(text, {CHAIN: '31337', URL: 'wss://node.example', START: '7'})
    expect(config.chains[0]).toMatchObject({
      id: 31337,
      rpc: ['wss://node.example/key', 'https://fallback.example'],
      finality: 20,
      trusted: [A.toLowerCase()],
    })
    expect(config.chains[0]?.contracts).toEqual([{address: A.toLowerCase(), standards: ['erc721'], startBlock: 7}])
    expect(config.roles.get(A.toLowerCase() as never)).toBe('modelOwner')
  })

  test('one error lists every problem with its path in the file', () => {
    const text = `
chain: []
chains:
  - {id: 1, rpc: ["ftp://x", "nonsense"], contracts: "*", finality: soon}
  - {id: 1, contracts: [{address: "0x12"}], startBlock: 9, endBlock: 3, pollIntervalMs: 1}
  - {id: 2, rpc: ["http://n"], contracts: []}
cache: {maxBytes: -1}
webhooks: [{url: x}, {name: a, url: 'https://h.example', secret: whsec_c2hvcnQ=, kinds: [SOLD], collections: ['0x12'], assets: []}]`
    expect(Object.keys(problemsOf(text)).sort()).toEqual(
      [
        'cache.maxBytes',
        'chain',
        'chains[0].finality',
        'chains[0].rpc[0]',
        'chains[0].rpc[1]',
        'chains[1].contracts[0].address',
        'chains[1].endBlock',
        'chains[1].pollIntervalMs',
        'chains[1].rpc',
        'chains[2].contracts',
        'webhooks[0].name',
        'webhooks[0].secret',
        'webhooks[0].url',
        'webhooks[1].assets',
        'webhooks[1].collections[0]',
        'webhooks[1].kinds[0]',
        'webhooks[1].secret',
      ].sort(),
    )
  })

  test('what single values cannot tell: twice the same chain or contract, an end before the start, no source', () => {
    const text = `
chains:
  - {id: 1, contracts: "*", startBlock: 9, endBlock: 3}
  - {id: 1, rpc: ["http://n"], contracts: [{address: "${A}"}, {address: "${A.toLowerCase()}"}]}`
    expect(Object.keys(problemsOf(text)).sort()).toEqual([
      'chains[0].endBlock',
      'chains[0].rpc',
      'chains[1].contracts[1].address',
      'chains[1].id',
    ])
    expect(problemsOf('chains: [{id: 1, rpc: ["http://n"], contracts: "*"}, {id: 1, rpc: ["http://n"], contracts: "*"}]')).toEqual({
      'chains[1].id': 'chain 1 is configured twice',
    })
  })

  test('an address without quotes is a number: roles says so, as it does of one that has two roles by its case', () => {
    const chains = 'chains: [{id: 1, rpc: ["http://n"], contracts: "*"}]'
    expect(problemsOf(`${chains}\nroles: {0x00000000000000000000000000000000000000ab: creator}`)).toEqual({
      'roles.171': 'expected 0x and 40 hex digits, in quotes',
    })
    expect(problemsOf(`${chains}\nroles: {"${A}": creator, "${A.toLowerCase()}": marketplace}`)).toEqual({
      [`roles.${A.toLowerCase()}`]: `${A.toLowerCase()} is listed twice`,
    })
  })

  test('persisted operations only, and none given, is told', () => {
    expect(problemsOf('chains: []\napi: {persistedOnly: true}')).toMatchObject({
      'api.persistedOnly': 'answers nothing at all without api.persistedOperations',
    })
  })

  test('unknown standards and event mappings are told by name', () => {
    const text = `
chains: [{id: 1, rpc: ["http://n"], contracts: [{address: "${A}", standards: [erc721, erc20]}]}]
events: [{contract: "*", event: "Granted(uint256 id)", as: license.granted, fields: {tokenId: id, licenseId: nope}}]`
    expect(problemsOf(text)).toMatchObject({
      'chains[0].contracts[0].standards[1]': expect.stringContaining('known are erc721, erc4906'),
      'events[0].fields.licensee': expect.stringContaining('missing'),
      'events[0].fields.licenseId': expect.stringContaining('no parameter "nope"'),
    })
  })

  test('an own shape that is written twice would count twice; one that says something else of the same log is none', () => {
    const shape = (contract: string, as = 'royalty.paid', amount = 'x') =>
      `{contract: ${contract}, event: "Paid(uint256 id, address to, uint256 x)", as: ${as}, fields: {tokenId: id, recipient: to, amount: ${amount}}}`
    const [mine, both] = [`"${A}"`, `["0x${'b'.repeat(40)}", "${A}"]`]
    const text = (...shapes: readonly string[]) => `{chains: [{id: 1, rpc: ["http://n"], contracts: "*"}], events: [${shapes.join(', ')}]}`
    expect(problemsOf(text(shape(mine), shape(both), shape('"*"'), shape('"*"')))).toEqual({
      'events[1]': 'says the same as events[0], of a contract that both name',
      'events[3]': 'says the same as events[2], of a contract that both name',
    })
    expect(parse(text(shape(mine), shape(mine, 'royalty.paid', '7'), shape('"*"'))).events).toHaveLength(3)
  })

  test('variables that are not set are named with their place, and no value is ever shown', () => {
    expect(problemsOf('chains: [{id: 1, rpc: ["${RPC_ETHEREUM}"], contracts: "*"}]')).toEqual({
      'chains[0].rpc[0]': expect.stringContaining('RPC_ETHEREUM is not set'),
    })
    expect(() => parse('chains: [{id: 1, rpc: ["${URL}"], contracts: "*"}]', {URL: 'ftp://user:SECRET@x'})).toThrow(
      /^(?![\s\S]*SECRET)[\s\S]*rpc\[0\]/,
    )
  })

  test('an empty file, and text that is no YAML', () => {
    expect(problemsOf('')).toEqual({chains: 'missing'})
    expect(() => parse('chains: [')).toThrow(ConfigError)
  })

  test.each([
    ['no anchor of that name', 'chains: *all', /line 1, column 9: [\s\S]*in quotes/],
    ['the start of a pattern, without quotes', 'chains: [{id: 1, rpc: ["http://n"], contracts: *}]', /line 1, column 48: /],
    ['what holds it', 'chains: &x [*x]', /line 1, column 13: [\s\S]*itself/],
    ['what holds it, further out', 'chains:\n  - &x\n    rpc: &y [*y, {a: *x}]', /line 3, column 14: [\s\S]*line 3, column 22: /],
    ['more copies than a file has', bomb(), /copies/],
  ])('an alias of %s is told as a problem of the file', (_, text, message) => {
    expect(() => parse(text)).toThrow(ConfigError)
    expect(() => parse(text)).toThrow(/^indexer\.yaml cannot be used:/)
    expect(() => parse(text)).toThrow(message)
  })

  test('aliases of what stands before them are taken', () => {
    const text = `chains: [{id: 1, rpc: &nodes ["http://n"], contracts: "*"}, {id: 2, rpc: *nodes, contracts: "*"}]`
    expect(parse(text).chains.map(({rpc}) => rpc)).toEqual([['http://n'], ['http://n']])
  })

  test.each([
    'rpc: ["https://eth.example/v3/SECRET"',
    'rpc: ["https://eth.example/v3/SECRET"]]SECRET',
    'rpc: *SECRET',
    'secret: |SECRET\n  x',
    'secret: !x!SECRET x',
    'secret: "\\qSECRET"',
    '%YAML SECRET\n---\na: 1',
    '? [SECRET]\n: 1',
  ])('where text is no YAML is told by its place, and nothing of it is shown: %s', (text) => {
    expect(() => parse(text)).toThrow(/^(?![\s\S]*SECRET)indexer\.yaml cannot be used:\n {2}line \d+, column \d+: [A-Za-z]/)
  })

  test('a file that is not there says what to do', () => {
    expect(() => loadConfig({path: '/nowhere/indexer.yaml', env: {}, standards})).toThrow(
      /no such file[\s\S]*npm run demo[\s\S]*indexer init/,
    )
  })
})
