import {afterEach, beforeAll, describe, expect, test} from 'vitest'
import {flatten, readRange} from '../support/gatewayReader'
import {END, HEAD, setUpGateways} from '../support/gatewaySetup'
import {PROVIDER_WORDS} from '../support/providerWords'
import type {NodeFault} from '../support/rpcServer'
import {CONTRACTS, TRANSFER, wantedLogs} from '../support/syntheticChain'

let setup: Awaited<ReturnType<typeof setUpGateways>>
const startNode: (typeof setup)['startNode'] = (options) => setup.startNode(options)
const startGatewayOver: (typeof setup)['startGatewayOver'] = (nodes, settings) => setup.startGatewayOver(nodes, settings)

beforeAll(async () => {
  setup = await setUpGateways()
})
afterEach(() => setup.closeAll())

describe('the gateway protocol', () => {
  test('hands over every wanted log, its sender and the last block, with times in seconds', async () => {
    const gateway = await startGatewayOver([await startNode()])
    const blocks = await readRange(gateway.url, 0, END)
    expect(flatten(blocks)).toEqual(setup.expected)
    expect(blocks.at(-1)?.header).toEqual({
      number: END,
      hash: setup.chain.blocks[END]?.hash,
      parentHash: setup.chain.blocks[END - 1]?.hash,
      timestamp: 1_700_000_000 + 12 * END,
    })
    const senders = blocks.flatMap(({transactions = []}) => transactions.map(({hash, from}) => `${hash} ${from}`))
    expect(senders.slice(0, 2)).toEqual(setup.chain.blocks[0]?.transactions.slice(0, 2).map(({hash, from}) => `${hash} ${from}`))
  })

  test('its height is the finalized block, as text', async () => {
    const gateway = await startGatewayOver([await startNode()])
    const response = await fetch(`${gateway.url}/height`)
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['text/plain', String(HEAD - 8)])
  })

  test('without the secret there is nothing', async () => {
    const gateway = await startGatewayOver([await startNode()])
    expect((await fetch(`${new URL(gateway.url).origin}/height`)).status).toBe(404)
  })

  test('answers the header of one block, to tell whether the chain is still the same', async () => {
    const gateway = await startGatewayOver([await startNode()])
    const [block] = await readRange(gateway.url, 77, 77, {includeAllBlocks: true})
    expect(block?.header.hash).toBe(setup.chain.blocks[77]?.hash)
  })

  test('a field that it cannot serve is refused by name', async () => {
    const gateway = await startGatewayOver([await startNode()])
    const response = await fetch(`${gateway.url}/query`, {
      method: 'POST',
      body: JSON.stringify({fromBlock: 0, logs: [{transaction: true}], fields: {transaction: {value: true}}}),
    })
    expect([response.status, await response.text()]).toEqual([400, 'fields of transaction not served by the chain gateway: value'])
  })

  test('indexing every contract asks for the number of topics, so that ERC-20 stays away', async () => {
    const gateway = await startGatewayOver([await startNode()], {minTopics: {[TRANSFER]: 4}})
    const blocks = await readRange(gateway.url, 0, END, {logs: [{topic0: [TRANSFER]}]})
    const transfers = wantedLogs(setup.chain, 0, END).filter(({topics}) => topics[0] === TRANSFER)
    expect(flatten(blocks)).toHaveLength(transfers.length)
  })

  test('thousands of addresses are asked for in pieces', async () => {
    const node = await startNode()
    const gateway = await startGatewayOver([node])
    const strangers = Array.from({length: 2_500}, (_, i) => `0x${i.toString(16).padStart(40, '9')}`)
    const blocks = await readRange(gateway.url, 0, END, {logs: [{address: [...strangers, ...CONTRACTS]}]})
    expect(flatten(blocks)).toEqual(setup.expected)
  })

  test('a node without the finalized tag counts confirmations, and says so', async () => {
    const gateway = await startGatewayOver([await startNode({hasFinalizedTag: false})])
    expect(await (await fetch(`${gateway.url}/height`)).text()).toBe(String(HEAD - 16))
    expect(gateway.status().finality).toEqual({source: 'confirmations', confirmations: 16})
    expect(gateway.notes.map(({message}) => message).join()).toContain('has no finalized tag')
  })
})

const PASSING: readonly (readonly [string, readonly NodeFault[]])[] = [
  ['429 with retry-after', [{kind: 'status', status: 429, retryAfter: '0.2', times: 5}]],
  ['500', [{kind: 'status', status: 500, times: 6}]],
  ['an error inside 200', [{kind: 'error', code: -32000, message: 'header not found', times: 6}]],
  ['an unknown error inside 200', [{kind: 'error', code: -32603, message: 'something went wrong on our side', times: 6}]],
  ['truncated JSON', [{kind: 'truncate', times: 6}]],
  ['a web page', [{kind: 'html', times: 6}]],
  ['an empty body', [{kind: 'empty', times: 6}]],
  ['the id of another request', [{kind: 'wrong-id', times: 6}]],
  ['no answer', [{kind: 'hang', times: 3}]],
  ['connections closed', [{kind: 'refuse', times: 6}]],
  ['null blocks', [{kind: 'null-blocks', times: 6}]],
  ['no batches', [{kind: 'no-batch'}]],
  ...Object.entries(PROVIDER_WORDS).map(
    ([name, words]) => [`a limit of blocks in the words of ${name}`, [{kind: 'range-limit', maxBlocks: 50, words}]] as const,
  ),
  [
    'a limit of results',
    [{kind: 'result-limit', maxLogs: 60, words: () => ({code: -32005, message: 'query returned more than 60 results'})}],
  ],
  ['all logs missing once', [{kind: 'missing-logs', mode: 'all', times: 2}]],
  ['half of the logs missing once', [{kind: 'missing-logs', mode: 'half', times: 2}]],
  ['the last log missing once', [{kind: 'missing-logs', mode: 'tail', times: 2}]],
  ['an invented log', [{kind: 'invented-log', times: 2}]],
]

test('a limit of results is learnt: once known it is seldom run into again', async () => {
  const node = await startNode()
  node.fault({kind: 'result-limit', maxLogs: 60, words: () => ({code: -32005, message: 'query returned more than 60 results'})})
  const gateway = await startGatewayOver([node])
  const first = await readRange(gateway.url, 0, 190)
  const learning = node.faulted()
  expect(learning).toBeGreaterThan(3)
  expect(flatten([...first, ...(await readRange(gateway.url, 191, END))])).toEqual(setup.expected)
  expect(node.faulted() - learning).toBeLessThan(4)
})

test.each([502, 504])(
  'of a proxy that says %i to wide ranges the node is asked for less at once, and is no less well for it',
  async (status) => {
    const node = await startNode()
    const gateway = await startGatewayOver([node], {tuning: {timeoutMs: 5_000}})
    await readRange(gateway.url, 0, 0)
    node.fault({kind: 'range-status', maxBlocks: 10, status})
    const health = new Set<string | undefined>()
    const watch = setInterval(() => health.add(gateway.status().nodes[0]?.health), 2)
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(setup.expected)
    clearInterval(watch)
    expect(node.faulted()).toBeLessThan(45)
    expect([...health]).toEqual(['healthy'])
  },
)

describe('a node that does this is lived with: the result is that of a clean run [INV-1]', () => {
  test.each(PASSING)('%s', async (_, faults) => {
    const node = await startNode()
    const gateway = await startGatewayOver([node])
    await readRange(gateway.url, 0, 0)
    node.fault(...faults)
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(setup.expected)
    expect(node.faulted()).toBeGreaterThan(0)
  })
})
