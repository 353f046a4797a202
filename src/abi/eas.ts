import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    Attested: event("0x8bf46bf4cfd674fa735a3d63ec1c9ad4153f033c290341f3a588b75685141b35", "Attested(address,address,bytes32,bytes32)", {"recipient": indexed(p.address), "attester": indexed(p.address), "uid": p.bytes32, "schemaUID": indexed(p.bytes32)}),
    Revoked: event("0xf930a6e2523c9cc298691873087a740550b8fc85a0680830414c148ed927f615", "Revoked(address,address,bytes32,bytes32)", {"recipient": indexed(p.address), "attester": indexed(p.address), "uid": p.bytes32, "schemaUID": indexed(p.bytes32)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type AttestedEventArgs = EParams<typeof events.Attested>
export type RevokedEventArgs = EParams<typeof events.Revoked>
