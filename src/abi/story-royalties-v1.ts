import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    RoyaltyPaid: event("0xe0ee75d70c5bcafc95db3e81961af1375efcd0e19fbfd7cae8a85f41c68e2d2d", "RoyaltyPaid(address,address,address,address,uint256)", {"receiverIpId": p.address, "payerIpId": p.address, "sender": p.address, "token": p.address, "amount": p.uint256}),
    LicenseMintingFeePaid: event("0x6d0da56cef79c5ded8a144464d37388ba6113852dd5c33ad704b258a371a4e8a", "LicenseMintingFeePaid(address,address,address,uint256)", {"receiverIpId": p.address, "payer": p.address, "token": p.address, "amount": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type RoyaltyPaidEventArgs = EParams<typeof events.RoyaltyPaid>
export type LicenseMintingFeePaidEventArgs = EParams<typeof events.LicenseMintingFeePaid>
