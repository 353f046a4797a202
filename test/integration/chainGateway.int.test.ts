import {afterEach, beforeAll, describe, expect, test} from 'vitest'
import {type Keccak, loadKeccak} from '../../src/chain/keccak'
import {flatten, openGateway, readRange} from '../support/gatewayReader'
import {type NodeFault, type RpcServer, type RpcServerOptions, startRpcServer} from '../support/rpcServer'
import {buildChain, CONTRACTS, type SyntheticChain, TRANSFER, wantedLogs} from '../support/syntheticChain'

const HEAD = 400
const END = 380
let keccak: Keccak
let chain: SyntheticChain
let expected: readonly string[]
let open: (() => Promise<unknown>)[] = []

const describeLogs = (of: SyntheticChain, from: number, to: number) =>
  wantedLogs(of, from, to).map((log) =>
    [Number(log.blockNumber), log.blockHash, Number(log.logIndex), log.transactionHash, log.address, log.topics.join(), log.data].join(' '),
  )

beforeAll(async () => {
  keccak = await loadKeccak()
  chain = buildChain(keccak, {blocks: HEAD + 1})
  expected = describeLogs(chain, 0, END)
})
afterEach(async () => {
  await Promise.all(open.map((stop) => stop()))
  open = []
})

const startNode = async (options: Partial<RpcServerOptions> = {}): Promise<RpcServer> => {
  const node = await startRpcServer({chain, ...options})
  open.push(node.stop)
  return node
}
const startGatewayOver = async (nodes: readonly RpcServer[], settings: Parameters<typeof openGateway>[1] = {}) => {
  const gateway = await openGateway(
    nodes.map(({url}) => url),
    settings,
  )
  open.push(gateway.close)
  return gateway
}
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('the gateway protocol', () => {
  test('hands over every wanted log, its sender and the last block, with times in seconds', async () => {
    const gateway = await startGatewayOver([await startNode()])
    const blocks = await readRange(gateway.url, 0, END)
    expect(flatten(blocks)).toEqual(expected)
    expect(blocks.at(-1)?.header).toEqual({
      number: END,
      hash: chain.blocks[END]?.hash,
      parentHash: chain.blocks[END - 1]?.hash,
      timestamp: 1_700_000_000 + 12 * END,
    })
    const senders = blocks.flatMap(({transactions = []}) => transactions.map(({hash, from}) => `${hash} ${from}`))
    expect(senders.slice(0, 2)).toEqual(chain.blocks[0]?.transactions.slice(0, 2).map(({hash, from}) => `${hash} ${from}`))
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
    expect(block?.header.hash).toBe(chain.blocks[77]?.hash)
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
    const transfers = wantedLogs(chain, 0, END).filter(({topics}) => topics[0] === TRANSFER)
    expect(flatten(blocks)).toHaveLength(transfers.length)
  })

  test('thousands of addresses are asked for in pieces', async () => {
    const node = await startNode()
    const gateway = await startGatewayOver([node])
    const strangers = Array.from({length: 2_500}, (_, i) => `0x${i.toString(16).padStart(40, '9')}`)
    const blocks = await readRange(gateway.url, 0, END, {logs: [{address: [...strangers, ...CONTRACTS]}]})
    expect(flatten(blocks)).toEqual(expected)
  })

  test('a node without the finalized tag counts confirmations, and says so', async () => {
    const gateway = await startGatewayOver([await startNode({hasFinalizedTag: false})])
    expect(await (await fetch(`${gateway.url}/height`)).text()).toBe(String(HEAD - 16))
    expect(gateway.status().finality).toEqual({source: 'confirmations', confirmations: 16})
    expect(gateway.notes.map(({message}) => message).join()).toContain('has no finalized tag')
  })
})

const WORDS = {
  alchemy: (from: number, _: number, max: number) => ({
    code: -32602,
    message: `Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size, or you can request any block range with a cap of 10K logs in the response. Based on your parameters and the response size limit, this block range should work: [0x${from.toString(16)}, 0x${(from + max - 1).toString(16)}]`,
  }),
  infura: (from: number, _: number, max: number) => ({
    code: -32005,
    message: `query returned more than 10000 results. Try with this block range [0x${from.toString(16)}, 0x${(from + max - 1).toString(16)}].`,
  }),
  quicknode: (_: number, __: number, max: number) => ({code: -32614, message: `eth_getLogs is limited to a ${max} range`}),
  geth: () => ({code: -32005, message: 'query returned more than 10000 results'}),
  infura2026: (from: number, to: number, max: number) => ({code: -32602, message: `range ${to - from + 1} exceeds limit of ${max}`}),
  reth: (_: number, __: number, max: number) => ({code: -32602, message: `query exceeds max block range ${max}`}),
}

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
  ...Object.entries(WORDS).map(
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

describe('a node that does this is lived with: the result is that of a clean run [INV-1]', () => {
  test.each(PASSING)('%s', async (_, faults) => {
    const node = await startNode()
    const gateway = await startGatewayOver([node])
    await readRange(gateway.url, 0, 0)
    node.fault(...faults)
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(expected)
    expect(node.faulted()).toBeGreaterThan(0)
  })
})

describe('a node that lies is set aside, and another is asked [INV-2]', () => {
  test.each(['all', 'half', 'tail'] as const)('logs missing (%s): named, counted, no log lost', async (mode) => {
    const [liar, honest] = [await startNode(), await startNode()]
    liar.fault({kind: 'missing-logs', mode})
    const gateway = await startGatewayOver([liar, honest])
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(expected)
    const [state] = gateway.status().nodes
    expect(state?.failures['dishonest']).toBeGreaterThan(0)
    expect(gateway.notes.find(({detail}) => detail['kind'] === 'dishonest')?.detail['node']).toContain('http://127.0.0.1')
  })

  test('with no honest node nothing is handed over, and the reason is told [INV-10]', async () => {
    const liar = await startNode()
    liar.fault({kind: 'missing-logs', mode: 'half'})
    const gateway = await startGatewayOver([liar])
    const result = await Promise.race([readRange(gateway.url, 0, END).catch(() => null), sleep(1_500).then(() => 'nothing')])
    expect(result).toBe('nothing')
    expect(gateway.status().problem).toMatch(/no RPC node is usable .*left out/)
  })

  test('receipts: one log of many missing is found where the bloom is blind', async () => {
    const [liar, honest] = [await startNode(), await startNode()]
    liar.fault({kind: 'missing-logs', mode: 'one'})
    const gateway = await startGatewayOver([liar, honest], {verification: 'receipts'})
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(expected)
  })

  const RARE = [{topic0: [TRANSFER], topic3: [0, 70, 140, 210, 280].map((n) => `0x${(n * 10).toString(16).padStart(64, '0')}`)}]

  test('where blooms leave every block in doubt, what a second node has and the first has not is found', async () => {
    const [liar, honest] = [await startNode(), await startNode()]
    liar.fault({kind: 'missing-logs', mode: 'one'})
    const gateway = await startGatewayOver([liar, honest])
    expect(flatten(await readRange(gateway.url, 0, END, {logs: RARE}))).toHaveLength(5)
  })

  test('where blooms leave every block in doubt and two nodes agree, the status says that they were compared', async () => {
    const gateway = await startGatewayOver([await startNode(), await startNode()])
    await sleep(200)
    expect(flatten(await readRange(gateway.url, 0, END, {logs: RARE}))).toHaveLength(5)
    expect(gateway.status().verification.omissions).toBe('second node')
  })

  test('with one node and every block in doubt a sample is re-checked, and the status says so', async () => {
    const gateway = await startGatewayOver([await startNode()])
    await readRange(gateway.url, 0, END, {logs: [{topic0: [TRANSFER], topic3: [`0x${'7'.padStart(64, '0')}`]}]})
    const {omissions, suspicious, rechecked} = gateway.status().verification
    expect(omissions).toBe('sample')
    expect(rechecked).toBeGreaterThan(0)
    expect(rechecked).toBeLessThan(suspicious / 2)
  })

  test('receipts: senders come from the receipts', async () => {
    const gateway = await startGatewayOver([await startNode()], {verification: 'receipts'})
    const blocks = await readRange(gateway.url, 0, END)
    expect(flatten(blocks)).toEqual(expected)
    expect(blocks[5]?.transactions?.map(({hash, from}) => ({hash, from}))).toEqual(
      chain.blocks[5]?.transactions.slice(0, 2).map(({hash, from}) => ({hash, from})),
    )
  })

  test('a node on another chain is set aside and named, without its key', async () => {
    const gateway = await startGatewayOver([await startNode({chainId: 5}), await startNode()])
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(expected)
    expect(gateway.status().nodes[0]).toMatchObject({health: 'aside', reason: 'serves chain 5, not 1337'})
    expect(JSON.stringify([gateway.notes, gateway.status()])).not.toContain('secret')
  })

  test('a node on another fork is outvoted by order', async () => {
    const other = buildChain(keccak, {blocks: HEAD + 1})
    other.fork(200, 210)
    const gateway = await startGatewayOver([await startNode(), await startNode({chain: other})])
    await sleep(200)
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(expected)
    expect(gateway.status().nodes[1]?.health).toBe('aside')
  })

  test('a node behind is not asked for what it cannot have', async () => {
    const gateway = await startGatewayOver([await startNode({lag: () => 300}), await startNode()])
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(expected)
  })

  test('all nodes down for a while: requests are held, and answered when one is back', async () => {
    const node = await startNode()
    const gateway = await startGatewayOver([node])
    await readRange(gateway.url, 0, 10)
    node.fault({kind: 'refuse'})
    const reading = readRange(gateway.url, 11, END)
    await sleep(1_200)
    expect(gateway.status().problem).toMatch(/no RPC node is usable/)
    node.fault()
    expect(flatten(await reading)).toEqual(describeLogs(chain, 11, END))
  })
})
