import * as p from '@subsquid/evm-codec'
import { event, fun, viewFun, indexed, ContractBase } from '@subsquid/evm-abi'
import type { EventParams as EParams, FunctionArguments, FunctionReturn } from '@subsquid/evm-abi'

export const events = {
    AICallbackRequest: event("0x849aa5adc3bf6a75cb08afbf31d88d1528c274e5d84e3d4355d23d8e9ebd649b", "AICallbackRequest(address,uint256,uint256,bytes,address,uint64,bytes)", {"account": indexed(p.address), "requestId": indexed(p.uint256), "modelId": p.uint256, "input": p.bytes, "callbackContract": p.address, "gasLimit": p.uint64, "callbackData": p.bytes}),
    AICallbackResult: event("0xb7b413554c4e94c80cfbb175a0e4727f2f425d29b980195c49dac293c2914fc0", "AICallbackResult(address,uint256,address,bytes)", {"account": indexed(p.address), "requestId": indexed(p.uint256), "invoker": p.address, "output": p.bytes}),
}

export class Contract extends ContractBase {
}

/// Event types
export type AICallbackRequestEventArgs = EParams<typeof events.AICallbackRequest>
export type AICallbackResultEventArgs = EParams<typeof events.AICallbackResult>
