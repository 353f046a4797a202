import type {EventOf} from '../../domain/event'
import {blockTime} from '../../domain/fact'
import {type Address, ZERO_ADDRESS} from '../../domain/hex'
import {assetKey, collectionId, licenseSlotId, licenseTermsKey} from '../../domain/ids'
import type {LicenseRow, LicenseTermsRow} from '../../domain/rows'

type Granted = EventOf<'license.granted'>

/** What a grant means where its log leaves it out, from what stands before it. */
export type GrantContext = Readonly<{
  /** Life of the asset that it is for. */
  incarnation: number
  parentId: string | null
  parent: LicenseRow | undefined
  /** Present owner of the asset; null when it has none, or none is known. */
  owner: string | null
  terms: LicenseTermsRow | undefined
}>

/** Written out: see factColumns. */
export function grantedLicense(id: string, event: Granted, context: GrantContext): LicenseRow {
  const {ref, emitter, heldBy} = event
  const licensor = licensorOf(event, context)
  return {
    id,
    chainId: BigInt(ref.chainId),
    emitter,
    authority: event.authority,
    standard: event.standard,
    licenseId: event.licenseId,
    collectionId: collectionId(ref.chainId, event.collection),
    assetId: assetKey({chainId: ref.chainId, collection: event.collection, tokenId: event.tokenId}),
    tokenId: event.tokenId,
    incarnation: context.incarnation,
    licensor,
    licensee: event.licensee,
    heldByAssetId: heldBy ? assetKey({chainId: ref.chainId, collection: heldBy.collection, tokenId: heldBy.tokenId}) : null,
    parentId: context.parentId,
    revoker: event.revoker === 'licensor' ? licensor : event.revoker,
    startTime: event.startTime,
    expiry: event.expiry,
    currency: event.currency,
    price: event.price,
    exclusivity: event.exclusivity,
    sublicensable: event.sublicensable,
    transferable: event.transferable ?? context.terms?.transferable ?? false,
    termsHash: event.termsHash ?? context.terms?.termsHash ?? null,
    termsURI: event.termsURI ?? context.terms?.termsURI ?? null,
    termsRef: event.terms ? licenseTermsKey(ref.chainId, event.terms) : null,
    rights: event.rights ? JSON.stringify(event.rights) : null,
    slotRef: event.slot === undefined ? null : licenseSlotId(ref.chainId, emitter, event.slot),
    grantId: ref.key,
    grantedAt: blockTime(ref),
    revokedFrom: null,
    revokedBy: null,
    revocationReason: null,
    revocationId: null,
    exercisedAt: null,
    exerciseId: null,
    lastEventId: ref.key,
  }
}

/**
 * ERC-5218 and ERC-4907 tell no licensor: it is who held the parent, or who owns the asset. A holder does not license to himself: a root
 * licence that goes to the owner with the mint comes from who sent the transaction.
 */
function licensorOf(event: Granted, {parent, owner, incarnation}: GrantContext): Address | string {
  if (event.licensor !== null) return event.licensor
  if (parent) return parent.incarnation === incarnation ? holderOf(parent, event, owner) : parent.licensee
  return owner !== null && owner !== event.licensee ? owner : (event.ref.transactionFrom ?? ZERO_ADDRESS)
}

/** Of a licence that its own asset holds: whoever owns that now, wherever it went since. */
const holderOf = (license: LicenseRow, {ref, collection, tokenId}: Granted, owner: string | null): string =>
  owner !== null && license.heldByAssetId === assetKey({chainId: ref.chainId, collection, tokenId}) ? owner : license.licensee

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
