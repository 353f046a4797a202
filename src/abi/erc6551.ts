import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    ERC6551AccountCreated: event("0x79f19b3655ee38b1ce526556b7731a20c8f218fbda4a3990b6cc4172fdf88722", "ERC6551AccountCreated(address,address,bytes32,uint256,address,uint256)", {"account": p.address, "implementation": indexed(p.address), "salt": p.bytes32, "chainId": p.uint256, "tokenContract": indexed(p.address), "tokenId": indexed(p.uint256)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type ERC6551AccountCreatedEventArgs = EParams<typeof events.ERC6551AccountCreated>
