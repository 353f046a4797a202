import type {EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {type Address, ZERO_ADDRESS} from '../../domain/hex'
import {assetKey, collectionId, licenseKey, licenseSlotId, licenseTermsKey} from '../../domain/ids'
import type {LicenseRow, LicenseTermsRow} from '../../domain/rows'

type Granted = EventOf<'license.granted'>

/** What a grant means where its log leaves it out, from what stands before it. */
export type GrantContext = Readonly<{
  parent: LicenseRow | undefined
  /** Present owner of the asset; null when it has none, or none is known. */
  owner: string | null
  terms: LicenseTermsRow | undefined
}>

export function grantedLicense(id: string, event: Granted, context: GrantContext): LicenseRow {
  const licensor = licensorOf(event, context)
  return {...termsOfGrant(event, context), id, licensor, revoker: event.revoker === 'licensor' ? licensor : event.revoker, ...UNTOUCHED}
}

const UNTOUCHED = {
  revokedFrom: null,
  revokedBy: null,
  revocationReason: null,
  revocationId: null,
  exercisedAt: null,
  exerciseId: null,
}

const termsOfGrant = (event: Granted, context: GrantContext): Omit<LicenseRow, 'id' | 'licensor' | 'revoker' | keyof typeof UNTOUCHED> => ({
  chainId: BigInt(event.ref.chainId),
  emitter: event.emitter,
  authority: event.authority,
  standard: event.standard,
  licenseId: event.licenseId,
  collectionId: collectionId(event.ref.chainId, event.collection),
  assetId: assetKey({chainId: event.ref.chainId, collection: event.collection, tokenId: event.tokenId}),
  tokenId: event.tokenId,
  licensee: event.licensee,
  heldByAssetId: event.heldBy
    ? assetKey({chainId: event.ref.chainId, collection: event.heldBy.collection, tokenId: event.heldBy.tokenId})
    : null,
  parentId: event.parentLicenseId === null ? null : licenseKey(event.ref.chainId, event.emitter, event.parentLicenseId),
  startTime: event.startTime,
  expiry: event.expiry,
  currency: event.currency,
  price: event.price,
  exclusivity: event.exclusivity,
  sublicensable: event.sublicensable,
  transferable: context.terms?.transferable ?? event.transferable,
  termsHash: event.termsHash ?? context.terms?.termsHash ?? null,
  termsURI: event.termsURI ?? context.terms?.termsURI ?? null,
  termsRef: event.terms ? licenseTermsKey(event.ref.chainId, event.terms) : null,
  rights: event.rights ? JSON.stringify(event.rights) : null,
  slotRef: event.slot === undefined ? null : licenseSlotId(event.ref.chainId, event.emitter, event.slot),
  grantId: event.ref.key,
  grantedAt: blockTime(event.ref),
  lastEventId: event.ref.key,
})

/**
 * ERC-5218 and ERC-4907 tell no licensor: it is who held the parent, or who owns the asset. A holder does not license to himself: a root
 * licence that goes to the owner with the mint comes from who sent the transaction.
 */
function licensorOf(event: Granted, {parent, owner}: GrantContext): Address | string {
  if (event.licensor !== null) return event.licensor
  if (parent) return parent.licensee
  return owner !== null && owner !== event.licensee ? owner : (event.ref.transactionFrom ?? ZERO_ADDRESS)
}

/** Where the log does not tell: who sent the transaction. */
export const revokerOf = ({revokedBy, ref}: EventOf<'license.revoked'>): Address => revokedBy ?? ref.transactionFrom ?? ZERO_ADDRESS

export const revokedLicense = (known: LicenseRow, event: EventOf<'license.revoked'>): LicenseRow => ({
  ...known,
  revokedFrom: event.effectiveAt,
  revokedBy: revokerOf(event),
  revocationReason: event.reason,
  revocationId: event.ref.key,
  lastEventId: event.ref.key,
})

/** Another grant came into its slot: it ends with the block of that, by who granted it. */
export const replacedLicense = (known: LicenseRow, {ref}: Granted, {licensor}: LicenseRow): LicenseRow => ({
  ...known,
  revokedFrom: BigInt(ref.timestamp),
  revokedBy: licensor,
  revocationReason: 'replaced',
  revocationId: ref.key,
  lastEventId: ref.key,
})

export const transferredLicense = (known: LicenseRow, event: EventOf<'license.transferred'>): LicenseRow => ({
  ...known,
  licensee: event.to,
  lastEventId: event.ref.key,
})

export const exercisedLicense = (known: LicenseRow, event: EventOf<'license.exercised'>): LicenseRow => ({
  ...known,
  exercisedAt: BigInt(event.ref.timestamp),
  exerciseId: event.ref.key,
  lastEventId: event.ref.key,
})
