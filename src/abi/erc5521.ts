import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    UpdateNode: event("0x81bed52c04e8cd65796985202162bad7e20a8ffaa732fe2e0a0bc79f687e4d66", "UpdateNode(uint256,address,address[],uint256[][],address[],uint256[][])", {"tokenId": indexed(p.uint256), "owner": indexed(p.address), "_address_referringList": p.array(p.address), "_tokenIds_referringList": p.array(p.array(p.uint256)), "_address_referredList": p.array(p.address), "_tokenIds_referredList": p.array(p.array(p.uint256))}),
}

export class Contract extends ContractBase {
}

/// Event types
export type UpdateNodeEventArgs = EParams<typeof events.UpdateNode>
