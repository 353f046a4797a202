import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    ComboMinted: event("0x5b72a952c4f1f09a00a782d2a6290d6812c0c2027abc0b714d3ebd161b2e398e", "ComboMinted(address,uint256)", {"owner": indexed(p.address), "comboId": indexed(p.uint256)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type ComboMintedEventArgs = EParams<typeof events.ComboMinted>
