import {events} from '../../abi/erc5218'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {EXCLUSIVITY_NOT_TOLD} from '../../domain/licenseEvent'
import type {Standard} from '../../domain/standard'

/**
 * A tree of licences. Every holder may sublicense and hand on; 0 is no parent, the zero address no revoker. The root licence follows the NFT:
 * its holder is whoever owns the token. A revocation ends what was granted under it without a log of its own, so that readers walk the tree.
 */
export const erc5218: Standard = {
  name: 'erc5218',
  title: 'ERC-5218 NFT Rights Management',
  source: 'https://eips.ethereum.org/EIPS/eip-5218',
  layouts: [
    buildLayout(events.CreateLicense, ({_licenseId, _tokenId, _parentLicenseId, _licenseHolder, _uri, _revoker}, {address, timestamp}) => [
      {
        type: 'license.granted',
        collection: address,
        tokenId: _tokenId,
        licenseId: _licenseId,
        licensor: null,
        licensee: parseAddress(_licenseHolder),
        ...(_parentLicenseId === 0n ? {heldBy: {collection: address, tokenId: _tokenId}} : {}),
        parentLicenseId: _parentLicenseId || null,
        revoker: _revoker === ZERO_ADDRESS ? null : parseAddress(_revoker),
        startTime: BigInt(timestamp),
        expiry: null,
        currency: null,
        price: null,
        exclusivity: EXCLUSIVITY_NOT_TOLD,
        sublicensable: true,
        transferable: true,
        termsHash: null,
        termsURI: _uri || null,
      },
    ]),
    buildLayout(events.RevokeLicense, ({_licenseId}, {timestamp}) => [
      {type: 'license.revoked', licenseId: _licenseId, revokedBy: null, effectiveAt: BigInt(timestamp), reason: null},
    ]),
    buildLayout(events.TransferLicense, ({_licenseId, _licenseHolder}) => [
      {type: 'license.transferred', licenseId: _licenseId, from: null, to: parseAddress(_licenseHolder)},
    ]),
  ],
}
