import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    DisputeRaised: event("0x0d33aef6594f31a48636b65156c5ef95cc55d30bc086f59468bb1461153e8743", "DisputeRaised(uint256,address,address,uint256,address,bytes32,bytes32,bytes)", {"disputeId": p.uint256, "targetIpId": p.address, "disputeInitiator": p.address, "disputeTimestamp": p.uint256, "arbitrationPolicy": p.address, "disputeEvidenceHash": p.bytes32, "targetTag": p.bytes32, "data": p.bytes}),
}

export class Contract extends ContractBase {
}

/// Event types
export type DisputeRaisedEventArgs = EParams<typeof events.DisputeRaised>
