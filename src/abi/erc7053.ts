import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    Commit: event("0x39b5d1808997c4c413695960efbe703ad3d5c8982d2eb21ff57b01e22a671532", "Commit(address,string,string)", {"recorder": indexed(p.address), "assetCid": indexed(p.string), "commitData": p.string}),
}

export class Contract extends ContractBase {
}

/// Event types
export type CommitEventArgs = EParams<typeof events.Commit>
