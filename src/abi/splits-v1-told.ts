import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    CreateSplit: event("0xd2bcf51a5767c814cfe0266a99141f75a32103bbf8c400fbc1ac0c3b73ce25e8", "CreateSplit(address,address[],uint32[],uint32,address)", {"split": indexed(p.address), "accounts": p.array(p.address), "percentAllocations": p.array(p.uint32), "distributorFee": p.uint32, "controller": p.address}),
    UpdateSplit: event("0xce55a01ad467ce2f3080a2cef6eb951b65f489b97956f76c2c04bcddab92aaa9", "UpdateSplit(address,address[],uint32[],uint32)", {"split": indexed(p.address), "accounts": p.array(p.address), "percentAllocations": p.array(p.uint32), "distributorFee": p.uint32}),
}

export class Contract extends ContractBase {
}

/// Event types
export type CreateSplitEventArgs = EParams<typeof events.CreateSplit>
export type UpdateSplitEventArgs = EParams<typeof events.UpdateSplit>
