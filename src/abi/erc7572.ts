import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    ContractURIUpdated: event("0xa5d4097edda6d87cb9329af83fb3712ef77eeb13738ffe43cc35a4ce305ad962", "ContractURIUpdated()", {}),
}

export class Contract extends ContractBase {
}

/// Event types
export type ContractURIUpdatedEventArgs = EParams<typeof events.ContractURIUpdated>
