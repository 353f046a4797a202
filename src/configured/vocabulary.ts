import type {EventType} from '../domain/event'

/** What a field of a domain event holds. `label`: text, or a bytes32 that spells one. */
export type FieldKind = 'address' | 'uint' | 'number' | 'bool' | 'hash' | 'text' | 'label' | 'namespace'

/**
 * `fallback`: the expression used when the mapping leaves the field out; without one the field is required; null: none.
 * `zeroIsNone`: a zero in the log means that there is none (standards.md conventions of optional fields).
 */
export type FieldSpec = Readonly<{kind: FieldKind; fallback?: string | number | boolean | null; zeroIsNone?: boolean}>

const address: FieldSpec = {kind: 'address'}
const uint: FieldSpec = {kind: 'uint'}
const hash: FieldSpec = {kind: 'hash'}
const collection: FieldSpec = {kind: 'address', fallback: '$emitter'}
const optional = (kind: FieldKind): FieldSpec => ({kind, fallback: null, zeroIsNone: true})
const or = (kind: FieldKind, fallback: string | number | boolean): FieldSpec => ({kind, fallback})

/** The fields of every domain event that an own shape can mean, by the names of src/domain/event.ts. */
export const FIELDS: Readonly<Partial<Record<EventType, Readonly<Record<string, FieldSpec>>>>> = {
  'token.transferred': {
    collection,
    tokenId: uint,
    from: address,
    to: address,
    amount: or('uint', 1),
    operator: optional('address'),
    namespace: or('namespace', '=erc721'),
  },
  'generation.claimed': {collection, tokenId: uint, promptHash: hash, outputHash: optional('hash'), proofHash: optional('hash')},
  'generation.verified': {
    collection,
    tokenId: uint,
    promptHash: hash,
    outputHash: hash,
    modelId: hash,
    proofHash: hash,
    proofType: or('number', 0),
    proofURI: optional('text'),
    verifier: or('address', '$emitter'),
    challengeDeadline: optional('uint'),
  },
  'generation.updated': {collection, tokenId: uint, promptHash: hash, outputHash: hash},
  'generation.invalidated': {collection, tokenId: uint, proofHash: hash, by: or('address', '$sender'), reason: or('label', '=')},
  'license.granted': {
    collection,
    tokenId: uint,
    licenseId: uint,
    licensor: or('address', '$sender'),
    licensee: address,
    parentLicenseId: optional('uint'),
    revoker: optional('address'),
    startTime: or('uint', '$timestamp'),
    expiry: optional('uint'),
    currency: or('address', '0x0000000000000000000000000000000000000000'),
    price: or('uint', 0),
    exclusivity: or('number', 0),
    sublicensable: or('bool', false),
    transferable: or('bool', false),
    termsHash: optional('hash'),
    termsURI: optional('text'),
  },
  'license.revoked': {
    licenseId: uint,
    revokedBy: or('address', '$sender'),
    effectiveAt: or('uint', '$timestamp'),
    reason: optional('label'),
  },
  'license.transferred': {licenseId: uint, from: address, to: address},
  'royalty.paid': {
    collection,
    tokenId: uint,
    payer: or('address', '$sender'),
    recipient: address,
    currency: or('address', '0x0000000000000000000000000000000000000000'),
    gross: optional('uint'),
    amount: uint,
    basis: optional('uint'),
    kind: or('number', 0),
    licenseId: optional('uint'),
    saleRef: optional('hash'),
  },
  'sale.settled': {
    collection,
    tokenId: uint,
    amount: or('uint', 1),
    seller: address,
    buyer: address,
    price: uint,
    currency: or('address', '0x0000000000000000000000000000000000000000'),
    orderRef: optional('hash'),
  },
}
