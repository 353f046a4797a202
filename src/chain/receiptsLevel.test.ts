import {beforeAll, describe, expect, test} from 'vitest'
import {buildChain, CONTRACTS, type SyntheticChain, wantedLogs} from '../../test/support/syntheticChain'
import type {Hashing} from './blockTruth'
import {createBloom} from './bloom'
import {type FetchContext, fetchRange, UNKNOWN_FULLNESS} from './fetchRange'
import {fetchHeadBlocks} from './headBlock'
import {loadKeccak} from './keccak'
import {buildLogFilter} from './logFilter'
import type {RpcNode} from './rpcNode'
import type {RpcCall} from './rpcTransport'
import {createVerifyStats} from './verifyRange'

const filter = buildLogFilter([{address: CONTRACTS, transaction: true}])
const RANGE = {from: 0, to: 5}
let hashing: Hashing
let chain: SyntheticChain
beforeAll(async () => {
  const keccak = await loadKeccak()
  hashing = {keccak, bloom: createBloom(keccak), hasStateSync: false}
  chain = buildChain(keccak, {blocks: RANGE.to + 1})
})

type Placed = Readonly<{transactionHash: string; transactionIndex: string}>
type Rename = <T extends Placed>(placed: T, hashes: readonly string[]) => T
const asIs: Rename = (placed) => placed
/** The first two transactions of each block under each other's hash. */
const swapped: Rename = (placed, hashes) => ({...placed, transactionHash: hashes[[1, 0, 2][Number(placed.transactionIndex)] as number]})

function nodeOf({ofReceipts = asIs, ofLogs = asIs}: Readonly<{ofReceipts?: Rename; ofLogs?: Rename}>): RpcNode {
  const answer = ({method, params}: RpcCall): unknown => {
    if (method === 'eth_getLogs')
      return wantedLogs(chain, RANGE.from, RANGE.to).map((log) => ofLogs(log, hashesOf(Number(log.blockNumber))))
    const number = Number(params[0])
    const hashes = hashesOf(number)
    if (method === 'eth_getBlockByNumber') return {...chain.blocks[number]?.header, transactions: hashes}
    const renamed = chain.blocks[number]?.receipts.map((receipt) =>
      ofReceipts({...receipt, transactionIndex: String(receipt['transactionIndex'])}, hashes),
    )
    return renamed?.map((receipt) => ({...receipt, logs: receipt.logs.map((log) => ofReceipts(log, hashes))}))
  }
  const hashesOf = (number: number) => (chain.blocks[number]?.transactions ?? []).map(({hash}) => hash)
  return {
    name: 'node',
    limits: {maxBlocks: 1_000, maxLogs: 1_000, maxAddresses: 10},
    fetchResults: async (calls: readonly RpcCall[], parse: (result: unknown, i: number) => unknown) =>
      calls.map((call, i) => parse(answer(call), i)),
  } as unknown as RpcNode
}

/** `share`: of the blocks that have wanted logs; where it is most of them the receipts are read alone. */
async function readRange(node: RpcNode, share: number) {
  const rules = {filter, level: 'receipts', allBlocks: false, fullness: {transactions: UNKNOWN_FULLNESS}} as const
  const pool = {pick: ({exclude}: Readonly<{exclude: ReadonlySet<string>}>) => (exclude.has(node.name) ? undefined : node)}
  const context = {...rules, pool, hashing, stats: createVerifyStats(), density: {share}} as unknown as FetchContext
  return (await fetchRange(context, node, RANGE)).blocks
}
const readHead = (node: RpcNode) => fetchHeadBlocks({hashing, filter, level: 'receipts'}, node, [{number: 1}])

describe('by receipts no node can name another transaction for a log, and so another sender', () => {
  test.each([0, 1])('the truth passes, and names every sender (share %s)', async (share) => {
    const blocks = await readRange(nodeOf({}), share)
    expect(blocks.map(({transactions}) => transactions.map(({from}) => from))).toEqual(
      chain.blocks.map(({transactions}) => transactions.slice(0, 2).map(({from}) => from)),
    )
  })

  test.each<[string, Parameters<typeof nodeOf>[0], (node: RpcNode) => Promise<unknown>]>([
    ['by eth_getLogs', {ofLogs: swapped}, (node) => readRange(node, 0)],
    ['by receipts beside eth_getLogs', {ofReceipts: swapped}, (node) => readRange(node, 0)],
    ['by receipts alone', {ofReceipts: swapped}, (node) => readRange(node, 1)],
    ['by receipts at the head', {ofReceipts: swapped}, readHead],
  ])('%s', async (_, lies, read) => {
    await expect(read(nodeOf(lies))).rejects.toMatchObject({kind: 'dishonest'})
  })
})
