import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    AigcData: event("0x65deac95b53ba76b9cdc6cf446af81731e1218c91eaf9811a95d28bde23b893e", "AigcData(uint256,bytes,bytes,bytes)", {"tokenId": p.uint256, "prompt": p.bytes, "aigcData": p.bytes, "proof": p.bytes}),
}

export class Contract extends ContractBase {
}

/// Event types
export type AigcDataEventArgs = EParams<typeof events.AigcData>
