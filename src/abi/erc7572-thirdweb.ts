import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    ContractURIUpdated: event("0xc9c7c3fe08b88b4df9d4d47ef47d2c43d55c025a0ba88ca442580ed9e7348a16", "ContractURIUpdated(string,string)", {"prevURI": p.string, "newURI": p.string}),
}

export class Contract extends ContractBase {
}

/// Event types
export type ContractURIUpdatedEventArgs = EParams<typeof events.ContractURIUpdated>
