import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    RoyaltiesPaid: event("0x7a474f3ea7966b6a336a0169253a863c5bbe817379d3570951736f604adbe269", "RoyaltiesPaid(address,uint256,uint256)", {"tokenAddress": indexed(p.address), "tokenId": indexed(p.uint256), "amount": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type RoyaltiesPaidEventArgs = EParams<typeof events.RoyaltiesPaid>
