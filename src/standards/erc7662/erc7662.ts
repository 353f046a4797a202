import {events} from '../../abi/erc7662'
import {events as reference} from '../../abi/erc7662-reference'
import {buildLayout} from '../../domain/abiEvent'
import type {MetadataChanged} from '../../domain/event'
import type {Address} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

const changed = (collection: Address, tokenId: bigint): readonly MetadataChanged[] => [
  {type: 'metadata.changed', collection, scope: {kind: 'token', tokenId}, uri: null},
]

/** The agent's prompts and model are part of its token's metadata. The contract of the standard's assets adds a category to AgentCreated. */
export const erc7662: Standard = {
  name: 'erc7662',
  title: 'ERC-7662 AI Agent NFTs',
  source: 'https://eips.ethereum.org/EIPS/eip-7662',
  layouts: [
    buildLayout(events.AgentUpdated, ({tokenId}, {address}) => changed(address, tokenId)),
    buildLayout(events.AgentCreated, ({tokenId}, {address}) => changed(address, tokenId)),
    buildLayout(reference.AgentCreated, ({tokenId}, {address}) => changed(address, tokenId)),
  ],
}
