import {afterEach, beforeAll, describe, expect, test} from 'vitest'
import {flatten, readRange} from '../support/gatewayReader'
import {describeLogs, END, HEAD, setUpGateways} from '../support/gatewaySetup'
import {buildChain, TRANSFER} from '../support/syntheticChain'

let setup: Awaited<ReturnType<typeof setUpGateways>>
const startNode: (typeof setup)['startNode'] = (options) => setup.startNode(options)
const startGatewayOver: (typeof setup)['startGatewayOver'] = (nodes, settings) => setup.startGatewayOver(nodes, settings)

beforeAll(async () => {
  setup = await setUpGateways()
})
afterEach(() => setup.closeAll())
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
/** Moments on a quiet machine. */
const SOON = {timeout: 20_000}
const healthOf = (gateway: Awaited<ReturnType<typeof startGatewayOver>>) => gateway.status().nodes.map(({health}) => health)

describe('a node that lies is set aside, and another is asked [INV-2]', () => {
  test.each(['all', 'half', 'tail'] as const)('logs missing (%s): named, counted, no log lost', async (mode) => {
    const [liar, honest] = [await startNode(), await startNode()]
    liar.fault({kind: 'missing-logs', mode})
    const gateway = await startGatewayOver([liar, honest])
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(setup.expected)
    const [state] = gateway.status().nodes
    expect(state?.failures['dishonest']).toBeGreaterThan(0)
    expect(gateway.notes.find(({detail}) => detail['kind'] === 'dishonest')?.detail['node']).toContain('http://127.0.0.1')
  })

  test('with no honest node nothing is handed over, and the reason is told [INV-10]', async () => {
    const liar = await startNode()
    liar.fault({kind: 'missing-logs', mode: 'half'})
    const gateway = await startGatewayOver([liar])
    const reading = readRange(gateway.url, 0, END).catch(() => null)
    await expect.poll(() => gateway.status().problem, SOON).toMatch(/no RPC node is usable .*left out/)
    expect(await Promise.race([reading, sleep(500).then(() => 'nothing')])).toBe('nothing')
  })

  test('receipts: one log of many missing is found where the bloom is blind', async () => {
    const [liar, honest] = [await startNode(), await startNode()]
    liar.fault({kind: 'missing-logs', mode: 'one'})
    const gateway = await startGatewayOver([liar, honest], {verification: 'receipts'})
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(setup.expected)
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
    await expect.poll(() => healthOf(gateway), SOON).toEqual(['healthy', 'healthy'])
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
    expect(flatten(blocks)).toEqual(setup.expected)
    expect(blocks[5]?.transactions?.map(({hash, from}) => ({hash, from}))).toEqual(
      setup.chain.blocks[5]?.transactions.slice(0, 2).map(({hash, from}) => ({hash, from})),
    )
  })

  test('a node on another chain is set aside and named, without its key', async () => {
    const gateway = await startGatewayOver([await startNode({chainId: 5}), await startNode()])
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(setup.expected)
    expect(gateway.status().nodes[0]).toMatchObject({health: 'aside', reason: 'serves chain 5, not 1337'})
    expect(JSON.stringify([gateway.notes, gateway.status()])).not.toContain('secret')
  })

  const forked = (depth: number) => {
    const other = buildChain(setup.keccak, {blocks: HEAD + 1})
    other.fork(depth, depth + 10)
    return other
  }

  test('a node on another fork is outvoted, wherever it stands in the configuration', async () => {
    const liar = await startNode({chain: forked(200)})
    const gateway = await startGatewayOver([liar, await startNode(), await startNode()])
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(setup.expected)
    await expect.poll(() => healthOf(gateway), SOON).toEqual(['aside', 'healthy', 'healthy'])
    expect(gateway.status().nodes[0]?.reason).toBe('is on another fork than the other nodes')
  })

  test('of two nodes on different forks neither is believed, and it is told which says what [INV-10]', async () => {
    const other = forked(200)
    const liar = await startNode({chain: other})
    const gateway = await startGatewayOver([await startNode(), liar])
    const reading = readRange(gateway.url, 0, END)
    reading.catch(() => {})
    await expect.poll(() => gateway.status().problem, SOON).toMatch(/no majority tells which is right: final block 392 is 0x/)
    await sleep(300)
    expect(gateway.status().handedOver.blocks).toBe(0)
    expect(gateway.notes.filter(({level}) => level === 'error')).toHaveLength(1)
    // The operator, or the network, mends it.
    await liar.stop()
    expect(flatten(await reading)).toEqual(setup.expected)
  })

  test('of two nodes that agreed before, the one that forgets what was agreed is wrong', async () => {
    const other = buildChain(setup.keccak, {blocks: HEAD + 1})
    const nodes = [await startNode({chain: other}), await startNode()]
    const gateway = await startGatewayOver(nodes)
    await readRange(gateway.url, 0, 50)
    await expect.poll(() => healthOf(gateway), SOON).toEqual(['healthy', 'healthy'])
    // Two rounds of asking for the final block and comparing it: in one of them, whole, both agreed.
    const asked = () => nodes.map(({calls}) => calls['eth_getBlockByNumber'] ?? 0)
    const before = asked()
    await expect.poll(() => asked().every((n, i) => n >= Number(before[i]) + 4), SOON).toBe(true)
    other.fork(200, 210)
    await expect.poll(() => gateway.status().nodes[0]?.health, SOON).toBe('aside')
    expect(flatten(await readRange(gateway.url, 51, END))).toEqual(describeLogs(setup.chain, 51, END))
  })

  test('a node behind is not asked for what it cannot have', async () => {
    const gateway = await startGatewayOver([await startNode({lag: () => 300}), await startNode()])
    expect(flatten(await readRange(gateway.url, 0, END))).toEqual(setup.expected)
  })

  test('all nodes down for a while: requests are held, and answered when one is back', async () => {
    const node = await startNode()
    const gateway = await startGatewayOver([node])
    await readRange(gateway.url, 0, 10)
    node.fault({kind: 'refuse'})
    const reading = readRange(gateway.url, 11, END)
    await expect.poll(() => gateway.status().problem, SOON).toMatch(/no RPC node is usable/)
    node.fault()
    expect(flatten(await reading)).toEqual(describeLogs(setup.chain, 11, END))
  })
})
