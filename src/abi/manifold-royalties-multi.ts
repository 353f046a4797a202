import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    TokenRoyaltySet: event("0xcf9ad0347321e7c1b1dafcb3bcc9dd19dec7452e229265257cf7a85ed7f03a8f", "TokenRoyaltySet(uint256,uint16,(address,uint16)[])", {"tokenId": p.uint256, "royaltyBPS": p.uint16, "recipients": p.array(p.struct({"recipient": p.address, "bps": p.uint16}))}),
    DefaultRoyaltySet: event("0xbf01bc9c369732bad663e53aa98fde6b4b1b097e2df0a77c3fc1ac113f26a085", "DefaultRoyaltySet(uint16,(address,uint16)[])", {"royaltyBPS": p.uint16, "recipients": p.array(p.struct({"recipient": p.address, "bps": p.uint16}))}),
}

export class Contract extends ContractBase {
}

/// Event types
export type TokenRoyaltySetEventArgs = EParams<typeof events.TokenRoyaltySet>
export type DefaultRoyaltySetEventArgs = EParams<typeof events.DefaultRoyaltySet>
