import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    Mint: event("0xd36fec71d853cae36025f0a160198758e6fddfc6f6db5628a53c044b15b1cb04", "Mint(address,uint256,bytes,bytes,string,bytes)", {"to": indexed(p.address), "tokenId": indexed(p.uint256), "prompt": indexed(p.bytes), "aigcData": p.bytes, "uri": p.string, "proof": p.bytes}),
    Update: event("0x6451b53296db881d162143f1e29a93ba2f1a4df5b769a7c8e535fe416f423531", "Update(uint256,bytes,bytes,string)", {"tokenId": indexed(p.uint256), "prompt": indexed(p.bytes), "aigcData": indexed(p.bytes), "uri": p.string}),
}

export class Contract extends ContractBase {
}

/// Event types
export type MintEventArgs = EParams<typeof events.Mint>
export type UpdateEventArgs = EParams<typeof events.Update>
