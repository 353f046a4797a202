import {judgeNode} from './nodePool'
import {isRpcFailure, type RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import type {RpcCall, RpcReply} from './rpcTransport'

/** What is learnt of a chain and its nodes while they are asked. */
export type AskingState = {
  /** Multicall3 is not there at this block and before. */
  multicallAbsentTo: number
  /** Nodes that take a block by number only (EIP-1898 is not theirs). */
  readonly byNumber: WeakSet<RpcNode>
}

export type Send = (calls: readonly RpcCall[]) => Promise<readonly RpcReply[]>

/** The failure when there were no replies, which the node is judged for. */
export async function reach(node: RpcNode, calls: readonly RpcCall[], send: Send): Promise<readonly RpcReply[] | RpcFailure> {
  try {
    return await send(calls)
  } catch (error) {
    if (!isRpcFailure(error)) throw error
    judgeNode(node, error)
    return error
  }
}
