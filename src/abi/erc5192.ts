import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    Locked: event("0x032bc66be43dbccb7487781d168eb7bda224628a3b2c3388bdf69b532a3a1611", "Locked(uint256)", {"tokenId": p.uint256}),
    Unlocked: event("0xf27b6ce5b2f5e68ddb2fd95a8a909d4ecf1daaac270935fff052feacb24f1842", "Unlocked(uint256)", {"tokenId": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type LockedEventArgs = EParams<typeof events.Locked>
export type UnlockedEventArgs = EParams<typeof events.Unlocked>
