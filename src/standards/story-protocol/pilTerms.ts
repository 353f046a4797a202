import {address, bool, bytes, string, struct, uint32, uint256} from '@subsquid/evm-codec'
import type {LicenseTermsRegistered} from '../../domain/event'
import {parseAddress, ZERO_ADDRESS} from '../../domain/hex'
import {openBytes} from '../../domain/strictSource'

type Terms = Omit<LicenseTermsRegistered, 'type' | 'template' | 'termsId' | 'termsHash'>

/** IPILicenseTemplate.PILTerms. */
const PIL_TERMS = struct({
  transferable: bool,
  royaltyPolicy: address,
  defaultMintingFee: uint256,
  expiration: uint256,
  commercialUse: bool,
  commercialAttribution: bool,
  commercializerChecker: address,
  commercializerCheckerData: bytes,
  commercialRevShare: uint32,
  commercialRevCeiling: uint256,
  derivativesAllowed: bool,
  derivativesAttribution: bool,
  derivativesApproval: bool,
  derivativesReciprocal: bool,
  derivativeRevCeiling: uint256,
  currency: address,
  uri: string,
})

const NOT_TOLD: Terms = {
  termsURI: null,
  currency: null,
  price: null,
  royaltyBps: null,
  duration: null,
  transferable: null,
  commercialUse: null,
  derivativesAllowed: null,
}

/** 100 % is 100 000 000: down to whole basis points. */
const PER_BASIS_POINT = 10_000

/** Terms of the Programmable IP License. Another template may write others: those are known by their hash alone. An expiration of 0 is none. */
export function readPilTerms(encoded: string): Terms {
  try {
    const terms = PIL_TERMS.decode(openBytes(encoded as `0x${string}`))
    return {
      termsURI: terms.uri || null,
      currency: terms.currency === ZERO_ADDRESS ? null : parseAddress(terms.currency),
      price: terms.currency === ZERO_ADDRESS ? null : terms.defaultMintingFee,
      royaltyBps: Math.floor(terms.commercialRevShare / PER_BASIS_POINT),
      duration: terms.expiration || null,
      transferable: terms.transferable,
      commercialUse: terms.commercialUse,
      derivativesAllowed: terms.derivativesAllowed,
    }
  } catch {
    return NOT_TOLD
  }
}
