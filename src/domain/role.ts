/** What the operator says that an address is (`roles` of indexer.yaml). */
export type Role = 'creator' | 'modelOwner' | 'computeProvider' | 'marketplace'
export type Roles = ReadonlyMap<string, Role>
export const NO_ROLES: Roles = new Map()
