import {afterEach, beforeAll, expect, test} from 'vitest'
import {HEAD, setUpGateways} from '../support/gatewaySetup'

let setup: Awaited<ReturnType<typeof setUpGateways>>
beforeAll(async () => {
  setup = await setUpGateways()
})
afterEach(() => setup.closeAll())

const heightOf = async (gateway: Readonly<{url: string}>) => Number(await (await fetch(`${gateway.url}/height`)).text())

test('one of three nodes that takes its head for final does not decide what is final', async () => {
  const nodes = await Promise.all([8, 8, 0].map((finality) => setup.startNode({finality})))
  expect(await heightOf(await setup.startGatewayOver(nodes))).toBe(HEAD - 8)
})

test('a node that has just started and knows no final block yet is given time to know one', async () => {
  const node = await setup.startNode({finality: 100})
  node.fault({kind: 'error', code: -32000, message: 'finalized block not found', methods: ['eth_getBlockByNumber'], times: 1})
  const gateway = await setup.startGatewayOver([node])
  expect([await heightOf(gateway), gateway.status().finality.source]).toEqual([HEAD - 100, 'finalized tag'])
})

test('a final block above its own head is none, and a wrong answer does not last', async () => {
  const node = await setup.startNode()
  node.fault({kind: 'final-nonsense', number: 10_000_000})
  const gateway = await setup.startGatewayOver([node], {tuning: {probeIntervalMs: 20}})
  expect(await heightOf(gateway)).toBe(HEAD)
  node.fault()
  await expect.poll(() => heightOf(gateway)).toBe(HEAD - 8)
})
