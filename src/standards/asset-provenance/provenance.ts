import {events} from '../../abi/asset-provenance'
import {buildLayout} from '../../domain/abiEvent'
import {parseAddress, parseHash32, ZERO_HASH} from '../../domain/hex'
import type {EventLayout} from '../../domain/standard'
import {readLabel} from '../../domain/text'

const royaltyPaid = buildLayout(
  events.RoyaltyPaid,
  ({asset, tokenId, recipient, payer, currency, amount, basis, kind, licenseId, saleRef}) => [
    {
      type: 'royalty.paid',
      collection: parseAddress(asset),
      tokenId,
      payer: parseAddress(payer),
      recipient: parseAddress(recipient),
      currency: parseAddress(currency),
      gross: null,
      amount,
      basis: basis || null,
      kind,
      licenseId: licenseId || null,
      saleRef: saleRef === ZERO_HASH ? null : parseHash32(saleRef),
    },
  ],
)

const proofVerified = buildLayout(events.GenerationProofVerified, (proof) => [
  {
    type: 'generation.verified',
    collection: parseAddress(proof.asset),
    tokenId: proof.tokenId,
    promptHash: parseHash32(proof.promptHash),
    outputHash: parseHash32(proof.outputHash),
    modelId: parseHash32(proof.modelId),
    proofHash: parseHash32(proof.proofHash),
    proofType: proof.proofType,
    proofURI: proof.proofURI || null,
    verifier: parseAddress(proof.verifier),
    challengeDeadline: proof.challengeDeadline || null,
  },
])

const proofInvalidated = buildLayout(events.GenerationProofInvalidated, ({asset, tokenId, proofHash, by, reason}) => [
  {
    type: 'generation.invalidated',
    collection: parseAddress(asset),
    tokenId,
    proofHash: parseHash32(proofHash),
    by: parseAddress(by),
    reason: readLabel(parseHash32(reason)) ?? '',
  },
])

const derivativeRegistered = buildLayout(events.DerivativeRegistered, (edge) => [
  {
    type: 'derivative.registered',
    parent: {collection: parseAddress(edge.parentAsset), tokenId: edge.parentTokenId},
    child: {collection: parseAddress(edge.childAsset), tokenId: edge.childTokenId},
    licenseId: edge.licenseId || null,
    royaltyBps: edge.royaltyBps,
    relation: edge.relation,
  },
])

export const provenance: readonly EventLayout[] = [royaltyPaid, proofVerified, proofInvalidated, derivativeRegistered]
