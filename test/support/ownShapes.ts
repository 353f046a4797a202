import {buildConfiguredLayout, buildConfiguredStandard} from '../../src/configured/configuredStandard'
import {creationMapping} from '../../src/configured/creationMapping'
import type {Address} from '../../src/domain/hex'

/** What an operator's own shapes alone fill, as it stands in indexer.yaml: stakes, and what a factory made. */
export const STAKED = 'Staked(address indexed collection, uint256 indexed tokenId, uint256 amount)'
export const CREATED = 'CollectionCreated(address indexed collection)'

const stake = {event: STAKED, as: 'stake.allocated', fields: {collection: 'collection', tokenId: 'tokenId', amount: 'amount'}} as const
const creation = {event: CREATED, child: 'collection'}

/** `events` and `factories` of the file, both emitted by one contract. */
export const ownEvents = (contract: string) => [{contract, ...stake}]
export const ownFactories = (address: string) => [{address, ...creation}]

/** The same as the router takes them. */
export const ownStandard = (contract: string) =>
  buildConfiguredStandard(
    [{contracts: [contract as Address], ...stake}, creationMapping({addresses: [contract as Address], ...creation})].map((mapping) => {
      const result = buildConfiguredLayout(mapping)
      if (!result.ok) throw new Error(JSON.stringify(result.problems))
      return result.layout
    }),
  )
