import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    ReferenceRoyaltiesPaid: event("0x51fe180ed85219131e90eb6eb8e405a0b624d05fe9d71fddfc0b2df2f4a09039", "ReferenceRoyaltiesPaid(address,uint256,address,address,((address,uint256)[],uint256))", {"rNFTContract": indexed(p.address), "tokenId": indexed(p.uint256), "buyer": indexed(p.address), "marketplace": p.address, "royalties": p.struct({"royaltyInfos": p.array(p.struct({"recipient": p.address, "royaltyAmount": p.uint256})), "referenceDepth": p.uint256})}),
}

export class Contract extends ContractBase {
}

/// Event types
export type ReferenceRoyaltiesPaidEventArgs = EParams<typeof events.ReferenceRoyaltiesPaid>
