import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    CreateSplit: event("0x8d5f9943c664a3edaf4d3eb18cc5e2c45a7d2dc5869be33d33bbc0fff9bc2590", "CreateSplit(address)", {"split": indexed(p.address)}),
    UpdateSplit: event("0x45e1e99513dd915ac128b94953ca64c6375717ea1894b3114db08cdca51debd2", "UpdateSplit(address)", {"split": indexed(p.address)}),
    DistributeETH: event("0x87c3ca0a87d9b82033e4bc55e6d30621f8d7e0c9d8ca7988edfde8932787b77b", "DistributeETH(address,uint256,address)", {"split": indexed(p.address), "amount": p.uint256, "distributorAddress": indexed(p.address)}),
    DistributeERC20: event("0xb5ee5dc3d2c31a019bbf2c787e0e9c97971c96aceea1c38c12fc8fd25c536d46", "DistributeERC20(address,address,uint256,address)", {"split": indexed(p.address), "token": indexed(p.address), "amount": p.uint256, "distributorAddress": indexed(p.address)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type CreateSplitEventArgs = EParams<typeof events.CreateSplit>
export type UpdateSplitEventArgs = EParams<typeof events.UpdateSplit>
export type DistributeETHEventArgs = EParams<typeof events.DistributeETH>
export type DistributeERC20EventArgs = EParams<typeof events.DistributeERC20>
