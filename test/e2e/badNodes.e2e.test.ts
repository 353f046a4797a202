import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import {loadKeccak} from '../../src/chain/keccak'
import {type CanonicalTables, dumpCanonicalTables} from '../support/canonical'
import {type Running, run, writeConfig} from '../support/indexer'
import {startPostgres, type TestPostgres} from '../support/postgres'
import {PROVIDER_WORDS} from '../support/providerWords'
import {type NodeFault, type RpcServer, type RpcServerOptions, startRpcServer} from '../support/rpcServer'
import {buildChain, type SyntheticChain} from '../support/syntheticChain'

/** Backfills of the whole processor over nodes that misbehave, several faults in each: the tables are those of a clean run. */

const [HEAD, END] = [400, 380]
let postgres: TestPostgres
let chain: SyntheticChain
let clean: CanonicalTables
let databases = 0
let open: (() => Promise<unknown>)[] = []

const startNode = async (options: Partial<RpcServerOptions> = {}, ...faults: readonly NodeFault[]): Promise<RpcServer> => {
  const node = await startRpcServer({chain, ...options})
  node.fault(...faults)
  open.push(node.stop)
  return node
}

async function startProcessor(nodes: readonly RpcServer[], env: Readonly<Record<string, string>> = {}) {
  databases += 1
  const url = await postgres.createMigrated(`bad_nodes_${databases}`)
  const config = writeConfig({chains: [{id: 1337, rpc: nodes.map((node) => node.url), contracts: '*'}]})
  const processor = run('main.js', ['--config', config.path, '--to', String(END)], {DB_URL: url, ...env})
  open.push(async () => {
    await processor.kill('SIGKILL')
    config.remove()
  })
  return {url, processor}
}

async function untilDone(processor: Running): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, 40_000).unref())
  if ((await Promise.race([processor.exited, late])) !== 0) throw new Error(`not indexed to its end:\n${processor.output().slice(-5_000)}`)
}

async function indexOver(nodes: readonly RpcServer[]): Promise<CanonicalTables> {
  const {url, processor} = await startProcessor(nodes)
  await untilDone(processor)
  return dumpCanonicalTables(url)
}

beforeAll(async () => {
  postgres = await startPostgres()
  chain = buildChain(await loadKeccak(), {blocks: HEAD + 1})
  clean = await indexOver([await startNode()])
  expect(clean['transfer']).toHaveLength(END + 1)
})
afterEach(async () => {
  await Promise.all(open.map((close) => close()))
  open = []
})
afterAll(() => postgres.stop())

const TROUBLES: readonly NodeFault[] = [
  {kind: 'slow', ms: 40},
  {kind: 'status', status: 429, retryAfter: '0.2', times: 3, methods: ['eth_getLogs']},
  {kind: 'status', status: 500, times: 3, methods: ['eth_getBlockByNumber']},
  {kind: 'error', code: -32603, message: 'something went wrong on our side', times: 3},
  {kind: 'truncate', times: 3, methods: ['eth_getLogs']},
  {kind: 'null-blocks', times: 3},
]

describe('a backfill ends in the tables of a clean run [INV-1]', () => {
  test('one node: slow, 429 with retry-after, 500, errors inside 200, truncated JSON, null blocks', async () => {
    const node = await startNode({}, ...TROUBLES)
    expect(await indexOver([node])).toEqual(clean)
    expect(node.faulted()).toBeGreaterThan(TROUBLES.length * 2)
  })

  test('logs missing (all, tail, half) at three nodes of four', async () => {
    const modes = ['all', 'tail', 'half'] as const
    const liars = await Promise.all(modes.map((mode) => startNode({}, {kind: 'missing-logs', mode})))
    expect(await indexOver([...liars, await startNode()])).toEqual(clean)
    expect(liars.reduce((sum, node) => sum + node.faulted(), 0)).toBeGreaterThan(0)
  })

  test('range limits in the words of every provider, one that hangs, and all of them gone for a while', async () => {
    const limits = Object.values(PROVIDER_WORDS).map((words): NodeFault => ({kind: 'range-limit', maxBlocks: 50, words}))
    const nodes = await Promise.all([
      ...limits.map((fault) => startNode({}, fault)),
      startNode({}, {kind: 'hang', methods: ['eth_getLogs']}),
    ])
    const {url, processor} = await startProcessor(nodes)
    await expect.poll(() => nodes.some((node) => node.faulted() > 0), {timeout: 20_000}).toBe(true)
    nodes.forEach((node) => void node.fault({kind: 'refuse'}))
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    nodes.forEach((node, i) => void node.fault(...limits.slice(i, i + 1)))
    await untilDone(processor)
    expect(await dumpCanonicalTables(url)).toEqual(clean)
  })

  test('a node on another fork, one behind and one of another chain beside two honest ones', async () => {
    const other = buildChain(await loadKeccak(), {blocks: HEAD + 1})
    other.fork(200, 210)
    const nodes = await Promise.all([
      startNode({chain: other}),
      startNode({lag: () => 300}),
      startNode({chainId: 5}),
      startNode(),
      startNode(),
    ])
    expect(await indexOver(nodes)).toEqual(clean)
  })
})

describe('without an honest node nothing wrong is stored, and readiness says why [INV-10]', () => {
  const readiness = async (processor: Running) => {
    const port = /metrics on port (\d+)/.exec(processor.output())?.[1]
    const response = await fetch(`http://127.0.0.1:${port}/ready`)
    return {status: response.status, ...((await response.json()) as {reason: string | null})}
  }

  test.each<[string, () => Promise<readonly RpcServer[]>, RegExp]>([
    [
      'all logs are missing at the only node',
      async () => [await startNode({}, {kind: 'missing-logs', mode: 'all'})],
      /no RPC node is usable .* logs left out/,
    ],
    [
      'two nodes are on different forks',
      async () => {
        const other = buildChain(await loadKeccak(), {blocks: HEAD + 1})
        other.fork(200, 210)
        return [await startNode(), await startNode({chain: other})]
      },
      /no majority tells which is right: final block 392 is 0x/,
    ],
  ])('%s', async (_, startNodes, reason) => {
    const {url, processor} = await startProcessor(await startNodes())
    await expect.poll(() => processor.output(), {timeout: 20_000}).toMatch(/metrics on port \d+/)
    await expect.poll(() => readiness(processor), {timeout: 20_000}).toMatchObject({status: 503, reason: expect.stringMatching(reason)})
    expect(processor.child.exitCode).toBeNull()
    expect(Object.values(await dumpCanonicalTables(url)).flat()).toEqual([])
  })
})
