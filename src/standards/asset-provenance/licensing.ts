import {events} from '../../abi/asset-provenance'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, parseHash32, ZERO_ADDRESS, ZERO_HASH} from '../../domain/hex'
import type {EventLayout} from '../../domain/standard'
import {readLabel} from '../../domain/text'

const licenseGranted = buildLayout(events.LicenseGranted, ({asset, tokenId, licensee, licenseId, licensor, terms}, log) => [
  {
    type: 'license.granted',
    collection: parseAddress(asset),
    tokenId,
    licenseId,
    licensor: parseAddress(licensor),
    licensee: parseAddress(licensee),
    parentLicenseId: terms.parentLicenseId || null,
    revoker: terms.revoker === ZERO_ADDRESS ? null : parseAddress(terms.revoker),
    startTime: terms.startTime || BigInt(log.timestamp),
    expiry: terms.expiry || null,
    currency: parseAddress(terms.currency),
    price: terms.price,
    exclusivity: terms.exclusivity,
    sublicensable: terms.sublicensable,
    transferable: terms.transferable,
    termsHash: terms.termsHash === ZERO_HASH ? null : parseHash32(terms.termsHash),
    termsURI: terms.termsURI || null,
  },
])

/** `effectiveAt` is never 0 by the rules of the family; a contract that logs 0 means now, not 1970. */
const licenseRevoked = buildLayout(events.LicenseRevoked, ({licenseId, revokedBy, effectiveAt, reason}, log) => [
  {
    type: 'license.revoked',
    licenseId,
    revokedBy: parseAddress(revokedBy),
    effectiveAt: effectiveAt || BigInt(log.timestamp),
    reason: readLabel(parseHash32(reason)),
  },
])

const licenseTransferred = buildLayout(events.LicenseTransferred, ({licenseId, from, to}) => [
  {type: 'license.transferred', licenseId, from: parseAddress(from), to: parseAddress(to)},
])

export const licensing: readonly EventLayout[] = [licenseGranted, licenseRevoked, licenseTransferred]
