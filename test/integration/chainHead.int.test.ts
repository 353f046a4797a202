import {EvmRpcDataSource} from '@subsquid/evm-processor/lib/ds-rpc/client'
import {RpcClient} from '@subsquid/rpc-client'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {loadKeccak} from '../../src/chain/keccak'
import {FIELDS, openGateway, REQUESTS} from '../support/gatewayReader'
import {type RpcServer, startRpcServer} from '../support/rpcServer'
import {buildChain, type SyntheticChain, wantedLogs} from '../support/syntheticChain'

const HEAD = 60
const FINAL = 40
let chain: SyntheticChain
let node: RpcServer
let open: (() => unknown)[] = []

beforeEach(async () => {
  chain = buildChain(await loadKeccak(), {blocks: HEAD + 1})
  node = await startRpcServer({chain})
  open = [node.stop]
})
afterEach(() => Promise.all(open.map((stop) => stop())))

type HotBlock = Readonly<{
  header: Readonly<{height: number; hash: string; parentHash: string}>
  logs: readonly Readonly<{logIndex: number; data: string; transaction?: Readonly<{from: string}>}>[]
}>

/** What evm-processor makes of the head: its own data source, and a list that stands for the database. */
async function follow(url: string) {
  const client = new RpcClient({url, log: null, retryAttempts: Number.MAX_SAFE_INTEGER})
  const source = new EvmRpcDataSource({rpc: client, finalityConfirmation: 20})
  const start = {height: FINAL, hash: chain.blocks[FINAL]?.hash as string, top: []}
  const blocks: HotBlock[] = []
  const request = {fields: FIELDS, logs: REQUESTS}
  const done = source
    .processHotBlocks([{range: {from: FINAL + 1, to: 1_000_000}, request}], start, async (update) => {
      const base = blocks.findLastIndex(({header}) => header.height <= update.baseHead.height)
      blocks.splice(base + 1)
      blocks.push(...(update.blocks as unknown as HotBlock[]))
    })
    .catch(() => {})
  void done
  open.unshift(() => client.close())
  return blocks
}

const seen = (blocks: readonly HotBlock[]) =>
  blocks.map(({header, logs}) => [header.height, header.hash, logs.map(({logIndex}) => logIndex).join()].join(' '))
const wanted = () =>
  chain.blocks.slice(FINAL + 1).map(({number, hash}) =>
    [
      number,
      hash,
      wantedLogs(chain, number, number)
        .map(({logIndex}) => Number(logIndex))
        .join(),
    ].join(' '),
  )

async function until(check: () => void, ms = 8_000) {
  const deadline = Date.now() + ms
  for (;;) {
    try {
      return check()
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function startFollowing(nodes: readonly RpcServer[] = [node], settings: Parameters<typeof openGateway>[1] = {}) {
  const gateway = await openGateway(
    nodes.map(({url}) => url),
    settings,
  )
  open.unshift(gateway.close)
  const blocks = await follow(String(gateway.headUrl))
  await until(() => expect(seen(blocks)).toEqual(wanted()))
  return {gateway, blocks}
}

describe('the head as evm-processor follows it', () => {
  test('an idle chain is read to its head at once, with senders', async () => {
    const {blocks} = await startFollowing()
    expect(blocks[0]?.logs[0]?.transaction?.from).toBe(chain.blocks[FINAL + 1]?.transactions[0]?.from)
  })

  test('new blocks come in', async () => {
    const {blocks} = await startFollowing()
    chain.append(3)
    await until(() => expect(seen(blocks)).toEqual(wanted()))
    chain.append(40)
    await until(() => expect(seen(blocks)).toEqual(wanted()))
  })

  test('a fork of the same height is seen without waiting for a higher block [INV-4]', async () => {
    const {blocks, gateway} = await startFollowing()
    chain.fork(5, 5)
    await until(() => expect(seen(blocks)).toEqual(wanted()))
    expect(gateway.status().head?.forks).toBe(1)
  })

  test('a fork to a shorter chain is seen, and what grows on it [INV-4]', async () => {
    const {blocks} = await startFollowing()
    chain.fork(6, 2)
    await until(() => expect(seen(blocks)).toEqual(wanted()))
    for (let i = 0; i < 6; i++) {
      chain.append(1)
      await until(() => expect(seen(blocks)).toEqual(wanted()))
    }
  })

  test('a longer fork is seen [INV-4]', async () => {
    const {blocks} = await startFollowing()
    chain.fork(12, 14)
    await until(() => expect(seen(blocks)).toEqual(wanted()))
  })

  test('a node that falls behind on the same chain is no fork', async () => {
    const {blocks, gateway} = await startFollowing()
    chain.truncate(4)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(gateway.status().head?.forks).toBe(0)
    expect(blocks).toHaveLength(HEAD - FINAL)
  })

  test('the node dies and another takes over, without a fork between them', async () => {
    const second = await startRpcServer({chain})
    open.push(second.stop)
    const {blocks, gateway} = await startFollowing([node, second])
    node.fault({kind: 'refuse'})
    for (let i = 0; i < 5; i++) {
      chain.append(1)
      await until(() => expect(seen(blocks)).toEqual(wanted()))
    }
    expect(gateway.status().head?.forks).toBe(0)
  })

  test.each(['bloom', 'receipts'] as const)('%s: logs left out at the head are not handed over', async (verification) => {
    const {blocks} = await startFollowing([node], {verification})
    node.fault({kind: 'missing-logs', mode: 'all', times: 3}, {kind: 'null-blocks', times: 3})
    chain.append(4)
    await until(() => expect(seen(blocks)).toEqual(wanted()))
  })

  test('faults on the way end in the same blocks [INV-1]', async () => {
    const {blocks} = await startFollowing()
    for (const fault of [
      {kind: 'status', status: 500, times: 4},
      {kind: 'truncate', times: 3},
      {kind: 'hang', times: 2},
      {kind: 'html', times: 3},
    ] as const) {
      node.fault(fault)
      chain.append(2)
      await until(() => expect(seen(blocks)).toEqual(wanted()))
    }
  })

  test('contract reads pass through, and a revert is an answer', async () => {
    const {gateway} = await startFollowing()
    const client = new RpcClient({url: String(gateway.headUrl), log: null})
    open.unshift(() => client.close())
    await expect(client.call('eth_call', [{to: `0x${'1'.repeat(40)}`, data: '0x'}, 'latest'])).rejects.toThrow('execution reverted')
    await expect(client.call('eth_sendRawTransaction', ['0x'])).rejects.toThrow('not available')
    expect(await client.call('eth_chainId')).toBe('0x539')
  })
})
