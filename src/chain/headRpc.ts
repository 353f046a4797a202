import {toQuantity} from './blockRange'
import type {RawLog} from './chainBlock'
import type {BlockId, HeadBlock} from './headBlock'
import type {HeadTracker} from './headTracker'
import type {HeadView} from './headView'
import {judgeNode, type NodePool} from './nodePool'
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

function parseNumber(view: HeadView, tag: unknown): number {
  if (tag === 'earliest') return 0
  return typeof tag === 'string' && /^0x[0-9a-f]+$/i.test(tag) ? Number(tag) : (view.head()?.number ?? 0)
}

async function getBlockByNumber({view, tracker, takeAlias}: HeadRpcOptions, number: number, alone: boolean): Promise<HeadBlock | null> {
  const head = view.head()
  if (head && number > head.number) return alone ? takeAlias(number) : null
  return view.at(number) ?? (await tracker.load([{number}]))[0] ?? null
}

const getBlockByHash = async ({view, tracker}: HeadRpcOptions, hash: string): Promise<HeadBlock | null> =>
  view.byHash(hash) ?? (await tracker.load([{hash}]))[0] ?? null

/** Of all forks at these heights: evm-processor picks by hash the logs of the blocks that it was given. */
async function getLogsBetween({view, tracker}: HeadRpcOptions, from: number, to: number): Promise<readonly RawLog[]> {
  const end = Math.min(to, view.head()?.number ?? -1)
  const missing: BlockId[] = []
  for (let number = from; number <= end; number++) if (view.allAt(number).length === 0) missing.push({number})
  if (missing.length > 0) await tracker.load(missing)
  const logs: RawLog[] = []
  for (let number = from; number <= to; number++) for (const block of view.allAt(number)) logs.push(...block.logs)
  return logs
}

type Filter = Readonly<{blockHash?: string; fromBlock?: string; toBlock?: string}>

async function getLogs(options: HeadRpcOptions, {blockHash, fromBlock, toBlock}: Filter): Promise<readonly RawLog[]> {
  if (blockHash) return (await getBlockByHash(options, blockHash.toLowerCase()))?.logs ?? []
  return getLogsBetween(options, parseNumber(options.view, fromBlock), parseNumber(options.view, toBlock))
}

async function passOn({pool}: HeadRpcOptions, method: string, params: readonly unknown[]): Promise<RpcAnswer> {
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

/** The calls that evm-processor makes near the head, from one view that does not change between them. */
export const createHeadRpc =
  (options: HeadRpcOptions): HeadRpc =>
  async (method, params, alone) => {
    const {view, ready, chainId} = options
    await ready
    switch (method) {
      case 'eth_chainId':
        return {result: toQuantity(chainId)}
      case 'eth_blockNumber':
        return {result: toQuantity(view.head()?.number ?? 0)}
      case 'eth_getBlockByNumber':
        return {result: formatBlock(await getBlockByNumber(options, parseNumber(view, params[0]), alone), params[1] === true)}
      case 'eth_getBlockByHash':
        return {result: formatBlock(await getBlockByHash(options, String(params[0]).toLowerCase()), params[1] === true)}
      case 'eth_getLogs':
        return {result: (await getLogs(options, (params[0] ?? {}) as Filter)).map(formatLog)}
      default:
        if (PASSED.has(method)) return passOn(options, method, params)
        return {error: {code: -32601, message: `the method ${method} is not available here`}}
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
