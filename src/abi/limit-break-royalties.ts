import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    DefaultRoyaltySet: event("0x8a8bae378cb731c5c40b632330c6836c2f916f48edb967699c86736f9a6a76ef", "DefaultRoyaltySet(address,uint96)", {"receiver": indexed(p.address), "feeNumerator": p.uint96}),
    TokenRoyaltySet: event("0x7f5b076c952c0ec86e5425963c1326dd0f03a3595c19f81d765e8ff559a6e33c", "TokenRoyaltySet(uint256,address,uint96)", {"tokenId": indexed(p.uint256), "receiver": indexed(p.address), "feeNumerator": p.uint96}),
    RoyaltySet: event("0x93c3d3c02f3e5b8ff28a98e2ff5dc3d9395f4f02af3a830c3789c8af25420253", "RoyaltySet(uint256,address,uint96)", {"tokenId": indexed(p.uint256), "receiver": indexed(p.address), "feeNumerator": p.uint96}),
}

export class Contract extends ContractBase {
}

/// Event types
export type DefaultRoyaltySetEventArgs = EParams<typeof events.DefaultRoyaltySet>
export type TokenRoyaltySetEventArgs = EParams<typeof events.TokenRoyaltySet>
export type RoyaltySetEventArgs = EParams<typeof events.RoyaltySet>
