import type {Address} from './hex'
import type {RecipientRole} from './rows'

/** What a recipient of money is, as a log or the operator (`roles` of indexer.yaml) says. */
export type Role = RecipientRole
export type Roles = Readonly<{get: (address: Address) => Role | undefined}>
export const NO_ROLES: Roles = {get: () => undefined}

export const ROLES = ['creator', 'modelOwner', 'computeProvider', 'marketplace', 'other'] as const satisfies readonly Role[]

/** The role that a word in a log names, however it is written (`model_owner`, `Model Owner`); any other word is another role. */
export function parseRole(word: string): Role {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '')
  return ROLES.find((role) => role.toLowerCase() === letters) ?? 'other'
}
