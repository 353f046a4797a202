import {events} from '../../abi/erc7160'
import {buildLayout} from '../../domain/abiEvent'
import type {MetadataChanged} from '../../domain/event'
import type {Address} from '../../domain/hex'
import type {Standard} from '../../domain/standard'

const changed = (collection: Address, tokenId: bigint): MetadataChanged => ({
  type: 'metadata.changed',
  collection,
  scope: {kind: 'token', tokenId},
  uri: null,
})

/** tokenURI answers another of the token's URIs from now on; the log tells its index only. */
export const erc7160: Standard = {
  name: 'erc7160',
  title: 'ERC-7160 Multi-Metadata Extension',
  source: 'https://eips.ethereum.org/EIPS/eip-7160',
  layouts: [
    buildLayout(events.TokenUriPinned, ({tokenId}, {address}) => [changed(address, tokenId)]),
    buildLayout(events.TokenUriUnpinned, ({tokenId}, {address}) => [changed(address, tokenId)]),
  ],
}
