import {createServer, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import type {RpcLog, SyntheticBlock, SyntheticChain} from './syntheticChain'

/** What a node may do wrong. `times`: how often, default always; `methods`: of which calls, default any. */
export type NodeFault = Readonly<{times?: number; methods?: readonly string[]}> &
  (
    | Readonly<{kind: 'status'; status: number; retryAfter?: string}>
    | Readonly<{kind: 'error'; code: number; message: string}>
    | Readonly<{kind: 'truncate' | 'hang' | 'html' | 'wrong-id' | 'empty' | 'refuse' | 'no-batch'}>
    | Readonly<{kind: 'missing-logs'; mode: 'all' | 'tail' | 'half' | 'one'}>
    | Readonly<{kind: 'invented-log'}>
    | Readonly<{kind: 'slow'; ms: number}>
    | Readonly<{kind: 'null-blocks' | 'number-only'}>
    /** As its final block, whatever there is. */
    | Readonly<{kind: 'final-nonsense'; number: number}>
    /** Of blocks deeper than that. */
    | Readonly<{kind: 'no-state'; keeps: number}>
    | Readonly<{
        kind: 'range-limit'
        maxBlocks: number
        words: (from: number, to: number, max: number) => Readonly<{code: number; message: string}>
      }>
    /** For logs of more blocks: of a proxy, before a node that does not come to an end. */
    | Readonly<{kind: 'range-status'; maxBlocks: number; status: number}>
    | Readonly<{kind: 'result-limit'; maxLogs: number; words: (from: number, to: number) => Readonly<{code: number; message: string}>}>
  )

export type RpcServerOptions = Readonly<{
  chain: SyntheticChain
  chainId?: number
  finality?: number
  hasFinalizedTag?: boolean
  lag?: () => number
  /** What contracts answer: bytes, or null to revert. */
  call?: (call: Readonly<{to: string; data: string}>, block: SyntheticBlock) => string | null
}>
export type RpcServer = Awaited<ReturnType<typeof startRpcServer>>

type Call = Readonly<{id: number; method: string; params: readonly unknown[]}>
type Filter = Readonly<{
  fromBlock?: string
  toBlock?: string
  blockHash?: string
  address?: string | string[]
  topics?: (string | string[] | null)[]
}>

const hex = (value: number): string => `0x${value.toString(16)}`

class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }
}

/** A JSON-RPC node over a synthetic chain, with faults on request. */
export async function startRpcServer({
  chain,
  chainId = 1337,
  finality = 8,
  hasFinalizedTag = true,
  lag = () => 0,
  call = () => null,
}: RpcServerOptions) {
  let faults: {fault: NodeFault; left: number}[] = []
  const calls: Record<string, number> = {}
  let faulted = 0
  const head = () => Math.max(0, chain.head() - lag())

  const strike = (kind: NodeFault['kind'], method: string) => {
    const hit = faults.find(({fault, left}) => fault.kind === kind && left > 0 && (!fault.methods || fault.methods.includes(method)))
    if (!hit) return null
    hit.left -= 1
    faulted += 1
    return hit.fault
  }

  const heightOf = (tag: unknown): number => {
    if (tag === 'latest') return head()
    if (tag !== 'finalized') return Number(tag)
    if (!hasFinalizedTag) throw new Refusal(-32602, 'invalid argument 0: unknown tag finalized')
    return Math.max(0, head() - finality)
  }

  const answer = ({method, params}: Call): unknown => {
    const name = (params[0] as Filter | undefined)?.blockHash ? `${method} by hash` : method
    calls[name] = (calls[name] ?? 0) + 1
    const error = strike('error', method)
    if (error?.kind === 'error') throw new Refusal(error.code, error.message)
    const at = (number: number) => (number <= head() ? chain.blocks[number] : undefined)
    const view = (block: ReturnType<typeof at>, full: unknown) =>
      block && {...block.header, transactions: full ? block.transactions : block.transactions.map((t) => t.hash)}
    const misnumbered = (tag: unknown) => {
      const fault = tag === 'finalized' && strike('final-nonsense', method)
      return fault && fault.kind === 'final-nonsense' ? {...view(at(head()), false), number: hex(fault.number)} : undefined
    }
    const byHash = (hash: unknown) => chain.blocks.find((block) => block.hash === hash && block.number <= head())
    switch (method) {
      case 'eth_chainId':
        return hex(chainId)
      case 'eth_blockNumber':
        return hex(head())
      case 'eth_getBlockByNumber':
        return strike('null-blocks', method) ? null : (misnumbered(params[0]) ?? view(at(heightOf(params[0])), params[1]) ?? null)
      case 'eth_getBlockByHash':
        return view(byHash(params[0]), params[1]) ?? null
      case 'eth_getBlockReceipts':
        return at(Number(params[0]))?.receipts ?? null
      case 'eth_getTransactionByHash':
        return chain.blocks.flatMap((block) => block.transactions).find((transaction) => transaction.hash === params[0]) ?? null
      case 'eth_call':
        return callContract(params[0] as {to: string; data: string}, params[1])
      case 'eth_getLogs':
        return getLogs(params[0] as Filter)
      default:
        throw new Refusal(-32601, `the method ${method} does not exist/is not available`)
    }
  }

  const callContract = (asked: Readonly<{to: string; data: string}>, at: unknown): string => {
    const byNumber = typeof at === 'string'
    if (!byNumber && strike('number-only', 'eth_call')) throw new Refusal(-32602, 'invalid argument 1: expected a block tag')
    const block = byNumber ? chain.blocks[heightOf(at)] : chain.blocks.find(({hash}) => hash === (at as {blockHash: string}).blockHash)
    if (!block || block.number > head()) throw new Refusal(-32000, 'header not found')
    const pruned = faults.find(({fault}) => fault.kind === 'no-state')?.fault
    if (pruned?.kind === 'no-state' && block.number < head() - pruned.keeps) throw new Refusal(-32000, 'missing trie node 0xab (path )')
    const result = call(asked, block)
    if (result === null) throw new Refusal(3, 'execution reverted')
    return result
  }

  const getLogs = (filter: Filter): readonly RpcLog[] => {
    const [from, to] = filter.blockHash ? [0, head()] : [heightOf(filter.fromBlock), Math.min(head(), heightOf(filter.toBlock))]
    if (filter.blockHash && !chain.blocks.some(({hash}) => hash === filter.blockHash)) throw new Refusal(-32000, 'unknown block')
    const range = faults.find(({fault}) => fault.kind === 'range-limit')?.fault
    if (range?.kind === 'range-limit' && to - from + 1 > range.maxBlocks && !filter.blockHash) {
      faulted += 1
      const {code, message} = range.words(from, to, range.maxBlocks)
      throw new Refusal(code, message)
    }
    const logs = chain.blocks
      .slice(from, to + 1)
      .filter(({hash}) => !filter.blockHash || hash === filter.blockHash)
      .flatMap((block) => block.logs)
      .filter((log) => matches(filter, log))
    const results = faults.find(({fault}) => fault.kind === 'result-limit')?.fault
    if (results?.kind === 'result-limit' && logs.length > results.maxLogs) {
      faulted += 1
      const {code, message} = results.words(from, to)
      throw new Refusal(code, message)
    }
    return spoil(logs)
  }

  const spoil = (logs: readonly RpcLog[]): readonly RpcLog[] => {
    const missing = logs.length > 0 ? strike('missing-logs', 'eth_getLogs') : null
    if (missing?.kind === 'missing-logs') {
      if (missing.mode === 'all') return []
      if (missing.mode === 'tail') return logs.slice(0, -1)
      if (missing.mode === 'half') return logs.slice(0, logs.length >> 1)
      return logs.toSpliced(logs.length >> 1, 1)
    }
    const [first] = logs
    if (first && strike('invented-log', 'eth_getLogs'))
      return [...logs, {...first, logIndex: '0xfff', topics: first.topics.with(0, `0x${'ab'.repeat(32)}`)}]
    return logs
  }

  const one = (call: Call) => {
    try {
      return {jsonrpc: '2.0', id: strike('wrong-id', call.method) ? call.id + 1_000_000 : call.id, result: answer(call)}
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return {jsonrpc: '2.0', id: call.id, error: {code: error.code, message: error.message}}
    }
  }

  const respond = (response: ServerResponse, body: string) => {
    const call = JSON.parse(body) as Call | readonly Call[]
    const batch = Array.isArray(call) ? (call as readonly Call[]) : null
    const method = (batch?.[0] ?? (call as Call)).method
    if (strike('hang', method)) return
    if (strike('refuse', method)) return void response.socket?.destroy()
    const status = strike('status', method)
    if (status?.kind === 'status')
      return void response.writeHead(status.status, status.retryAfter ? {'retry-after': status.retryAfter} : {}).end('{"error":"no"}')
    const wide = faults.find(({fault}) => fault.kind === 'range-status')?.fault
    if (wide?.kind === 'range-status' && !batch && spanOf(call as Call) > wide.maxBlocks) {
      faulted += 1
      return void response.writeHead(wide.status, {'content-type': 'text/html'}).end('<html><h1>Gateway Time-out</h1></html>')
    }
    if (strike('html', method)) return void response.end('<html><body>Bad gateway</body></html>')
    if (batch && strike('no-batch', method))
      return void response.end(
        JSON.stringify({jsonrpc: '2.0', id: null, error: {code: -32600, message: 'batch requests are not supported: batch too large'}}),
      )
    const text = JSON.stringify(batch ? batch.map(one) : one(call as Call))
    if (strike('empty', method)) return void response.end('')
    response.end(strike('truncate', method) ? text.slice(0, text.length >> 1) : text)
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.setHeader('content-type', 'application/json')
      const slow = strike('slow', '')
      setTimeout(() => respond(response, Buffer.concat(chunks).toString()), slow?.kind === 'slow' ? slow.ms : 0)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3/0123456789abcdef-secret`,
    calls,
    /** How often a fault struck: one that nobody met tests nothing. */
    faulted: () => faulted,
    fault: (...list: readonly NodeFault[]) => {
      faults = list.map((fault) => ({fault, left: fault.times ?? Number.POSITIVE_INFINITY}))
    },
    stop: () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}

const spanOf = ({method, params: [filter]}: Call): number =>
  method === 'eth_getLogs' ? Number((filter as Filter).toBlock) - Number((filter as Filter).fromBlock) + 1 : 0

function matches(filter: Filter, log: RpcLog): boolean {
  const holds = (allowed: string | readonly string[] | null | undefined, value: string | undefined) =>
    allowed == null || (value !== undefined && [allowed].flat().includes(value))
  return (
    holds(filter.address, log.address) &&
    (filter.topics ?? []).length <= log.topics.length &&
    (filter.topics ?? []).every((topic, i) => holds(topic, log.topics[i]))
  )
}
