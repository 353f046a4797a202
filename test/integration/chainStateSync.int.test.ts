import {afterEach, beforeAll, expect, test} from 'vitest'
import {stateSyncHash} from '../../src/chain/receiptsRoot'
import {flatten, readRange} from '../support/gatewayReader'
import {describeLogs, END, setUpGateways} from '../support/gatewaySetup'
import type {RpcServer} from '../support/rpcServer'
import {type SyntheticChain, TRANSFER, withStateSync} from '../support/syntheticChain'

let setup: Awaited<ReturnType<typeof setUpGateways>>
let synced: SyntheticChain
let syncHashes: readonly string[]
beforeAll(async () => {
  setup = await setUpGateways()
  synced = withStateSync(setup.chain, setup.keccak)
  syncHashes = setup.chain.blocks.map(({number, hash}) => stateSyncHash(number, hash, setup.keccak))
})
afterEach(() => setup.closeAll())

const CHAIN = 137
/** Of two nodes of Polygon one has the logs of state syncs, in the place that is said. */
async function startBoth(place: 'first' | 'second', chainId = CHAIN): Promise<readonly RpcServer[]> {
  const nodes = [await setup.startNode({chain: synced, chainId}), await setup.startNode({chainId})]
  return place === 'first' ? nodes : nodes.reverse()
}
const isOfSync = (log: string) => syncHashes.some((hash) => log.includes(hash))
/** Patient enough for a machine that has other work. */
const tuning = {timeoutMs: 5_000}

test.each([
  ['bloom', 'first'],
  ['bloom', 'second'],
  ['receipts', 'first'],
  ['receipts', 'second'],
] as const)('at the level %s, with the state sync at the %s node: neither is set aside', async (verification, place) => {
  const gateway = await setup.startGatewayOver(await startBoth(place), {chainId: CHAIN, verification, tuning})
  const logs = flatten(await readRange(gateway.url, 0, END))
  expect(logs.filter((log) => !isOfSync(log))).toEqual(setup.expected)
  expect(gateway.status().nodes.map(({failures}) => failures['dishonest'])).toEqual([undefined, undefined])
})

test.each(['first', 'second'] as const)(
  'where two nodes are compared, the answer of the one with the state sync holds: the %s',
  async (place) => {
    const wanted = [16, 160, 320].map((number) => `0x${(number * 10 + 9).toString(16).padStart(64, '0')}`)
    const gateway = await setup.startGatewayOver(await startBoth(place), {chainId: CHAIN, tuning})
    await expect.poll(() => gateway.status().nodes.map(({health}) => health)).toEqual(['healthy', 'healthy'])
    const logs = flatten(await readRange(gateway.url, 0, END, {logs: [{topic0: [TRANSFER], topic3: wanted}]}))
    expect(logs).toEqual(describeLogs(synced, 0, END).filter((log) => isOfSync(log) && wanted.some((topic) => log.includes(topic))))
    expect(gateway.status().nodes.map(({failures}) => failures['dishonest'])).toEqual([undefined, undefined])
  },
)

test('on a chain without state sync such logs are made up, whatever they say of themselves', async () => {
  const [liar, honest] = (await startBoth('first', 1337)) as [RpcServer, RpcServer]
  const gateway = await setup.startGatewayOver([liar], {verification: 'receipts', tuning})
  const reading = readRange(gateway.url, 0, END)
  reading.catch(() => {})
  await expect.poll(() => gateway.status().nodes[0]?.failures['dishonest']).toBeGreaterThan(0)
  const both = await setup.startGatewayOver([liar, honest], {verification: 'receipts', tuning})
  expect(flatten(await readRange(both.url, 0, END))).toEqual(setup.expected)
})
