import {type Bloom, createBloom} from './bloom'
import type {RawHeader, RawLog} from './chainBlock'
import type {Keccak} from './keccak'
import type {NodePool} from './nodePool'
import {committedReceipts, HAS_STATE_SYNC, type RootHashing, uncommittedHash} from './receiptsRoot'
import {isRpcFailure, RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import {askLogs, askReceipts} from './rpcQuestions'
import {parseLogs, parseReceipts, type RawReceipt} from './rpcShapes'

export type Hashing = RootHashing & Readonly<{bloom: Bloom}>

export const createHashing = (keccak: Keccak, chainId: number): Hashing => ({
  keccak,
  bloom: createBloom(keccak),
  hasStateSync: HAS_STATE_SYNC.has(chainId),
})

/** Whether these are all logs of the block: their bloom is the header's. Polygon's state sync is in neither. */
export function areAllLogs(hashing: Hashing, header: RawHeader, logs: readonly RawLog[]): boolean {
  const {bloom} = hashing
  if (bloom.ofLogs(logs) === header.logsBloom) return true
  const sync = uncommittedHash(hashing, header)
  const others = logs.filter(({transactionHash}) => transactionHash !== sync)
  return others.length < logs.length && bloom.ofLogs(others) === header.logsBloom
}

/**
 * Receipts of a block as one node has them, proved by the header's receiptsRoot, and their places in the block by their order in it. Hashes
 * of transactions are in no receipt that is hashed: they are held against the header's list, where it has one. @throws RpcFailure
 */
export async function fetchProvedReceipts(
  node: RpcNode,
  hashing: Hashing,
  headers: readonly RawHeader[],
): Promise<readonly (readonly RawReceipt[])[]> {
  const all = await node.fetchResults(
    headers.map(({number}) => askReceipts(number)),
    parseReceipts,
  )
  all.forEach((receipts, i) => {
    const header = headers[i] as RawHeader
    if (receipts.some(({blockHash}) => blockHash !== header.hash))
      throw new RpcFailure('malformed', `receipts of another block ${header.number}`)
    const committed = committedReceipts(header, receipts, hashing)
    if (!committed) throw new RpcFailure('dishonest', `receipts of block ${header.number} do not give its receiptsRoot`)
    checkTransactions(header, committed)
    checkPlaces(header, receipts)
  })
  return all
}

/** @throws RpcFailure('dishonest') when a receipt is said to be of another transaction than the one at its place. */
function checkTransactions({number, transactionHashes}: RawHeader, receipts: readonly RawReceipt[]): void {
  receipts.forEach(({transaction: {transactionIndex, hash}}, i) => {
    if (transactionIndex === i && (transactionHashes?.[i] ?? hash) === hash) return
    throw new RpcFailure('dishonest', `the receipt of transaction ${i} of block ${number} is said to be of another`)
  })
}

/** @throws RpcFailure('dishonest') when logs are not where their receipts are, or two of them at one place. */
function checkPlaces({number, hash}: RawHeader, receipts: readonly RawReceipt[]): void {
  let before = -1
  for (const {transaction, logs} of receipts) {
    for (const log of logs) {
      const isOfBlock = log.blockNumber === number && log.blockHash === hash
      const isOfReceipt = log.transactionIndex === transaction.transactionIndex && log.transactionHash === transaction.hash
      if (!isOfBlock || !isOfReceipt || log.logIndex <= before)
        throw new RpcFailure('dishonest', `a log in the receipts of block ${number} is said to be at another place`)
      before = log.logIndex
    }
  }
}

/**
 * All logs of a block that nodes tell differently, proved by its receiptsRoot; where no node's receipts give that, as fetchAllLogs.
 * @throws RpcFailure('unavailable')
 */
export async function fetchContestedLogs(
  pool: NodePool,
  hashing: Hashing,
  header: RawHeader,
  suspect: RpcNode,
): Promise<readonly RawLog[]> {
  const proved = await askInTurn(pool, suspect, async (node) => (await fetchProvedReceipts(node, hashing, [header]))[0] ?? null)
  return proved?.flatMap(({logs}) => logs) ?? fetchAllLogs(pool, hashing, header, suspect)
}

/** All logs of a block: their bloom is the header's. @throws RpcFailure('unavailable') when no node gives an answer that the header bears out */
export async function fetchAllLogs(pool: NodePool, hashing: Hashing, header: RawHeader, suspect: RpcNode): Promise<readonly RawLog[]> {
  const bornOut = await askInTurn(pool, suspect, async (node) => {
    for (const fetch of [fetchByReceipts, fetchByHash]) {
      const logs = await fetch(node, header).catch(nullOnFailure)
      if (logs?.every(({blockHash}) => blockHash === header.hash) && areAllLogs(hashing, header, logs)) return logs
    }
    return null
  })
  if (!bornOut) throw new RpcFailure('unavailable', `no node proves the logs of block ${header.number}`)
  return bornOut
}

/** The first answer that passes. Other nodes than `suspect` are asked first, but its own proves as much. */
async function askInTurn<T>(pool: NodePool, suspect: RpcNode, ask: (node: RpcNode) => Promise<T | null>): Promise<T | null> {
  const tried = new Set<string>()
  for (;;) {
    const node = pool.pick({exclude: tried, avoid: new Set([suspect.name])})
    if (!node) return null
    tried.add(node.name)
    const answer = await ask(node).catch(nullOnFailure)
    if (answer) return answer
  }
}

const nullOnFailure = (error: unknown): null => {
  if (isRpcFailure(error)) return null
  throw error
}

async function fetchByReceipts(node: RpcNode, {number}: RawHeader): Promise<readonly RawLog[] | null> {
  const [receipts] = await node.fetchResults([askReceipts(number)], parseReceipts)
  return receipts?.flatMap(({logs}) => logs) ?? null
}

async function fetchByHash(node: RpcNode, {hash}: RawHeader): Promise<readonly RawLog[] | null> {
  const [logs] = await node.fetchResults([askLogs({blockHash: hash})], parseLogs)
  return logs ?? null
}
