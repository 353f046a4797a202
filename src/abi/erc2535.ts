import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    DiamondCut: event("0x8faa70878671ccd212d20771b795c50af8fd3ff6cf27f4bde57e5d4de0aeb673", "DiamondCut((address,uint8,bytes4[])[],address,bytes)", {"_diamondCut": p.array(p.struct({"facetAddress": p.address, "action": p.uint8, "functionSelectors": p.array(p.bytes4)})), "_init": p.address, "_calldata": p.bytes}),
}

export class Contract extends ContractBase {
}

/// Event types
export type DiamondCutEventArgs = EParams<typeof events.DiamondCut>
