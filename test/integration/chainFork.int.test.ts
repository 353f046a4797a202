import {afterEach, beforeAll, describe, expect, test} from 'vitest'
import {findFork, type StoredBlocks} from '../../src/chain/findFork'
import {type Keccak, loadKeccak} from '../../src/chain/keccak'
import {startRpcServer} from '../support/rpcServer'
import {buildChain, type SyntheticChain} from '../support/syntheticChain'

const CHAIN_ID = 1337
let keccak: Keccak
const running: {stop: () => Promise<void>}[] = []

beforeAll(async () => {
  keccak = await loadKeccak()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()))
})

async function serve(chain: SyntheticChain, chainId = CHAIN_ID): Promise<string> {
  const server = await startRpcServer({chain, chainId})
  running.push(server)
  return server.url
}

/** Every third block has facts; `final` is the last one stored. */
function storeBlocks(chain: SyntheticChain, final: number): StoredBlocks {
  const refs = chain.blocks.slice(0, final + 1).map(({number, hash}) => ({number, hash}))
  return {
    final: refs[final] ?? null,
    highestWithFacts: async (from, to) => refs.filter(({number}) => number % 3 === 0 && from <= number && number <= to).at(-1) ?? null,
  }
}

const chainOf = (depth = 0, added = 0): SyntheticChain => {
  const chain = buildChain(keccak, {blocks: 100})
  if (depth > 0) chain.fork(depth, added)
  return chain
}

describe('before a start the stored final blocks are compared with the chain [INV-4]', () => {
  test('the same chain is no fork, and neither is one of which no node tells', async () => {
    const stored = storeBlocks(chainOf(), 90)
    expect(await findFork([await serve(chainOf())], CHAIN_ID, stored)).toBeNull()
    expect(await findFork(['http://127.0.0.1:1'], CHAIN_ID, stored)).toBeNull()
    expect(await findFork([await serve(chainOf(50, 60), 5)], CHAIN_ID, stored), 'a node of another chain').toBeNull()
    expect(await findFork([await serve(chainOf(50, 60))], CHAIN_ID, storeBlocks(chainOf(), -1)), 'nothing stored').toBeNull()
  })

  test.each([1, 2, 20, 47, 89])('the common ancestor is found %d blocks below the last final one', async (depth) => {
    const head = chainOf().head()
    const forked = chainOf(head - 90 + depth, 120)
    const fork = await findFork([await serve(forked)], CHAIN_ID, storeBlocks(chainOf(), 90))
    const firstOrphan = 90 - depth + 1
    const ancestor = Math.floor((firstOrphan - 1) / 3) * 3
    expect(fork?.ancestor?.number).toBe(ancestor)
    expect(fork?.orphan.number).toBe(90)
    expect(fork?.instead).toBe(forked.blocks[90]?.hash)
  })

  test('of several nodes the majority decides, and a draw leaves things as they are', async () => {
    const stored = storeBlocks(chainOf(), 90)
    const [same, other, third] = await Promise.all([serve(chainOf()), serve(chainOf(50, 60)), serve(chainOf(50, 60))])
    expect(await findFork([same, other], CHAIN_ID, stored)).toBeNull()
    expect((await findFork([same, other, third], CHAIN_ID, stored))?.orphan.number).toBe(90)
  })

  test('a node behind is no fork, a chain that became shorter is one', async () => {
    const stored = storeBlocks(chainOf(), 90)
    const behind = chainOf()
    behind.truncate(40)
    expect(await findFork([await serve(behind)], CHAIN_ID, stored)).toBeNull()
    const shorter = chainOf(80, 30)
    const fork = await findFork([await serve(shorter)], CHAIN_ID, stored)
    expect(fork?.orphan.number).toBe(Math.floor(shorter.head() / 3) * 3)
    expect(fork?.ancestor?.number).toBeLessThan(shorter.head() - 29 + 1)
  })
})
