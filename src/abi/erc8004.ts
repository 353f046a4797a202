import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    Registered: event("0xca52e62c367d81bb2e328eb795f7c7ba24afb478408a26c0e201d155c449bc4a", "Registered(uint256,string,address)", {"agentId": indexed(p.uint256), "agentURI": p.string, "owner": indexed(p.address)}),
    URIUpdated: event("0x3a2c7fffc2cba7582c690e3b82c453ea02a308326a98a3ad7576c606336409fb", "URIUpdated(uint256,string,address)", {"agentId": indexed(p.uint256), "newURI": p.string, "updatedBy": indexed(p.address)}),
    MetadataSet: event("0x2c149ed548c6d2993cd73efe187df6eccabe4538091b33adbd25fafdb8a1468b", "MetadataSet(uint256,string,string,bytes)", {"agentId": indexed(p.uint256), "indexedMetadataKey": indexed(p.string), "metadataKey": p.string, "metadataValue": p.bytes}),
}

export class Contract extends ContractBase {
}

/// Event types
export type RegisteredEventArgs = EParams<typeof events.Registered>
export type URIUpdatedEventArgs = EParams<typeof events.URIUpdated>
export type MetadataSetEventArgs = EParams<typeof events.MetadataSet>
