import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    SplitCreated: event("0xf36c74b44f70742fdc66fe7f34107c9e5025433a131e7797e9203203a3a74428", "SplitCreated(address,(address[],uint256[],uint256,uint16),address,address,uint256)", {"split": indexed(p.address), "splitParams": p.struct({"recipients": p.array(p.address), "allocations": p.array(p.uint256), "totalAllocation": p.uint256, "distributionIncentive": p.uint16}), "owner": p.address, "creator": p.address, "nonce": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type SplitCreatedEventArgs = EParams<typeof events.SplitCreated>
