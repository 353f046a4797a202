import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    DerivativeCreated: event("0xa47f7bbd8e1bd4299084024c434aa1aea2d443e62c29881b1a14e2b8f377f340", "DerivativeCreated(uint256,uint256,uint256,address,uint256)", {"_tokenId": p.uint256, "_licenseId": p.uint256, "_derivativeId": p.uint256, "_derivative": p.address, "_derivativeTokenId": p.uint256}),
    ReproductionCreated: event("0xcc1c9b8327c9e63759ec3aabb131a14401849b4882e2dfd8d76bcc9e1387f0f8", "ReproductionCreated(uint256,uint256,uint256,address,uint256)", {"_tokenId": p.uint256, "_licenseId": p.uint256, "_reproductionId": p.uint256, "_reproduction": p.address, "_reproductionTokenId": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type DerivativeCreatedEventArgs = EParams<typeof events.DerivativeCreated>
export type ReproductionCreatedEventArgs = EParams<typeof events.ReproductionCreated>
