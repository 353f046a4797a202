import type {DomainEvent} from '../domain/event'
import type {Address} from '../domain/hex'
import type {Log} from '../domain/log'
import {decodeLogs} from './decodeLogs'
import type {Router} from './router'
import type {CreatedContracts} from './store'

/** Whose logs count where factories are configured: the contracts that are listed, and those that the factories made. */
export type Listed = Readonly<{
  addresses: ReadonlySet<Address>
  /** The topic0 of logs that tell of a creation. */
  creations: ReadonlySet<string>
}>

/** Null: every log that is asked for counts. */
type Admission = Readonly<{router: Router; trusted: ReadonlySet<Address>; listed: Listed | null}>

/**
 * Leaves out what other contracts logged, before anything is asked about it or read of it: a stranger's log costs a look at its address (INV-8).
 * A contract counts from the block of its creation on, also in what it logged in that block before its factory told of it: whole blocks are
 * given, in chain order, and what they create is added to `created` first. Given the same blocks again it answers the same.
 */
export function admit(logs: readonly Log[], {router, trusted, listed}: Admission, created: CreatedContracts): readonly Log[] {
  if (!listed) return logs
  const {addresses, creations} = listed
  const telling = logs.filter(({address, topics}) => addresses.has(address) && creations.has(topics[0] ?? ''))
  for (const event of decodeLogs(telling, router, trusted).events)
    if (event.type === 'contract.created') created.add(event.contract, event.ref.blockNumber)
  return logs.filter(({address, blockNumber}) => {
    if (addresses.has(address)) return true
    const since = created.since(address)
    return since !== undefined && since <= blockNumber
  })
}

/** Only contracts that are listed create others. */
export const dropForeignCreations = (events: readonly DomainEvent[], listed: Listed | null): readonly DomainEvent[] =>
  listed ? events.filter(({type, emitter}) => type !== 'contract.created' || listed.addresses.has(emitter)) : events
