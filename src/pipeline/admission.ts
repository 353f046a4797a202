import type {ChainId} from '../domain/caip'
import type {Address} from '../domain/hex'
import {collectionId} from '../domain/ids'
import type {RowKey} from '../domain/projection'
import type {FactoryContractRow} from '../domain/rows'
import type {DecodedLogs} from './decodeLogs'
import type {LoadedRows} from './store'

/** Whose logs count where factories are configured: the contracts that are listed, and those that the factories made. */
export type Listed = Readonly<{chainId: ChainId; addresses: ReadonlySet<Address>}>

/** The rows that tell whether these emitters are contracts of a factory. */
export function emittersAsked({events, failures}: DecodedLogs, {chainId, addresses}: Listed): readonly RowKey[] {
  const unlisted = new Set<string>()
  for (const {emitter} of events) if (!addresses.has(emitter)) unlisted.add(emitter)
  for (const {address} of failures) if (!addresses.has(address as Address)) unlisted.add(address)
  return [...unlisted].map((address) => ({table: 'FactoryContract', id: collectionId(chainId, address as Address)}))
}

/**
 * Leaves out what other contracts logged. A contract counts from the block of its creation on, also in what it logged in that block before its
 * factory told of it: whole blocks are given, so that a creation of the same block is among the events. `known`: the rows before them.
 */
export function admit({events, failures}: DecodedLogs, listed: Listed, known: LoadedRows): DecodedLogs {
  const {chainId, addresses} = listed
  const createdIn = new Map<string, number>()
  for (const event of events) {
    if (event.type !== 'contract.created' || !addresses.has(event.emitter)) continue
    if (!createdIn.has(event.contract)) createdIn.set(event.contract, event.ref.blockNumber)
  }
  const rows: ReadonlyMap<string, FactoryContractRow> = known.FactoryContract ?? new Map()
  const counts = (address: string, block: number): boolean => {
    if (addresses.has(address as Address)) return true
    const since = rows.get(collectionId(chainId, address as Address))?.createdIn ?? createdIn.get(address)
    return since !== undefined && since <= block
  }
  return {
    events: events.filter(({emitter, ref}) => counts(emitter, ref.blockNumber)),
    failures: failures.filter(({address, blockNumber}) => counts(address, blockNumber)),
  }
}
