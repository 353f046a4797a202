import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    RoyaltyPaid: event("0xa3acc6b7f3ea8e264c0cd03337cc54765023f009bf8060aca0dbd690b2ee71c7", "RoyaltyPaid(address,address,address,address,uint256,uint256)", {"receiverIpId": p.address, "payerIpId": p.address, "sender": p.address, "token": p.address, "amount": p.uint256, "amountAfterFee": p.uint256}),
    LicenseMintingFeePaid: event("0xdeeeddde87dde665dcee3ca53037b2c4b1e35224f404cea3b46d43b2f886de37", "LicenseMintingFeePaid(address,address,address,uint256,uint256)", {"receiverIpId": p.address, "payer": p.address, "token": p.address, "amount": p.uint256, "amountAfterFee": p.uint256}),
}

export class Contract extends ContractBase {
}

/// Event types
export type RoyaltyPaidEventArgs = EParams<typeof events.RoyaltyPaid>
export type LicenseMintingFeePaidEventArgs = EParams<typeof events.LicenseMintingFeePaid>
