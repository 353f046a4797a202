import type {EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {assetKey, collectionId, licenseKey} from '../../domain/ids'
import type {LicenseRow} from '../../domain/rows'

export const grantedLicense = (id: string, event: EventOf<'license.granted'>): LicenseRow => ({
  id,
  chainId: BigInt(event.ref.chainId),
  emitter: event.emitter,
  authority: event.authority,
  standard: event.standard,
  licenseId: event.licenseId,
  collectionId: collectionId(event.ref.chainId, event.collection),
  assetId: assetKey({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId}),
  tokenId: event.tokenId,
  licensor: event.licensor,
  licensee: event.licensee,
  parentId: event.parentLicenseId === null ? null : licenseKey(event.ref.chainId, event.emitter, event.parentLicenseId),
  revoker: event.revoker,
  startTime: event.startTime,
  expiry: event.expiry,
  currency: event.currency,
  price: event.price,
  exclusivity: event.exclusivity,
  sublicensable: event.sublicensable,
  transferable: event.transferable,
  termsHash: event.termsHash,
  termsURI: event.termsURI,
  grantId: event.ref.key,
  grantedAt: blockTime(event.ref),
  revokedFrom: null,
  revokedBy: null,
  revocationReason: null,
  revocationId: null,
  lastEventId: event.ref.key,
})

export const revokedLicense = (known: LicenseRow, event: EventOf<'license.revoked'>): LicenseRow => ({
  ...known,
  revokedFrom: event.effectiveAt,
  revokedBy: event.revokedBy,
  revocationReason: event.reason,
  revocationId: event.ref.key,
  lastEventId: event.ref.key,
})

export const transferredLicense = (known: LicenseRow, event: EventOf<'license.transferred'>): LicenseRow => ({
  ...known,
  licensee: event.to,
  lastEventId: event.ref.key,
})
