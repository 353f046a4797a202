import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    SplitCreated: event("0xb3ec24e9259e438f9917b49f27c0dd89a11b7626cb63e6fc977863c0b26a681b", "SplitCreated(address,(address[],uint256[],uint256,uint16),address,address)", {"split": indexed(p.address), "splitParams": p.struct({"recipients": p.array(p.address), "allocations": p.array(p.uint256), "totalAllocation": p.uint256, "distributionIncentive": p.uint16}), "owner": p.address, "creator": p.address}),
}

export class Contract extends ContractBase {
}

/// Event types
export type SplitCreatedEventArgs = EParams<typeof events.SplitCreated>
