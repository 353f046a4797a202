import {events} from '../../abi/erc5006'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress} from '../../domain/hex'
import {EXCLUSIVITY_NOT_TOLD} from '../../domain/licenseEvent'
import type {Standard} from '../../domain/standard'

/** A rental of some of an ERC-1155 id, to the last second of `expiry`. How many of it is left out: a licence is for the asset. */
export const erc5006: Standard = {
  name: 'erc5006',
  title: 'ERC-5006 Rental NFT, ERC-1155 User Extension',
  source: 'https://eips.ethereum.org/EIPS/eip-5006',
  layouts: [
    buildLayout(events.CreateUserRecord, ({recordId, tokenId, owner, user, expiry}, {address, timestamp}) => [
      {
        type: 'license.granted',
        collection: address,
        tokenId,
        licenseId: recordId,
        licensor: parseAddress(owner),
        licensee: parseAddress(user),
        parentLicenseId: null,
        revoker: 'licensor',
        startTime: BigInt(timestamp),
        expiry,
        currency: null,
        price: null,
        exclusivity: EXCLUSIVITY_NOT_TOLD,
        sublicensable: false,
        transferable: false,
        termsHash: null,
        termsURI: null,
      },
    ]),
    buildLayout(events.DeleteUserRecord, ({recordId}, {timestamp}) => [
      {type: 'license.revoked', licenseId: recordId, revokedBy: null, effectiveAt: BigInt(timestamp), reason: null},
    ]),
  ],
}
