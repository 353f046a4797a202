import {events} from '../../abi/erc8048'
import {buildLayout} from '../../domain/abiEvent'
import type {Standard} from '../../domain/standard'

/** The same log as ERC-8004's, so a contract that is read by all standards is answered by that folder; both mean the same. */
export const erc8048: Standard = {
  name: 'erc8048',
  title: 'ERC-8048 Onchain Metadata for Token Registries',
  source: 'https://eips.ethereum.org/EIPS/eip-8048',
  layouts: [
    buildLayout(events.MetadataSet, ({tokenId}, {address}) => [
      {type: 'metadata.changed', collection: address, scope: {kind: 'token', tokenId}, uri: null},
    ]),
  ],
}
