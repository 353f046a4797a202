import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    UpdateUser: event("0x4e06b4e7000e659094299b3533b47b6aa8ad048e95e872d23d1f4ee55af89cfe", "UpdateUser(uint256,address,uint64)", {"tokenId": indexed(p.uint256), "user": indexed(p.address), "expires": p.uint64}),
}

export class Contract extends ContractBase {
}

/// Event types
export type UpdateUserEventArgs = EParams<typeof events.UpdateUser>
