import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    authorizeUser: event("0xbcc02b8cd3501e6cbb2d934653df3f1570726adb35ad89977e4e7484b9070235", "authorizeUser(uint256,address,string[],uint256)", {"tokenId": indexed(p.uint256), "user": indexed(p.address), "rights": p.array(p.string), "expires": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type AuthorizeUserEventArgs = EParams<typeof events.authorizeUser>
