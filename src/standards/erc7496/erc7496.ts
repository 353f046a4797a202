import {events} from '../../abi/erc7496'
import {buildLayout} from '../../domain/abiEvent'
import type {MetadataChanged} from '../../domain/event'
import type {Address} from '../../domain/hex'
import type {Standard} from '../../domain/standard'
import {MAX_UINT256} from '../../domain/uint256'

const changed = (collection: Address, scope: MetadataChanged['scope']): MetadataChanged => ({
  type: 'metadata.changed',
  collection,
  scope,
  uri: null,
})

/** The end is inclusive; 2^256-1 means every id from there on, as in ERC-4906. */
const rangeScope = (fromTokenId: bigint, end: bigint): MetadataChanged['scope'] => ({
  kind: 'range',
  fromTokenId,
  toTokenId: end === MAX_UINT256 ? null : end,
})

const changedEach = (collection: Address, tokenIds: readonly bigint[]): readonly MetadataChanged[] =>
  tokenIds.map((tokenId) => changed(collection, {kind: 'token', tokenId}))

/** Which trait changed, and to what, is left out: the vocabulary tells only whose metadata is to be read again. */
export const erc7496: Standard = {
  name: 'erc7496',
  title: 'ERC-7496 NFT Dynamic Traits',
  source: 'https://eips.ethereum.org/EIPS/eip-7496',
  layouts: [
    buildLayout(events.TraitUpdated, ({tokenId}, {address}) => [changed(address, {kind: 'token', tokenId})]),
    buildLayout(events.TraitUpdatedRange, ({fromTokenId, toTokenId}, {address}) => [changed(address, rangeScope(fromTokenId, toTokenId))]),
    buildLayout(events.TraitUpdatedRangeUniformValue, ({fromTokenId, toTokenId}, {address}) => [
      changed(address, rangeScope(fromTokenId, toTokenId)),
    ]),
    buildLayout(events.TraitUpdatedList, ({tokenIds}, {address}) => changedEach(address, tokenIds)),
    buildLayout(events.TraitUpdatedListUniformValue, ({tokenIds}, {address}) => changedEach(address, tokenIds)),
    buildLayout(events.TraitMetadataURIUpdated, (_, {address}) => [changed(address, {kind: 'contract'})]),
  ],
}
