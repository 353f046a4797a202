import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    OrderFulfilled: event("0x9d9af8e38d66c62e2c12f0225249fd9d721c54b83f48d9352c97c6cacdcb6f31", "OrderFulfilled(bytes32,address,address,address,(uint8,address,uint256,uint256)[],(uint8,address,uint256,uint256,address)[])", {"orderHash": p.bytes32, "offerer": indexed(p.address), "zone": indexed(p.address), "recipient": p.address, "offer": p.array(p.struct({"itemType": p.uint8, "token": p.address, "identifier": p.uint256, "amount": p.uint256})), "consideration": p.array(p.struct({"itemType": p.uint8, "token": p.address, "identifier": p.uint256, "amount": p.uint256, "recipient": p.address}))}),
    OrdersMatched: event("0x4b9f2d36e1b4c93de62cc077b00b1a91d84b6c31b4a14e012718dcca230689e7", "OrdersMatched(bytes32[])", {"orderHashes": p.array(p.bytes32)}),
}

export class Contract extends ContractBase {
}

/// Event types
export type OrderFulfilledEventArgs = EParams<typeof events.OrderFulfilled>
export type OrdersMatchedEventArgs = EParams<typeof events.OrdersMatched>
