import type {Address} from './hex'

/** What the operator says that an address is (`roles` of indexer.yaml). */
export type Role = 'creator' | 'modelOwner' | 'computeProvider' | 'marketplace'
export type Roles = Readonly<{get: (address: Address) => Role | undefined}>
export const NO_ROLES: Roles = {get: () => undefined}
