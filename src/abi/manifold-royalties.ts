import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    RoyaltyOverride: event("0x22fb05840ad0d4b2be640c56e11065f26b799d2918d8f81190416f62b154b9c6", "RoyaltyOverride(address,address,address)", {"owner": p.address, "tokenAddress": p.address, "royaltyAddress": p.address}),
    TokenRoyaltySet: event("0x389b70fb0887f01e83784eb1c4c589f740eca53b00ed0f45e41db5d079719abb", "TokenRoyaltySet(uint256,address,uint16)", {"tokenId": p.uint256, "recipient": p.address, "bps": p.uint16}),
    DefaultRoyaltySet: event("0x2c5ea6e4103e78cb101e796fb2dace540362fc542cbff5145eaa24af7dd8fe41", "DefaultRoyaltySet(address,uint16)", {"recipient": p.address, "bps": p.uint16}),
    TokenRoyaltyRemoved: event("0xa2870857763bd9ae76c957f869f16b31c18dd3bb4c7b4d3a4496dc5c57c657f9", "TokenRoyaltyRemoved(uint256)", {"tokenId": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type RoyaltyOverrideEventArgs = EParams<typeof events.RoyaltyOverride>
export type TokenRoyaltySetEventArgs = EParams<typeof events.TokenRoyaltySet>
export type DefaultRoyaltySetEventArgs = EParams<typeof events.DefaultRoyaltySet>
export type TokenRoyaltyRemovedEventArgs = EParams<typeof events.TokenRoyaltyRemoved>
