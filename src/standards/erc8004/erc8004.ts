import {events} from '../../abi/erc8004'
import {buildLayout} from '../../domain/abiEvent'
import type {MetadataChanged} from '../../domain/event'
import type {Address} from '../../domain/hex'
import type {Standard} from '../../domain/standard'
import {validationResponse} from './validation'

const changed = (collection: Address, tokenId: bigint, uri: string): MetadataChanged => ({
  type: 'metadata.changed',
  collection,
  scope: {kind: 'token', tokenId},
  uri: uri || null,
})

/**
 * The registries of identities and of validations. An agent is an ERC-721 token of it, so its mint is told by Transfer and not here. An agent may be registered without
 * a URI. MetadataSet sets one key on chain; ERC-8048 has the same log for any token.
 */
export const erc8004: Standard = {
  name: 'erc8004',
  title: 'ERC-8004 Trustless Agents: identity and validation',
  source: 'https://eips.ethereum.org/EIPS/eip-8004',
  layouts: [
    buildLayout(events.Registered, ({agentId, agentURI}, {address}) => [changed(address, agentId, agentURI)]),
    buildLayout(events.URIUpdated, ({agentId, newURI}, {address}) => [changed(address, agentId, newURI)]),
    validationResponse,
    buildLayout(events.MetadataSet, ({agentId}, {address}) => [changed(address, agentId, '')]),
  ],
}
