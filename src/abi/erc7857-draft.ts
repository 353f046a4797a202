import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    Minted: event("0xcb9756002590cab7e347aba50c8d0201c82c6d4f63bae0a7352c7b296b384136", "Minted(uint256,address,bytes32[])", {"_tokenId": indexed(p.uint256), "_creator": indexed(p.address), "_dataHashes": p.array(p.bytes32)}),
    AuthorizedUsage: event("0x32a4407627195670dd4c989ee38441e11ab643ccd4759c25d9c0bd6a635039db", "AuthorizedUsage(uint256,address)", {"_tokenId": indexed(p.uint256), "_user": indexed(p.address)}),
    Updated: event("0x51fa73895ca2bd4c7f525775384b199b6047f069e662b82aa9e1b0998b9c2975", "Updated(uint256,bytes32[],bytes32[])", {"_tokenId": indexed(p.uint256), "_oldDataHashes": p.array(p.bytes32), "_newDataHashes": p.array(p.bytes32)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type MintedEventArgs = EParams<typeof events.Minted>
export type AuthorizedUsageEventArgs = EParams<typeof events.AuthorizedUsage>
export type UpdatedEventArgs = EParams<typeof events.Updated>
