import {events} from '../../abi/erc4907'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {licenseNumberAt} from '../../domain/ids'
import {EXCLUSIVITY_NOT_TOLD} from '../../domain/licenseEvent'
import type {Standard} from '../../domain/standard'

/**
 * A rental: a token has one user at a time, who may use it to the last second of `expires`, inclusive, as the reference contract has it (the
 * text of the standard says "before"). No user: the zero address. The reference contract logs that before the Transfer of a rented token.
 */
export const erc4907: Standard = {
  name: 'erc4907',
  title: 'ERC-4907 Rental NFT',
  source: 'https://eips.ethereum.org/EIPS/eip-4907',
  layouts: [
    buildLayout(events.UpdateUser, ({tokenId, user, expires}, {address, timestamp, blockNumber, logIndex}) => {
      const slot = `user ${tokenId}`
      if (user === ZERO_ADDRESS)
        return [{type: 'license.revoked', licenseId: null, slot, revokedBy: null, effectiveAt: BigInt(timestamp), reason: null}]
      return [
        {
          type: 'license.granted',
          collection: address,
          tokenId,
          licenseId: licenseNumberAt(blockNumber, logIndex),
          slot,
          licensor: null,
          licensee: parseAddress(user),
          parentLicenseId: null,
          revoker: 'licensor',
          startTime: BigInt(timestamp),
          expiry: expires,
          currency: null,
          price: null,
          exclusivity: EXCLUSIVITY_NOT_TOLD,
          sublicensable: false,
          transferable: false,
          termsHash: null,
          termsURI: null,
        },
      ]
    }),
  ],
}
