import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    LicenseGranted: event("0x899dbe24220ca2f484f31bde77984cf5cf92762dcf73a830d56fd8c154df3747", "LicenseGranted(address,uint256,address,uint256,address,(uint256,address,uint64,uint64,address,uint256,uint8,bool,bool,bytes32,string))", {"asset": indexed(p.address), "tokenId": indexed(p.uint256), "licensee": indexed(p.address), "licenseId": p.uint256, "licensor": p.address, "terms": p.struct({"parentLicenseId": p.uint256, "revoker": p.address, "startTime": p.uint64, "expiry": p.uint64, "currency": p.address, "price": p.uint256, "exclusivity": p.uint8, "sublicensable": p.bool, "transferable": p.bool, "termsHash": p.bytes32, "termsURI": p.string})}),
    LicenseRevoked: event("0x39851c00028d71a045cf5d4329c80246273caedae4e67bddb506056c2707414f", "LicenseRevoked(uint256,address,uint64,bytes32)", {"licenseId": indexed(p.uint256), "revokedBy": indexed(p.address), "effectiveAt": p.uint64, "reason": p.bytes32}),
    LicenseTransferred: event("0xac51dde61f583e7dae0e8dbd18c8dc42bbdb9942ecbb54c67a52468c823997a0", "LicenseTransferred(uint256,address,address)", {"licenseId": indexed(p.uint256), "from": indexed(p.address), "to": indexed(p.address)}),
    RoyaltyPaid: event("0x932cc2a94fa6c2cf520d014cf666a93e55c5baa9c7af5c1a996aa3c3350e617f", "RoyaltyPaid(address,uint256,address,address,address,uint256,uint256,uint8,uint256,bytes32)", {"asset": indexed(p.address), "tokenId": indexed(p.uint256), "recipient": indexed(p.address), "payer": p.address, "currency": p.address, "amount": p.uint256, "basis": p.uint256, "kind": p.uint8, "licenseId": p.uint256, "saleRef": p.bytes32}),
    GenerationProofVerified: event("0xd1422786b146554e93e8307461b20eb46ac8e43f7177e15061eb8b2906309582", "GenerationProofVerified(address,uint256,address,bytes32,bytes32,bytes32,bytes32,uint8,uint64,string)", {"asset": indexed(p.address), "tokenId": indexed(p.uint256), "verifier": indexed(p.address), "proofHash": p.bytes32, "modelId": p.bytes32, "promptHash": p.bytes32, "outputHash": p.bytes32, "proofType": p.uint8, "challengeDeadline": p.uint64, "proofURI": p.string}),
    GenerationProofInvalidated: event("0x9f67cc6c1f7bd2ee44eb3aa10eac9a0cd10dfc5416748f398ad9dcf35d30363d", "GenerationProofInvalidated(address,uint256,bytes32,address,bytes32)", {"asset": indexed(p.address), "tokenId": indexed(p.uint256), "proofHash": indexed(p.bytes32), "by": p.address, "reason": p.bytes32}),
    DerivativeRegistered: event("0xcce949457c1184115c97b150c69edb4d31ef7438b921e0032712bf03f72ffac1", "DerivativeRegistered(address,uint256,address,uint256,uint256,uint16,uint8)", {"parentAsset": indexed(p.address), "parentTokenId": indexed(p.uint256), "childAsset": indexed(p.address), "childTokenId": p.uint256, "licenseId": p.uint256, "royaltyBps": p.uint16, "relation": p.uint8}),
}

export class Contract extends ContractBase {
}

/// Event types
export type LicenseGrantedEventArgs = EParams<typeof events.LicenseGranted>
export type LicenseRevokedEventArgs = EParams<typeof events.LicenseRevoked>
export type LicenseTransferredEventArgs = EParams<typeof events.LicenseTransferred>
export type RoyaltyPaidEventArgs = EParams<typeof events.RoyaltyPaid>
export type GenerationProofVerifiedEventArgs = EParams<typeof events.GenerationProofVerified>
export type GenerationProofInvalidatedEventArgs = EParams<typeof events.GenerationProofInvalidated>
export type DerivativeRegisteredEventArgs = EParams<typeof events.DerivativeRegistered>
