import type {Address} from '../domain/hex'
import type {EventMapping} from './eventMapping'

/** A factory's creation event is an own shape like any other: it means that a contract was created. */
export const creationMapping = ({
  addresses,
  event,
  child,
}: Readonly<{addresses: readonly Address[]; event: string; child: string}>): EventMapping => ({
  contracts: addresses,
  event,
  as: 'contract.created',
  fields: {contract: child},
})
