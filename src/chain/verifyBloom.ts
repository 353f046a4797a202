import {type Bits, type Bloom, EMPTY_BLOOM} from './bloom'
import type {RawHeader, RawLog} from './chainBlock'
import type {LogFilter} from './logFilter'
import {RpcFailure} from './rpcFailure'

export const groupByBlock = (logs: readonly RawLog[]): ReadonlyMap<number, readonly RawLog[]> => {
  const groups = new Map<number, RawLog[]>()
  for (const log of logs) {
    const group = groups.get(log.blockNumber)
    if (group) group.push(log)
    else groups.set(log.blockNumber, [log])
  }
  return groups
}

/** Headers of neighbours must be parent and child. @throws RpcFailure('malformed'): two nodes behind one URL that disagree. */
export function checkLinks(headers: readonly RawHeader[]): void {
  for (let i = 1; i < headers.length; i++) {
    const [parent, child] = [headers[i - 1] as RawHeader, headers[i] as RawHeader]
    if (child.number === parent.number + 1 && child.parentHash !== parent.hash) {
      throw new RpcFailure('malformed', `block ${child.number} is no child of block ${parent.number}`)
    }
  }
}

/** Every log must belong to the header's block. @throws RpcFailure */
export function checkHashes(header: RawHeader, logs: readonly RawLog[]): void {
  for (const log of logs) {
    if (log.blockHash !== header.hash) throw new RpcFailure('malformed', `a log of block ${header.number} is from another fork`)
  }
}

/** Whether the header's bloom holds each log's address and first topic: a log that it does not hold was never in the block. */
export const holdsLogs = (bloom: Bloom, header: RawHeader, logs: readonly RawLog[]): boolean =>
  logs.every(
    ({address, topics}) => bloom.holds(header.logsBloom, address) && (topics[0] === undefined || bloom.holds(header.logsBloom, topics[0])),
  )

/**
 * Whether the header's bloom holds a wanted address and topic that the logs do not show: no log of that address, or none with that topic.
 * A bloom tells (address, topic) apart from its two halves only where one of them is missing, so logs left out beside others of the
 * same contract and event stay unseen but for a second node's answer.
 */
export function isSuspicious(bloom: Bloom, filter: LogFilter, header: RawHeader, logs: readonly RawLog[]): boolean {
  if (header.logsBloom === EMPTY_BLOOM) return false
  const addresses = new Set(logs.map(({address}) => address))
  const topic0s = new Set(logs.map(({topics}) => topics[0]))
  // Contracts of one request share its list of topics.
  let list: readonly string[] | null = null
  let held: readonly string[] = []
  const bits = addressBits(bloom, filter)
  return filter.bloomPairs.some(({address, topic0s: wanted}, i) => {
    if (bits[i] && !bloom.holdsBits(header.logsBloom, bits[i])) return false
    const unseen = address !== null && !addresses.has(address)
    if (wanted === null) return unseen
    if (wanted !== list) {
      list = wanted
      held = wanted.filter((topic) => bloom.holds(header.logsBloom, topic))
    }
    return unseen ? held.length > 0 : held.some((topic) => !topic0s.has(topic))
  })
}

const known = new WeakMap<LogFilter, readonly (Bits | null)[]>()

/** Thousands of contracts are looked for in every header. */
function addressBits(bloom: Bloom, filter: LogFilter): readonly (Bits | null)[] {
  let bits = known.get(filter)
  if (!bits) known.set(filter, (bits = filter.bloomPairs.map(({address}) => (address === null ? null : bloom.bitsOf(address)))))
  return bits
}
