import type {EventType, Subject} from '../domain/event'
import type {Address, Hash32} from '../domain/hex'
import {parseRole} from '../domain/role'
import {PARTS_PER_BPS} from '../domain/saleEvents'
import {MAX_UINT256} from '../domain/uint256'
import {configuredSale} from './configuredSale'

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
/** None when left out; a zero is a zero. */
const maybe = (kind: FieldKind): FieldSpec => ({kind, fallback: null})
const NATIVE = '0x0000000000000000000000000000000000000000'

type Fields = Readonly<Record<string, FieldSpec>>
type Values = Readonly<Record<string, unknown>>

/** `build`: where the event is not just its fields side by side. Null: the log says nothing. */
export type EventSpec = Readonly<{fields: Fields; build?: (values: Values) => object | null}>

const plain = (fields: Fields): EventSpec => ({fields})
const subject = (values: Values, collection = 'collection', tokenId = 'tokenId'): Subject => ({
  // Compiled to these kinds by the specs below.
  collection: values[collection] as Address,
  tokenId: values[tokenId] as bigint,
})

/**
 * Every domain event that an own shape can mean, by the names of src/domain/event.ts, and its fields. The one place to add one.
 */
export const EVENTS: Readonly<Partial<Record<EventType, EventSpec>>> = {
  'token.transferred': plain({
    collection,
    tokenId: uint,
    from: address,
    to: address,
    amount: or('uint', 1),
    operator: optional('address'),
    namespace: or('namespace', '=erc721'),
  }),
  'generation.claimed': plain({collection, tokenId: uint, promptHash: hash, outputHash: optional('hash'), proofHash: optional('hash')}),
  'generation.verified': plain({
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
  }),
  'generation.updated': plain({collection, tokenId: uint, promptHash: hash, outputHash: hash}),
  'generation.invalidated': plain({collection, tokenId: uint, proofHash: hash, by: or('address', '$sender'), reason: or('label', '=')}),
  'license.granted': {
    fields: {
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
      transferable: maybe('bool'),
      termsHash: optional('hash'),
      termsURI: optional('text'),
      template: or('address', '$emitter'),
      termsId: maybe('uint'),
    },
    build: ({template, termsId, ...grant}) => (termsId === null ? grant : {...grant, terms: {template, termsId}}),
  },
  'license.revoked': plain({
    licenseId: uint,
    revokedBy: or('address', '$sender'),
    effectiveAt: or('uint', '$timestamp'),
    reason: optional('label'),
  }),
  'license.transferred': plain({licenseId: uint, from: address, to: address}),
  'licenseTerms.registered': plain({
    template: or('address', '$emitter'),
    termsId: uint,
    termsHash: hash,
    termsURI: optional('text'),
    currency: maybe('address'),
    price: maybe('uint'),
    royaltyBps: maybe('number'),
    duration: optional('uint'),
    transferable: maybe('bool'),
    commercialUse: maybe('bool'),
    derivativesAllowed: maybe('bool'),
  }),
  'licenseTerms.attached': plain({collection, tokenId: uint, template: or('address', '$emitter'), termsId: uint}),
  'royalty.paid': {
    fields: {
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
      recipientRole: optional('label'),
    },
    build: ({recipientRole, ...paid}) => ({...paid, role: recipientRole === null ? null : parseRole(recipientRole as string)}),
  },
  'royalty.termsSet': {
    fields: {collection, tokenId: maybe('uint'), recipient: optional('address'), bps: or('uint', 0), movedTo: maybe('address')},
    build: ({collection, tokenId, recipient, bps, movedTo}) => ({
      collection,
      tokenId,
      shares: recipient === null ? [] : [{recipient, parts: (bps as bigint) * PARTS_PER_BPS}],
      movedTo,
    }),
  },
  'token.rangeTransferred': plain({collection, fromTokenId: uint, toTokenId: uint, from: address, to: address}),
  'token.lockChanged': plain({collection, tokenId: uint, locked: {kind: 'bool'}}),
  'metadata.changed': {
    fields: {collection, tokenId: maybe('uint'), fromTokenId: maybe('uint'), toTokenId: maybe('uint'), uri: optional('text')},
    build: ({collection, tokenId, fromTokenId, toTokenId, uri}) => ({collection, scope: scopeOf(tokenId, fromTokenId, toTokenId), uri}),
  },
  'metadata.committed': {
    fields: {
      collection,
      tokenId: maybe('uint'),
      by: optional('address'),
      contentHash: optional('hash'),
      cidHash: optional('hash'),
      uri: optional('text'),
      note: optional('label'),
    },
    build: ({collection, tokenId, ...rest}) => ({...rest, asset: tokenId === null ? null : subject({collection, tokenId})}),
  },
  'generation.requested': plain({
    requestId: uint,
    requester: or('address', '$sender'),
    modelId: hash,
    inputHash: hash,
    input: optional('text'),
  }),
  'generation.answered': plain({requestId: uint, outputHash: hash, by: or('address', '$sender')}),
  'license.exercised': plain({licenseId: uint, by: optional('address')}),
  'derivative.registered': {
    fields: {
      parentCollection: or('address', '$emitter'),
      parentTokenId: maybe('uint'),
      parentContent: optional('hash'),
      childCollection: or('address', '$emitter'),
      childTokenId: uint,
      licenseId: optional('uint'),
      royaltyBps: or('number', 0),
      relation: or('number', 0),
    },
    build: ({licenseId, royaltyBps, relation, ...ends}) => ({
      ...parentOf(ends),
      child: subject(ends, 'childCollection', 'childTokenId'),
      licenseId,
      royaltyBps,
      relation,
    }),
  },
  'contract.upgraded': plain({implementation: address}),
  'contract.adminChanged': plain({previousAdmin: or('address', NATIVE), admin: address}),
  'contract.created': plain({contract: address}),
  // Whoever says it: an address that is derived from the token proves itself by the ERC-6551 registry's own log alone.
  'account.bound': {
    fields: {collection, tokenId: uint, account: address, tokenChainId: or('uint', '$chain'), implementation: optional('address')},
    build: (values) => ({...values, proven: false}),
  },
  'attestation.made': plain({
    uid: hash,
    attester: or('address', '$sender'),
    subject: optional('address'),
    tokenId: maybe('uint'),
    schema: optional('hash'),
    expiry: optional('uint'),
    score: maybe('number'),
    tag: optional('label'),
    contentHash: optional('hash'),
    uri: optional('text'),
  }),
  'attestation.revoked': plain({uid: hash, by: or('address', '$sender')}),
  'stake.allocated': {
    fields: {
      collection,
      tokenId: maybe('uint'),
      staker: or('address', '$sender'),
      beneficiary: optional('address'),
      currency: or('address', NATIVE),
      amount: uint,
      purpose: optional('label'),
    },
    build: ({collection, tokenId, ...rest}) => ({...rest, asset: tokenId === null ? null : subject({collection, tokenId})}),
  },
  'sale.settled': {
    fields: {
      collection,
      tokenId: uint,
      amount: or('uint', 1),
      seller: address,
      buyer: address,
      price: uint,
      currency: or('address', '0x0000000000000000000000000000000000000000'),
      orderRef: optional('hash'),
    },
    build: (values) => configuredSale(values as Parameters<typeof configuredSale>[0]),
  },
}

/** Of one token, else of the tokens from..to (the greatest number: open-ended), else of the contract. */
function scopeOf(tokenId: unknown, from: unknown, to: unknown): object {
  if (tokenId !== null) return {kind: 'token', tokenId}
  return from === null ? {kind: 'contract'} : {kind: 'range', fromTokenId: from, toTokenId: to === MAX_UINT256 ? null : to}
}

/** A token, or content that is known by its hash only: a data set, a model's weights. */
const parentOf = (ends: Values): Readonly<{parent: Subject | null; parentContent: Hash32 | null}> => ({
  parent: ends['parentTokenId'] === null ? null : subject(ends, 'parentCollection', 'parentTokenId'),
  parentContent: ends['parentContent'] as Hash32 | null,
})
