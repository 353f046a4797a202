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

const BLOCK = join(__dirname, '../../test/fixtures/blocks/ethereum/17510000.json.gz')
type Log = Readonly<Record<string, unknown>>
type Receipt = Readonly<{transactionHash: string; logs: readonly Log[]}> & Readonly<Record<string, unknown>>

const recorded = JSON.parse(gunzipSync(readFileSync(BLOCK)).toString()) as {block: unknown; receipts: readonly Receipt[]}
const {receipts} = recorded
const withLogs = receipts.flatMap(({logs}, i) => (logs.length > 1 ? [i] : []))
const [first, second] = withLogs as [number, number]

let hashing: Hashing
let header: RawHeader
beforeAll(async () => {
  const keccak = await loadKeccak()
  hashing = {keccak, bloom: createBloom(keccak)}
  header = parseHeader(recorded.block, undefined, true)
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
  test('the receipts as they are pass', async () => {
    expect((await prove(header, receipts))[0]).toHaveLength(receipts.length)
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
