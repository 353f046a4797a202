import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    AgentCreated: event("0xb07ae4f854df7879f02a412c99fd073ce12e9f23bc0b4b6d477aafa0fd60e4c0", "AgentCreated(string,string,string,string,address,uint256)", {"name": p.string, "description": p.string, "model": p.string, "category": p.string, "recipient": p.address, "tokenId": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type AgentCreatedEventArgs = EParams<typeof events.AgentCreated>
