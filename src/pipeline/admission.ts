import type {ChainId} from '../domain/caip'
import type {Address} from '../domain/hex'
import type {DecodedLogs} from './decodeLogs'
import type {CreatedContracts} from './store'

/** Whose logs count where factories are configured: the contracts that are listed, and those that the factories made. */
export type Listed = Readonly<{chainId: ChainId; addresses: ReadonlySet<Address>}>

/**
 * Leaves out what other contracts logged. A contract counts from the block of its creation on, also in what it logged in that block before its
 * factory told of it: whole blocks are given, in chain order, and what they create is added to `created` first. Only contracts that are listed
 * create others. Given the same blocks again it answers the same.
 */
export function admit({events, failures}: DecodedLogs, {addresses}: Listed, created: CreatedContracts): DecodedLogs {
  for (const event of events)
    if (event.type === 'contract.created' && addresses.has(event.emitter)) created.add(event.contract, event.ref.blockNumber)
  const counts = (address: Address, block: number): boolean => {
    if (addresses.has(address)) return true
    const since = created.since(address)
    return since !== undefined && since <= block
  }
  return {
    events: events.filter(({type, emitter, ref}) =>
      type === 'contract.created' ? addresses.has(emitter) : counts(emitter, ref.blockNumber),
    ),
    failures: failures.filter(({address, blockNumber}) => counts(address as Address, blockNumber)),
  }
}
