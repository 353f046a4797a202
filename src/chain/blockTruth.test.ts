import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {beforeAll, describe, expect, test} from 'vitest'
import {fetchProvedReceipts, type Hashing} from './blockTruth'
import {createBloom} from './bloom'
import type {RawHeader} from './chainBlock'
import {loadKeccak} from './keccak'
import type {RpcNode} from './rpcNode'
import {parseHeader} from './rpcShapes'

const BLOCKS = join(__dirname, '../../test/fixtures/blocks')
type Log = Readonly<Record<string, unknown>>
type Receipt = Readonly<{transactionHash: string; logs: readonly Log[]}> & Readonly<Record<string, unknown>>

const readBlock = (name: string) => {
  const {block, receipts} = JSON.parse(gunzipSync(readFileSync(join(BLOCKS, `${name}.json.gz`))).toString()) as {
    block: unknown
    receipts: readonly Receipt[]
  }
  return {header: parseHeader(block, undefined, true), receipts}
}
const {header, receipts} = readBlock('ethereum/17510000')
const withLogs = receipts.flatMap(({logs}, i) => (logs.length > 1 ? [i] : []))
const [first, second] = withLogs as [number, number]

let hashing: Hashing
beforeAll(async () => {
  const keccak = await loadKeccak()
  hashing = {keccak, bloom: createBloom(keccak), hasStateSync: false}
})

const prove = (of: RawHeader, answer: readonly Receipt[]) => {
  const node = {fetchResults: async (_: unknown, parse: (result: unknown) => unknown) => [parse(answer)]}
  return fetchProvedReceipts(node as unknown as RpcNode, hashing, [of])
}
const change = (at: number, by: (receipt: Receipt) => Receipt) => receipts.with(at, by(receipts[at] as Receipt))
const changeLogs = (at: number, by: (log: Log, i: number) => Log) => change(at, (receipt) => ({...receipt, logs: receipt.logs.map(by)}))
const renamed = (hash: string) => (receipt: Receipt) => ({
  ...receipt,
  transactionHash: hash,
  logs: receipt.logs.map((log) => ({...log, transactionHash: hash})),
})
const hashAt = (at: number) => (receipts[at] as Receipt).transactionHash
const swapped = receipts
  .with(first, renamed(hashAt(second))(receipts[first] as Receipt))
  .with(second, renamed(hashAt(first))(receipts[second] as Receipt))

describe('what no receiptsRoot holds of a receipt, but its place among the others proves', () => {
  test.each(['ethereum/17510000', 'polygon/50000000', 'optimism/154497277', 'arbitrum/150000000'])('%s as it is passes', async (name) => {
    const block = readBlock(name)
    expect((await prove(block.header, block.receipts))[0]).toHaveLength(block.receipts.length)
  })

  test.each<[string, readonly Receipt[]]>([
    ['a receipt that names another place', change(first, (receipt) => ({...receipt, transactionIndex: '0xff'}))],
    ['logs numbered from 0 in each transaction', changeLogs(second, (log, i) => ({...log, logIndex: `0x${i.toString(16)}`}))],
    ['two logs with one number', changeLogs(first, (log) => ({...log, logIndex: receipts[first]?.logs[0]?.['logIndex']}))],
    ['a log that names another transaction', changeLogs(first, (log) => ({...log, transactionHash: hashAt(second)}))],
    ['a log that names the place of another transaction', changeLogs(first, (log) => ({...log, transactionIndex: '0xff'}))],
    ['a log of another height', changeLogs(first, (log) => ({...log, blockNumber: '0x1'}))],
    ['a log of another fork', changeLogs(first, (log) => ({...log, blockHash: `0x${'ab'.repeat(32)}`}))],
  ])('%s is untrue', async (_, answer) => {
    await expect(prove(header, answer)).rejects.toMatchObject({kind: 'dishonest'})
  })

  test('where the header lists its transactions, receipts under the hashes of others are untrue', async () => {
    await expect(prove(header, swapped)).rejects.toMatchObject({kind: 'dishonest'})
  })
})
