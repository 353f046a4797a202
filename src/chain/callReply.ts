import type {Answer, NoAnswer} from '../domain/question'
import {isRevert} from './revertWords'
import {parseRpcError, type RpcErrorBody} from './rpcErrors'
import type {RpcReply} from './rpcTransport'

/**
 * What a node's reply says: an answer, or why this node has none, so that another may be asked. `unavailable` is the node's own trouble of
 * the moment, and says nothing of the question.
 */
export type ReplyVerdict = Readonly<{answer: Answer}> | Readonly<{trouble: NoAnswer | 'unavailable'}>

/** Past this a contract's answer is not read: no terms, attestation or prompt needs it. In bytes. */
const MAX_ANSWER = 64 * 1024
/** A transaction's input may hold a prompt among other things. */
const MAX_INPUT = 256 * 1024

/**
 * Words by which nodes say that they keep no state of that block (go-ethereum, Erigon, Nethermind, Besu, reth, anvil), beyond those of
 * rpcErrors, which are also said of blocks that are not there yet.
 */
const NO_STATE =
  /missing trie node|no state|world state|historical state|state .{0,30}(un|not )available|archive|pruned|out ?of ?range|resource not found|too old|distance to target block/i

export function judgeCall(reply: RpcReply | undefined): ReplyVerdict {
  if (reply?.ok) return answerOf(reply.result, MAX_ANSWER)
  return judgeError(reply?.error ?? null)
}

/** Of eth_getTransactionByHash. */
export function judgeInput(reply: RpcReply | undefined): ReplyVerdict {
  if (!reply?.ok) return judgeError(reply?.error ?? null)
  if (reply.result === null) return {trouble: 'no_state'}
  const transaction = reply.result as {readonly input?: unknown; readonly data?: unknown}
  return answerOf(transaction.input ?? transaction.data, MAX_INPUT)
}

function answerOf(result: unknown, maxBytes: number): ReplyVerdict {
  if (typeof result !== 'string' || !/^0x/.test(result)) return {trouble: 'refused'}
  if (result === '0x') return {answer: {ok: false, reason: 'empty'}}
  if (result.length > 2 + 2 * maxBytes) return {answer: {ok: false, reason: 'too_large'}}
  const data = result.toLowerCase()
  return /^0x([0-9a-f]{2})+$/.test(data) ? {answer: {ok: true, data: data as `0x${string}`}} : {trouble: 'refused'}
}

export function judgeError(error: RpcErrorBody | null): ReplyVerdict {
  if (!error) return {trouble: 'refused'}
  const {kind, isTimeout} = parseRpcError(error)
  // A contract may revert in any words.
  if (kind === 'rateLimited' && !isRevert(error)) return {trouble: 'unavailable'}
  // Before "revert": a node that lacks the state may say that it reverted to something.
  if (NO_STATE.test(error.message)) return {trouble: 'no_state'}
  if (isRevert(error)) return {answer: {ok: false, reason: 'reverted'}}
  if (kind === 'behind') return {trouble: 'no_state'}
  if (kind === 'tooManyResults' && !isTimeout) return {answer: {ok: false, reason: 'too_large'}}
  return {trouble: kind === 'unsupported' ? 'unsupported' : 'refused'}
}
