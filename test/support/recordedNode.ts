import {readFileSync} from 'node:fs'
import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'

type Rpc = Readonly<Record<string, unknown>>
export type RecordedLog = Readonly<{address: string; topics: readonly string[]; data: string; logIndex: string; transactionHash: string}>
type Receipt = Readonly<{logs: readonly RecordedLog[]}> & Rpc
type Transaction = Readonly<{hash: string}> & Rpc
type Block = Readonly<{number: string; hash: string; timestamp: string; transactions: readonly Transaction[]}> & Rpc
export type RecordedBlock = Readonly<{chainId: number; block: Block; receipts: readonly Receipt[]}>

/** `name` as in test/fixtures/blocks: `ethereum/15600000`. */
export const readRecordedBlock = (name: string): RecordedBlock =>
  JSON.parse(gunzipSync(readFileSync(join(__dirname, '../fixtures/blocks', `${name}.json.gz`))).toString()) as RecordedBlock

const hex = (value: number) => `0x${value.toString(16)}`

/** What lies far above the recording, so that the recording is final by any rule: empty blocks that no test reads. */
const emptyBlock = (number: number, timestamp: string): Block => ({
  number: hex(number),
  hash: `0x${number.toString(16).padStart(64, 'e')}`,
  parentHash: `0x${(number - 1).toString(16).padStart(64, 'e')}`,
  timestamp,
  logsBloom: `0x${'0'.repeat(512)}`,
  transactions: [],
})

const HEAD_DISTANCE = 2_000

function answer(blocks: readonly RecordedBlock[], method: string, params: readonly unknown[]): unknown {
  const numberOf = ({block}: RecordedBlock) => Number(block.number)
  const last = blocks[blocks.length - 1] as RecordedBlock
  const head = numberOf(last) + HEAD_DISTANCE
  const height = (tag: unknown) => (tag === 'latest' || tag === 'finalized' || tag === 'safe' ? head : Number(tag))
  const at = (number: number) => blocks.find((b) => numberOf(b) === number)
  const byHash = (hash: unknown) => blocks.find((b) => b.block.hash === hash)
  const view = (recorded: RecordedBlock | undefined, number: number, full: unknown) => {
    if (!recorded) return number <= head ? emptyBlock(number, last.block.timestamp) : null
    return full ? recorded.block : {...recorded.block, transactions: recorded.block.transactions.map((t) => t.hash)}
  }
  switch (method) {
    case 'eth_chainId':
      return hex(last.chainId)
    case 'eth_blockNumber':
      return hex(head)
    case 'eth_getBlockByNumber':
      return view(at(height(params[0])), height(params[0]), params[1])
    case 'eth_getBlockByHash':
      return view(byHash(params[0]), Infinity, params[1])
    case 'eth_getBlockReceipts':
      return (at(height(params[0])) ?? byHash(params[0]))?.receipts ?? []
    case 'eth_getTransactionByHash':
      return blocks.flatMap((b) => b.block.transactions).find((t) => t.hash === params[0]) ?? null
    case 'eth_getTransactionReceipt':
      return blocks.flatMap((b) => b.receipts).find((r) => r['transactionHash'] === params[0]) ?? null
    case 'eth_getLogs':
      return logs(blocks, params[0] as LogFilter, height)
    default:
      throw new Error(`method not recorded: ${method}`)
  }
}

type LogFilter = Readonly<{
  fromBlock?: string
  toBlock?: string
  blockHash?: string
  address?: string | string[]
  topics?: (string | string[] | null)[]
}>

function logs(blocks: readonly RecordedBlock[], filter: LogFilter, height: (tag: unknown) => number): readonly RecordedLog[] {
  const wanted = (allowed: string | string[] | null | undefined, value: string | undefined) =>
    allowed == null || (value !== undefined && (Array.isArray(allowed) ? allowed : [allowed]).some((a) => a.toLowerCase() === value))
  return blocks
    .filter(({block}) =>
      filter.blockHash
        ? block.hash === filter.blockHash
        : Number(block.number) >= height(filter.fromBlock) && Number(block.number) <= height(filter.toBlock),
    )
    .flatMap((b) => b.receipts.flatMap((r) => r.logs))
    .filter((log) => wanted(filter.address, log.address) && (filter.topics ?? []).every((t, i) => t === null || wanted(t, log.topics[i])))
}

/** A JSON-RPC node that knows the recorded blocks and nothing else. */
export async function startRecordedNode(blocks: readonly RecordedBlock[]) {
  const one = ({id, method, params}: {id: number; method: string; params: unknown[]}) => {
    try {
      return {jsonrpc: '2.0', id, result: answer(blocks, method, params)}
    } catch (error) {
      return {jsonrpc: '2.0', id, error: {code: -32601, message: (error as Error).message}}
    }
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString())
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(Array.isArray(body) ? body.map(one) : one(body)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}
