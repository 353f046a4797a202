import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    CreateUserRecord: event("0xaa05e03d03c60cd1d2749f96e50df9c0f2910357e2213b7fbb8c838c9e207d07", "CreateUserRecord(uint256,uint256,uint64,address,address,uint64)", {"recordId": p.uint256, "tokenId": p.uint256, "amount": p.uint64, "owner": p.address, "user": p.address, "expiry": p.uint64}),
    DeleteUserRecord: event("0xe5e4cc148925690191c27bf527786e1ffbc70eb2e0e1efc9cafc6429b1ee777a", "DeleteUserRecord(uint256)", {"recordId": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type CreateUserRecordEventArgs = EParams<typeof events.CreateUserRecord>
export type DeleteUserRecordEventArgs = EParams<typeof events.DeleteUserRecord>
