import {events} from '../../abi/erc4906'
import {buildLayout} from '../../domain/abiEvent'
import type {Standard} from '../../domain/standard'
import {MAX_UINT256} from '../../domain/uint256'

/** A batch stays a range, also of one id, and as logged when from > to; 2^256-1 as its end means every id from there on. */
export const erc4906: Standard = {
  name: 'erc4906',
  title: 'ERC-4906 Metadata Update Extension',
  source: 'https://eips.ethereum.org/EIPS/eip-4906; open end: https://docs.opensea.io/docs/updating-metadata',
  layouts: [
    buildLayout(events.MetadataUpdate, ({_tokenId}, log) => [
      {type: 'metadata.changed', collection: log.address, scope: {kind: 'token', tokenId: _tokenId}, uri: null},
    ]),
    buildLayout(events.BatchMetadataUpdate, ({_fromTokenId, _toTokenId}, log) => [
      {
        type: 'metadata.changed',
        collection: log.address,
        scope: {kind: 'range', fromTokenId: _fromTokenId, toTokenId: _toTokenId === MAX_UINT256 ? null : _toTokenId},
        uri: null,
      },
    ]),
  ],
}
