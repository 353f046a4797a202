import {events} from '../../abi/erc7857'
import {events as zeroG} from '../../abi/erc7857-0g'
import {events as draft} from '../../abi/erc7857-draft'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import type {Standard} from '../../domain/standard'
import {authorized, committed, moved} from './agent'

/**
 * Agents as tokens that need not be ERC-721: they may log no Transfer at all. A clone has no other log of its mint. Drafts of the standard, and
 * the contracts of 0G, log Minted, AuthorizedUsage and Updated; what a token's data is, they say by hashes.
 */
export const erc7857: Standard = {
  name: 'erc7857',
  title: 'ERC-7857 AI Agents NFT with Private Metadata',
  source: 'https://eips.ethereum.org/EIPS/eip-7857',
  layouts: [
    buildLayout(events.Transferred, ({_tokenId, _from, _to}, {address}) => [
      moved(address, _tokenId, parseAddress(_from), parseAddress(_to)),
    ]),
    buildLayout(events.Cloned, ({_tokenId, _newTokenId, _to}, {address}) => [
      moved(address, _newTokenId, ZERO_ADDRESS, parseAddress(_to)),
      {
        type: 'derivative.registered',
        parent: {collection: address, tokenId: _tokenId},
        child: {collection: address, tokenId: _newTokenId},
        licenseId: null,
        royaltyBps: 0,
        relation: 2,
      },
    ]),
    buildLayout(events.Authorization, ({_from, _to, _tokenId}, log) => [authorized(log, _tokenId, parseAddress(_to), parseAddress(_from))]),
    buildLayout(events.AuthorizationRevoked, ({_from, _to, _tokenId}, {timestamp}) => [
      {
        type: 'license.revoked',
        licenseId: null,
        slot: `user ${_tokenId} ${_to}`,
        revokedBy: parseAddress(_from),
        effectiveAt: BigInt(timestamp),
        reason: null,
      },
    ]),
    buildLayout(draft.Minted, ({_tokenId, _creator, _dataHashes}, {address}) => [
      moved(address, _tokenId, ZERO_ADDRESS, parseAddress(_creator)),
      ...committed({collection: address, tokenId: _tokenId}, _dataHashes, parseAddress(_creator)),
    ]),
    buildLayout(zeroG.Minted, ({_tokenId, _creator, _owner, _dataHashes, _dataDescriptions}, {address}) => [
      moved(address, _tokenId, ZERO_ADDRESS, parseAddress(_owner)),
      ...committed({collection: address, tokenId: _tokenId}, _dataHashes, parseAddress(_creator), _dataDescriptions),
    ]),
    buildLayout(draft.AuthorizedUsage, ({_tokenId, _user}, log) => [authorized(log, _tokenId, parseAddress(_user), null)]),
    buildLayout(draft.Updated, ({_tokenId, _newDataHashes}, {address}) => [
      {type: 'metadata.changed', collection: address, scope: {kind: 'token', tokenId: _tokenId}, uri: null},
      ...committed({collection: address, tokenId: _tokenId}, _newDataHashes, null),
    ]),
  ],
}
