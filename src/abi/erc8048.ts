import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    MetadataSet: event("0x2c149ed548c6d2993cd73efe187df6eccabe4538091b33adbd25fafdb8a1468b", "MetadataSet(uint256,string,string,bytes)", {"tokenId": indexed(p.uint256), "indexedKey": indexed(p.string), "key": p.string, "value": p.bytes}),
}

export class Contract extends ContractBase {
}

/// Event types
export type MetadataSetEventArgs = EParams<typeof events.MetadataSet>
