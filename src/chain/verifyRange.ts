import type {BlockRange} from './blockRange'
import {areAllLogs, fetchAllLogs, fetchContestedLogs, type Hashing} from './blockTruth'
import {identifyLog, type RawHeader, type RawLog} from './chainBlock'
import {fetchLogs} from './fetchLogs'
import type {LogFilter} from './logFilter'
import type {NodePool} from './nodePool'
import {uncommittedHash} from './receiptsRoot'
import {isRpcFailure, RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import {groupByBlock, holdsLogs, isSuspicious} from './verifyBloom'

/** How omissions are looked for: every doubtful block, a second node's answer beside the first, or a sample of the doubtful blocks. */
export type OmissionCheck = 'every block' | 'second node' | 'sample'

/** `fetchMs` and `verifyMs`: of all ranges together, which are read at the same time. */
export type VerifyStats = {
  blocks: number
  suspicious: number
  rechecked: number
  check: OmissionCheck
  fetchMs: number
  verifyMs: number
}

export const createVerifyStats = (): VerifyStats => ({
  blocks: 0,
  suspicious: 0,
  rechecked: 0,
  check: 'every block',
  fetchMs: 0,
  verifyMs: 0,
})

/** Blocks re-checked of those seen, at most; above it a cheaper comparison takes over. */
const BUDGET = 0.05
/** Always affordable within one range, whatever the share. */
const FREE_RECHECKS = 8

export type VerifyContext = Readonly<{pool: NodePool; hashing: Hashing; filter: LogFilter; node: RpcNode; stats: VerifyStats}>

/**
 * Looks for logs that `node` made up or left out of a range, by all its headers. @throws RpcFailure('dishonest') when it did;
 * RpcFailure('unavailable') when no node can settle a doubt.
 */
export async function verifyRange(
  context: VerifyContext,
  range: BlockRange,
  headers: readonly RawHeader[],
  logs: readonly RawLog[],
): Promise<void> {
  const {filter, hashing, stats} = context
  const byBlock = groupByBlock(logs)
  const logsOf = (header: RawHeader) => byBlock.get(header.number) ?? []
  const invented = headers.filter((header) => !holdsLogs(hashing.bloom, header, logsOf(header)))
  const doubtful = filter.isEmpty ? [] : headers.filter((header) => isSuspicious(hashing.bloom, filter, header, logsOf(header)))
  const last = headers.findLast((header) => byBlock.has(header.number))
  // An answer that was cut short ends in the middle of its last block, where the bloom has nothing to say.
  const always = [...invented, ...(last && !doubtful.includes(last) ? [last] : [])]
  const {chosen, contested} = await chooseRechecks(context, range, doubtful, logs)
  const isContested = ({number}: RawHeader) => contested.has(number)
  const others = [...always, ...chosen].filter((header) => !isContested(header))
  await recheck(context, headers.filter(isContested), logsOf, fetchContestedLogs)
  await recheck(
    context,
    others.filter((header) => !isProvedBy(hashing, header, logsOf(header))),
    logsOf,
    fetchAllLogs,
  )
  // What was refused says nothing of how full this chain's blooms are.
  stats.blocks += headers.length
  stats.suspicious += doubtful.length
}

/** Where the wanted logs are all there are, the header proves it without another call. */
const isProvedBy = (hashing: Hashing, header: RawHeader, served: readonly RawLog[]): boolean =>
  served.length > 0 && areAllLogs(hashing, header, served)

/** `contested`: numbers of blocks that two nodes tell differently, doubtful or not: a bloom that shows one wanted log hides others of its kind. */
type Rechecks = Readonly<{chosen: readonly RawHeader[]; contested: ReadonlySet<number>}>

async function chooseRechecks(
  context: VerifyContext,
  range: BlockRange,
  doubtful: readonly RawHeader[],
  logs: readonly RawLog[],
): Promise<Rechecks> {
  const {pool, node, filter, stats} = context
  const allowed = Math.max(FREE_RECHECKS, Math.ceil(BUDGET * (range.to - range.from + 1)))
  if (doubtful.length <= allowed && stats.suspicious <= Math.max(FREE_RECHECKS * 8, BUDGET * stats.blocks * 2)) {
    stats.check = 'every block'
    return {chosen: doubtful, contested: new Set()}
  }
  const second = pool.pick({finalizedAt: range.to, exclude: new Set([node.name])})
  const other =
    second &&
    (await fetchLogs(second, filter, range).catch((error: unknown) => (isRpcFailure(error) ? null : Promise.reject(error as Error))))
  if (other) {
    stats.check = 'second node'
    return {chosen: [], contested: differingBlocks(logs, other)}
  }
  stats.check = 'sample'
  const step = doubtful.length / allowed
  const chosen = Array.from({length: Math.min(allowed, doubtful.length)}, (_, i) => doubtful[Math.floor(i * step)] as RawHeader)
  return {chosen, contested: new Set()}
}

function differingBlocks(a: readonly RawLog[], b: readonly RawLog[]): ReadonlySet<number> {
  const counts = new Map<string, number>()
  for (const log of a) counts.set(identifyLog(log), log.blockNumber)
  const differing = new Set<number>()
  for (const log of b) if (!counts.delete(identifyLog(log))) differing.add(log.blockNumber)
  for (const number of counts.values()) differing.add(number)
  return differing
}

async function recheck(
  context: VerifyContext,
  headers: readonly RawHeader[],
  logsOf: (header: RawHeader) => readonly RawLog[],
  fetchTruth: typeof fetchAllLogs,
): Promise<void> {
  const {pool, hashing, filter, node, stats} = context
  const CONCURRENCY = 8
  for (let i = 0; i < headers.length; i += CONCURRENCY) {
    await Promise.all(
      headers.slice(i, i + CONCURRENCY).map(async (header) => {
        stats.rechecked += 1
        compareLogs(hashing, header, logsOf(header), (await fetchTruth(pool, hashing, header, node)).filter(filter.isWanted))
      }),
    )
  }
}

/**
 * Nodes of Polygon with and without the logs of state syncs are both honest, as no header says which there are: who has them is believed.
 * @throws RpcFailure('dishonest'), RpcFailure('behind') where only such logs are left out
 */
export function compareLogs(hashing: Hashing, header: RawHeader, served: readonly RawLog[], proved: readonly RawLog[]): void {
  const rest = new Map(proved.map((log) => [identifyLog(log), log]))
  const others = served.filter((log) => !rest.delete(identifyLog(log)))
  if (others.length === 0 && rest.size === 0) return
  const sync = uncommittedHash(hashing, header)
  const isCommitted = ({transactionHash}: RawLog) => transactionHash !== sync
  const [invented, missing] = [others.filter(isCommitted).length, [...rest.values()].filter(isCommitted).length]
  if (invented > 0 || missing > 0)
    throw new RpcFailure(
      'dishonest',
      `block ${header.number}: ${missing} of ${proved.length} logs left out${invented ? `, ${invented} that are not in it` : ''}`,
    )
  if (rest.size > 0) throw new RpcFailure('behind', `block ${header.number}: has not the ${rest.size} logs of its state sync`)
}
