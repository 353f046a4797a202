import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    Mint: event("0x83fef9808ae10e73695fe6d88c16161b94df9c2be1eaf9626aab97b6fb7823a2", "Mint(uint256,bytes,bytes,string,bytes)", {"tokenId": indexed(p.uint256), "prompt": indexed(p.bytes), "aigcData": indexed(p.bytes), "uri": p.string, "proof": p.bytes}),
}

export class Contract extends ContractBase {
}

/// Event types
export type MintEventArgs = EParams<typeof events.Mint>
