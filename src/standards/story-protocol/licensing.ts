import {keccak256} from 'ethers/crypto'
import {events} from '../../abi/story-protocol'
import {buildLayout} from '../../domain/abiEvent'
import type {EventBody} from '../../domain/event'
import {type Address, parseAddress, parseHash32} from '../../domain/hex'
import {EXCLUSIVITY_NOT_TOLD} from '../../domain/licenseEvent'
import {DecodeError, type EventLayout} from '../../domain/standard'
import {byIpId} from './ipId'
import {readPilTerms} from './pilTerms'

/** Licence tokens are ERC-721 tokens of another contract, which the log does not name: LicensingModule -> LicenseToken, mainnet and Aeneid. */
const LICENSE_TOKENS: ReadonlyMap<Address, Address> = new Map([
  [parseAddress('0x04fbd8a2e56dd85CFD5500A4A4DfA955B9f1dE6f'), parseAddress('0xFe3838BFb30B34170F00030B52eA4893d8aAC6bC')],
])

const termsRegistered = buildLayout(events.LicenseTermsRegistered, ({licenseTermsId, licenseTemplate, licenseTerms}) => [
  {
    type: 'licenseTerms.registered',
    template: parseAddress(licenseTemplate),
    termsId: licenseTermsId,
    termsHash: parseHash32(keccak256(licenseTerms)),
    ...readPilTerms(licenseTerms),
  },
])

const termsAttached = buildLayout(events.LicenseTermsAttached, ({ipId, licenseTemplate, licenseTermsId}) => [
  {type: 'licenseTerms.attached', ...byIpId(parseAddress(ipId)), template: parseAddress(licenseTemplate), termsId: licenseTermsId},
])

/**
 * As many licences as the amount says, numbered on from the first, each a token: its holder is whoever owns that. The fee is logged elsewhere.
 * A licence token carries no expiry, and is revoked by no log.
 */
const tokensMinted = buildLayout(events.LicenseTokensMinted, (minted, {address, timestamp}) => {
  const tokens = LICENSE_TOKENS.get(address)
  if (minted.amount === 0n) return []
  return [
    {
      type: 'license.granted',
      ...byIpId(parseAddress(minted.licensorIpId)),
      licenseId: minted.startLicenseTokenId,
      count: minted.amount,
      licensor: null,
      licensee: parseAddress(minted.receiver),
      ...(tokens ? {heldBy: {collection: tokens, tokenId: minted.startLicenseTokenId}} : {}),
      parentLicenseId: null,
      revoker: null,
      startTime: BigInt(timestamp),
      expiry: null,
      currency: null,
      price: null,
      exclusivity: EXCLUSIVITY_NOT_TOLD,
      sublicensable: false,
      transferable: null,
      termsHash: null,
      termsURI: null,
      terms: {template: parseAddress(minted.licenseTemplate), termsId: minted.licenseTermsId},
    },
  ]
})

/**
 * One edge for each parent. The child takes over the terms of its parents, which no other log says. Licence tokens, where it was made by
 * them, are burned: used up, not revoked.
 */
const derivativeRegistered = buildLayout(events.DerivativeRegistered, (made) => {
  const {childIpId, licenseTokenIds, parentIpIds, licenseTermsIds} = made
  if (parentIpIds.length !== licenseTermsIds.length) throw new DecodeError('malformed', 'as many terms as parents are needed')
  const child = byIpId(parseAddress(childIpId))
  const template = parseAddress(made.licenseTemplate)
  const edges = parentIpIds.flatMap((parent, i): readonly EventBody[] => {
    const terms = {template, termsId: licenseTermsIds[i] as bigint}
    const licenseId = licenseTokenIds[i] ?? null
    return [
      {type: 'derivative.registered', parent: byIpId(parseAddress(parent)), child, licenseId, royaltyBps: 0, terms, relation: 0},
      {type: 'licenseTerms.attached', ...child, ...terms},
    ]
  })
  return [
    ...edges,
    ...licenseTokenIds.map((licenseId): EventBody => ({type: 'license.exercised', licenseId, by: parseAddress(made.caller)})),
  ]
})

export const licensing: readonly EventLayout[] = [termsRegistered, termsAttached, tokensMinted, derivativeRegistered]
