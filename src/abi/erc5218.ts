import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    CreateLicense: event("0x9bff40b65848ac31a714004db67958d087951d3a8ebc98f87ff6ba4e2378da8d", "CreateLicense(uint256,uint256,uint256,address,string,address)", {"_licenseId": p.uint256, "_tokenId": p.uint256, "_parentLicenseId": p.uint256, "_licenseHolder": p.address, "_uri": p.string, "_revoker": p.address}),
    RevokeLicense: event("0x1d8baecedca10670fe5e4f40cfbb90867599b69781e5ea60b741836d8e6dcf91", "RevokeLicense(uint256)", {"_licenseId": p.uint256}),
    TransferLicense: event("0xd60c081f28a4d4b2e6960c4c9e4e829cce9e2c8f5bdd0885fe233cc5406e5ffe", "TransferLicense(uint256,address)", {"_licenseId": p.uint256, "_licenseHolder": p.address}),
}

export class Contract extends ContractBase {
}

/// Event types
export type CreateLicenseEventArgs = EParams<typeof events.CreateLicense>
export type RevokeLicenseEventArgs = EParams<typeof events.RevokeLicense>
export type TransferLicenseEventArgs = EParams<typeof events.TransferLicense>
