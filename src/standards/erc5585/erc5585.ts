import {events} from '../../abi/erc5585'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {licenseNumberAt} from '../../domain/ids'
import {EXCLUSIVITY_NOT_TOLD} from '../../domain/licenseEvent'
import type {Standard} from '../../domain/standard'

/**
 * Rights of a token by name, for a user, until a time, inclusive; one authorization a user, the last one. Nothing until 0 is one that was
 * reset. The zero address is no user, so that nothing is said.
 */
export const erc5585: Standard = {
  name: 'erc5585',
  title: 'ERC-5585 NFT Authorization',
  source: 'https://eips.ethereum.org/EIPS/eip-5585',
  layouts: [
    buildLayout(events.authorizeUser, ({tokenId, user, rights, expires}, {address, timestamp, blockNumber, logIndex}) => {
      const slot = `user ${tokenId} ${user}`
      if (user === ZERO_ADDRESS) return []
      if (expires === 0n)
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
          transferable: true,
          termsHash: null,
          termsURI: null,
          rights,
        },
      ]
    }),
  ],
}
