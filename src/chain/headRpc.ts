import {toQuantity} from './blockRange'
import type {RawLog} from './chainBlock'
import type {BlockId, HeadBlock} from './headBlock'
import type {HeadTracker} from './headTracker'
import type {HeadView} from './headView'
import type {NodePool} from './nodePool'
import {judgeNode} from './nodePool'
import {isRpcFailure} from './rpcFailure'

export type RpcAnswer = Readonly<{result: unknown}> | Readonly<{error: Readonly<{code: number; message: string; data?: unknown}>}>

export type HeadRpcOptions = Readonly<{
  chainId: number
  pool: NodePool
  view: HeadView
  tracker: HeadTracker
  /** Resolves with the first head. */
  ready: Promise<void>
  /** The head, when it was announced under this number because the last one announced was higher; once. */
  takeAlias: (number: number) => HeadBlock | null
}>

export type HeadRpc = (method: string, params: readonly unknown[], alone: boolean) => Promise<RpcAnswer>

/** Read-only methods that contract reads need; answered by any node that is well. */
const PASSED = new Set(
  'eth_call eth_getCode eth_getBalance eth_getStorageAt eth_getTransactionByHash eth_getTransactionReceipt eth_getBlockReceipts eth_gasPrice eth_feeHistory eth_getTransactionCount eth_getProof net_version web3_clientVersion'.split(
    ' ',
  ),
)
const PASS_ATTEMPTS = 6

/** The calls that evm-processor makes near the head, from one view that does not change between them. */
export function createHeadRpc({chainId, pool, view, tracker, ready, takeAlias}: HeadRpcOptions): HeadRpc {
  const parseNumber = (tag: unknown): number => {
    const head = view.head()?.number ?? 0
    if (tag === 'earliest') return 0
    return typeof tag === 'string' && /^0x[0-9a-f]+$/i.test(tag) ? Number(tag) : head
  }

  const blockByNumber = async (number: number, alone: boolean): Promise<HeadBlock | null> => {
    const head = view.head()
    if (head && number > head.number) return alone ? takeAlias(number) : null
    return view.at(number) ?? (await tracker.load([{number}]))[0] ?? null
  }

  const blockByHash = async (hash: string): Promise<HeadBlock | null> => view.byHash(hash) ?? (await tracker.load([{hash}]))[0] ?? null

  /** All forks at these heights: evm-processor picks by hash the logs of the blocks that it was given. */
  const logsBetween = async (from: number, to: number): Promise<readonly RawLog[]> => {
    const head = view.head()?.number ?? -1
    const missing: BlockId[] = []
    for (let number = from; number <= Math.min(to, head); number++) if (view.allAt(number).length === 0) missing.push({number})
    if (missing.length > 0) await tracker.load(missing)
    const logs: RawLog[] = []
    for (let number = from; number <= to; number++) for (const block of view.allAt(number)) logs.push(...block.logs)
    return logs
  }

  const getLogs = async (filter: Readonly<{blockHash?: string; fromBlock?: string; toBlock?: string}>) =>
    filter.blockHash
      ? ((await blockByHash(filter.blockHash.toLowerCase()))?.logs ?? [])
      : logsBetween(parseNumber(filter.fromBlock), parseNumber(filter.toBlock))

  const pass = async (method: string, params: readonly unknown[]): Promise<RpcAnswer> => {
    const avoid = new Set<string>()
    for (let attempt = 1; ; attempt++) {
      const node = await pool.acquire({avoid})
      try {
        const [reply] = await node.fetchReplies([{method, params}])
        if (reply?.ok) return {result: reply.result}
        // A revert is an answer; so is what every node says.
        if (reply?.error && (/revert|invalid opcode|out of gas/i.test(reply.error.message) || attempt >= PASS_ATTEMPTS)) {
          return {error: {code: reply.error.code ?? -32000, message: reply.error.message, data: reply.error.data}}
        }
      } catch (error) {
        if (!isRpcFailure(error)) throw error
        judgeNode(node, error)
      }
      avoid.add(node.name)
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt))
    }
  }

  return async (method, params, alone) => {
    await ready
    switch (method) {
      case 'eth_chainId':
        return {result: toQuantity(chainId)}
      case 'eth_blockNumber':
        return {result: toQuantity(view.head()?.number ?? 0)}
      case 'eth_getBlockByNumber':
        return {result: formatBlock(await blockByNumber(parseNumber(params[0]), alone), params[1] === true)}
      case 'eth_getBlockByHash':
        return {result: formatBlock(await blockByHash(String(params[0]).toLowerCase()), params[1] === true)}
      case 'eth_getLogs':
        return {result: (await getLogs((params[0] ?? {}) as Readonly<{blockHash?: string}>)).map(formatLog)}
      default:
        if (PASSED.has(method)) return pass(method, params)
        return {error: {code: -32601, message: `the method ${method} is not available here`}}
    }
  }
}

function formatBlock(block: HeadBlock | null, full: boolean): unknown {
  if (!block || full) return block?.json ?? null
  const transactions = block.json['transactions'] as readonly (string | Readonly<{hash: string}>)[]
  return {
    ...block.json,
    transactions: transactions.map((transaction) => (typeof transaction === 'string' ? transaction : transaction.hash)),
  }
}

const formatLog = ({blockNumber, logIndex, transactionIndex, ...log}: RawLog) => ({
  ...log,
  blockNumber: toQuantity(blockNumber),
  logIndex: toQuantity(logIndex),
  transactionIndex: toQuantity(transactionIndex),
  removed: false,
})
