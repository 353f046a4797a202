import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    TokenUriPinned: event("0xdafe56f3e547ebb1818fc8353ba53591db2528d41cbb7a35af2d9469f4490533", "TokenUriPinned(uint256,uint256)", {"tokenId": indexed(p.uint256), "index": indexed(p.uint256)}),
    TokenUriUnpinned: event("0xc4c6bc7f651e4303914b61cddcb11cf5e983ffce8f33c7fe68aeeae65bbb1d05", "TokenUriUnpinned(uint256)", {"tokenId": indexed(p.uint256)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type TokenUriPinnedEventArgs = EParams<typeof events.TokenUriPinned>
export type TokenUriUnpinnedEventArgs = EParams<typeof events.TokenUriUnpinned>
