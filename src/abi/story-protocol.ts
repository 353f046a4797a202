import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    IPRegistered: event("0x02ad3a2e0356b65fdfe4a73c825b78071ae469db35162978518b8c258abb3767", "IPRegistered(address,uint256,address,uint256,string,string,uint256)", {"ipId": p.address, "chainId": indexed(p.uint256), "tokenContract": indexed(p.address), "tokenId": indexed(p.uint256), "name": p.string, "uri": p.string, "registrationDate": p.uint256}),
    IPAccountRegistered: event("0x5be70b68c8361762980ec7d425d79fd33f6d49cac8a498e6ddf514f995b987f7", "IPAccountRegistered(address,address,uint256,address,uint256)", {"account": indexed(p.address), "implementation": indexed(p.address), "chainId": indexed(p.uint256), "tokenContract": p.address, "tokenId": p.uint256}),
    LicenseTermsRegistered: event("0xc0cd215d0b608421b2e8018c8113a4b008ea0c6044fbc739df6dc79c3b4c42b8", "LicenseTermsRegistered(uint256,address,bytes)", {"licenseTermsId": indexed(p.uint256), "licenseTemplate": indexed(p.address), "licenseTerms": p.bytes}),
    LicenseTermsAttached: event("0xb8d0577f110d8cf9f2c63ba14b0511362a85865bf03ea4f1c8a10ddc490244c7", "LicenseTermsAttached(address,address,address,uint256)", {"caller": indexed(p.address), "ipId": indexed(p.address), "licenseTemplate": p.address, "licenseTermsId": p.uint256}),
    LicenseTokensMinted: event("0x0d96f072d487d7f8b4891a4e4cf14e8cdad444a34248230085c20808d57caa1a", "LicenseTokensMinted(address,address,address,uint256,uint256,address,uint256)", {"caller": indexed(p.address), "licensorIpId": indexed(p.address), "licenseTemplate": p.address, "licenseTermsId": indexed(p.uint256), "amount": p.uint256, "receiver": p.address, "startLicenseTokenId": p.uint256}),
    DerivativeRegistered: event("0x61fd21a7f55188eedf0350d3d5d208084941bfbf3dbf7b7e15760ff36b7d2355", "DerivativeRegistered(address,address,uint256[],address[],uint256[],address)", {"caller": indexed(p.address), "childIpId": indexed(p.address), "licenseTokenIds": p.array(p.uint256), "parentIpIds": p.array(p.address), "licenseTermsIds": p.array(p.uint256), "licenseTemplate": p.address}),
    MetadataURISet: event("0x3b2d707542587feff5c7fe05482776be67fd747e64c2545089b52f395d47de76", "MetadataURISet(address,string,bytes32)", {"ipId": indexed(p.address), "metadataURI": p.string, "metadataHash": p.bytes32}),
    NFTTokenURISet: event("0x4f10167731fb167d83b433ff4ef88092caafdc25681547a8045f4c299a5245c5", "NFTTokenURISet(address,string,bytes32)", {"ipId": indexed(p.address), "nftTokenURI": p.string, "nftMetadataHash": p.bytes32}),
    DisputeRaised: event("0x4e5e36f19970922c3ec3bdf165b280da2032e133d27ba5ef4a78e10c8406f1e1", "DisputeRaised(uint256,address,address,address,uint256,address,bytes32,bytes32,bytes)", {"disputeId": p.uint256, "targetIpId": p.address, "caller": p.address, "disputeInitiator": p.address, "disputeTimestamp": p.uint256, "arbitrationPolicy": p.address, "disputeEvidenceHash": p.bytes32, "targetTag": p.bytes32, "data": p.bytes}),
    DisputeJudgementSet: event("0xfa3dcf1b0e225a1550712d56af15c1babdd6997813dfe7559f127361edeb31e3", "DisputeJudgementSet(uint256,bool,bytes)", {"disputeId": p.uint256, "decision": p.bool, "data": p.bytes}),
    DisputeCancelled: event("0xfebcb1416e54dcfc6be64b1ad5531b7ffe4733b94972361567dd8da40e404c03", "DisputeCancelled(uint256,bytes)", {"disputeId": p.uint256, "data": p.bytes}),
    DisputeResolved: event("0xe552ae9fc3589b0b34444687568547a934871d53843ce14f33940335d4d70e71", "DisputeResolved(uint256,bytes)", {"disputeId": p.uint256, "data": p.bytes}),
}

export class Contract extends ContractBase {
}

/// Event types
export type IPRegisteredEventArgs = EParams<typeof events.IPRegistered>
export type IPAccountRegisteredEventArgs = EParams<typeof events.IPAccountRegistered>
export type LicenseTermsRegisteredEventArgs = EParams<typeof events.LicenseTermsRegistered>
export type LicenseTermsAttachedEventArgs = EParams<typeof events.LicenseTermsAttached>
export type LicenseTokensMintedEventArgs = EParams<typeof events.LicenseTokensMinted>
export type DerivativeRegisteredEventArgs = EParams<typeof events.DerivativeRegistered>
export type MetadataURISetEventArgs = EParams<typeof events.MetadataURISet>
export type NFTTokenURISetEventArgs = EParams<typeof events.NFTTokenURISet>
export type DisputeRaisedEventArgs = EParams<typeof events.DisputeRaised>
export type DisputeJudgementSetEventArgs = EParams<typeof events.DisputeJudgementSet>
export type DisputeCancelledEventArgs = EParams<typeof events.DisputeCancelled>
export type DisputeResolvedEventArgs = EParams<typeof events.DisputeResolved>
