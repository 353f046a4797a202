import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    AgentUpdated: event("0xf9ad94c5cd385423b7d420bd953716dc348c65914cceb49759c095b7ba0064a9", "AgentUpdated(uint256)", {"tokenId": indexed(p.uint256)}),
    AgentCreated: event("0xfbc56d1e3f5bbbead122863e3693c79dd5f6501f7631053a4186f7aa9ee9518c", "AgentCreated(string,string,string,address,uint256)", {"name": p.string, "description": p.string, "model": p.string, "recipient": p.address, "tokenId": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type AgentUpdatedEventArgs = EParams<typeof events.AgentUpdated>
export type AgentCreatedEventArgs = EParams<typeof events.AgentCreated>
