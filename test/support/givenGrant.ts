import type {LicenseGranted} from '../../src/domain/event'
import {ZERO_ADDRESS} from '../../src/domain/hex'
import {address} from './givenEvents'

/** A grant of licence 7 of token 1 without end and for nothing, but for what a test names. */
export const givenGrant = (changes: Partial<LicenseGranted> & Pick<LicenseGranted, 'collection'>): LicenseGranted => ({
  type: 'license.granted',
  tokenId: 1n,
  licenseId: 7n,
  licensor: address(1),
  licensee: address(2),
  parentLicenseId: null,
  revoker: null,
  startTime: 1n,
  expiry: null,
  currency: ZERO_ADDRESS,
  price: 0n,
  exclusivity: 0,
  sublicensable: false,
  transferable: false,
  termsHash: null,
  termsURI: null,
  ...changes,
})
