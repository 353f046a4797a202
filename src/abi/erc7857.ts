import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    Transferred: event("0x0ea8df787dde63a7bdc34d17097adf25749a3521f660e92dabdff8d6ee91d18a", "Transferred(uint256,address,address)", {"_tokenId": p.uint256, "_from": indexed(p.address), "_to": indexed(p.address)}),
    Cloned: event("0x40b442ee2bb535802063305b95f127b5101e5fce261a5dec9379683eaaad8cdb", "Cloned(uint256,uint256,address,address)", {"_tokenId": indexed(p.uint256), "_newTokenId": indexed(p.uint256), "_from": p.address, "_to": p.address}),
    Authorization: event("0x8a1c60ca1a16acd72d841a74fa5905de3938132b0b2ff6cb385a7e69af345fc9", "Authorization(address,address,uint256)", {"_from": indexed(p.address), "_to": indexed(p.address), "_tokenId": indexed(p.uint256)}),
    AuthorizationRevoked: event("0xd1662978c81e15f621e7a38524048493c6e86d91a24a29619d164bef0a8d0a98", "AuthorizationRevoked(address,address,uint256)", {"_from": indexed(p.address), "_to": indexed(p.address), "_tokenId": indexed(p.uint256)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type TransferredEventArgs = EParams<typeof events.Transferred>
export type ClonedEventArgs = EParams<typeof events.Cloned>
export type AuthorizationEventArgs = EParams<typeof events.Authorization>
export type AuthorizationRevokedEventArgs = EParams<typeof events.AuthorizationRevoked>
