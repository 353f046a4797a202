import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    AigcData: event("0x65deac95b53ba76b9cdc6cf446af81731e1218c91eaf9811a95d28bde23b893e", "AigcData(uint256,bytes,bytes,bytes)", {"tokenId": indexed(p.uint256), "prompt": indexed(p.bytes), "aigcData": indexed(p.bytes), "proof": p.bytes}),
    Update: event("0xd77aab0eeab3a3cbdac072fcdbc34709b18d6c4af91f7869c71cbbb13d71a6b9", "Update(uint256,bytes,bytes)", {"tokenId": indexed(p.uint256), "prompt": indexed(p.bytes), "aigcData": indexed(p.bytes)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type AigcDataEventArgs = EParams<typeof events.AigcData>
export type UpdateEventArgs = EParams<typeof events.Update>
