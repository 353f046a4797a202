import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    SplitCreated: event("0xc4cec5a1846f5c98dc275670618bfecffec4da2e7cba63760ef46f38c75d236e", "SplitCreated(address,(address[],uint256[],uint256,uint16),address,address,bytes32)", {"split": indexed(p.address), "splitParams": p.struct({"recipients": p.array(p.address), "allocations": p.array(p.uint256), "totalAllocation": p.uint256, "distributionIncentive": p.uint16}), "owner": p.address, "creator": p.address, "salt": p.bytes32}),
    SplitUpdated: event("0x52cd08e805db808b670064dedc5cf97374a918fc17c82d7097753189550e8d51", "SplitUpdated((address[],uint256[],uint256,uint16))", {"split": p.struct({"recipients": p.array(p.address), "allocations": p.array(p.uint256), "totalAllocation": p.uint256, "distributionIncentive": p.uint16})}),
    SplitDistributed: event("0x562c19c0e7b3493417e3cf5103baa939f4d0e9c1087be236aebb46b84e09c7d9", "SplitDistributed(address,address,uint256)", {"token": indexed(p.address), "distributor": indexed(p.address), "amount": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type SplitCreatedEventArgs = EParams<typeof events.SplitCreated>
export type SplitUpdatedEventArgs = EParams<typeof events.SplitUpdated>
export type SplitDistributedEventArgs = EParams<typeof events.SplitDistributed>
