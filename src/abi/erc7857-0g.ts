import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    Minted: event("0x531bd8ca2b17505aaa50d843fabe2dfd9a3bb9e20c511d2288b24bd484861b02", "Minted(uint256,address,address,bytes32[],string[])", {"_tokenId": indexed(p.uint256), "_creator": indexed(p.address), "_owner": indexed(p.address), "_dataHashes": p.array(p.bytes32), "_dataDescriptions": p.array(p.string)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type MintedEventArgs = EParams<typeof events.Minted>
