import type {Projection} from '../domain/projection'
import {NO_ROLES, type Roles} from '../domain/role'
import {accounts} from './accounts/accounts'
import {attestations} from './attestations/attestations'
import {contracts} from './contracts/contracts'
import {factories} from './factories/factories'
import {generation} from './generation/generation'
import {licensing} from './licensing/licensing'
import {lineage} from './lineage/lineage'
import {links} from './links/links'
import {metadata} from './metadata/metadata'
import {oracles} from './oracles/oracles'
import {ownership} from './ownership/ownership'
import {createRoyalties} from './royalties/royalties'
import {createSales} from './sales/sales'
import {createSplits} from './splits/splits'
import {stakes} from './stakes/stakes'

/** Every area that is folded. Each sees the rows as they stand before an event, so their order means nothing. */
export const createProjections = (roles: Roles): readonly Projection[] => [
  factories,
  links,
  stakes,
  accounts,
  attestations,
  contracts,
  generation,
  licensing,
  lineage,
  metadata,
  oracles,
  ownership,
  createRoyalties(roles),
  createSales(roles),
  createSplits(roles),
]

/** Where the operator has said nothing of any address. */
export const PROJECTIONS = createProjections(NO_ROLES)
