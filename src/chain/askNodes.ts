import type {Answer, NoAnswer, PinnedQuestion} from '../domain/question'
import {type AskingState, reach, type Send} from './asking'
import {askTogether} from './askTogether'
import {toQuantity} from './blockRange'
import {judgeCall, judgeInput, type ReplyVerdict} from './callReply'
import {MULTICALL3} from './multicall'
import type {NodePool} from './nodePool'
import type {RpcNode} from './rpcNode'
import {parseHeader} from './rpcShapes'
import type {RpcCall, RpcReply} from './rpcTransport'

/** Gas of one call, which bounds what a contract can make a node and us do: two megabytes of memory, a million steps. */
const CALL_GAS = '0x989680'
/** Turns in which every node had its chance. A block of a moment ago may not have reached the others. */
const MAX_TURNS = 12
const TURN_PAUSE_MS = 250
const REFUSED_TURNS = 3
/** For a question that is asked alone because it did not go well together with others. */
const ALONE_MS = 10_000
const RECENT_BLOCKS = 12

/**
 * Asks whichever node answers. As long as none is reachable this waits, as reading logs does; but what every reachable node fails at, again
 * and again, is an outcome: a question can cost a few seconds and never a standstill.
 */
export async function askNodes(pool: NodePool, questions: readonly PinnedQuestion[], state: AskingState): Promise<readonly Answer[]> {
  const answers: (Answer | undefined)[] = questions.map(() => undefined)
  await askTogether(pool, questions, state, answers)
  const troubles: NoAnswer[] = questions.map(() => 'refused')
  const avoid = new Set<string>()
  for (let turn = 0; turn < MAX_TURNS; ) {
    const open = questions.flatMap((question, i) => (answers[i] ? [] : [{question, i}]))
    if (open.length === 0) break
    const node = await pool.acquire({avoid})
    const isLast = avoid.has(node.name) || avoid.size + 1 >= pool.nodes.length
    avoid.add(node.name)
    const verdicts = (await askOne(node, open, state)) ?? (await askApart(node, open, state))
    for (const [k, verdict] of (verdicts ?? []).entries()) {
      const {i} = open[k] as {i: number}
      if ('answer' in verdict) answers[i] = verdict.answer
      else if (verdict.trouble !== 'unavailable') troubles[i] = verdict.trouble
    }
    if (!isLast) continue
    avoid.clear()
    // Nobody could be asked: that is the nodes' trouble, and no turn.
    if (verdicts !== null) turn = isSettled({open, answers, troubles, node, turn}) ? MAX_TURNS : turn + 1
    if (turn < MAX_TURNS) await new Promise((resolve) => setTimeout(resolve, TURN_PAUSE_MS))
  }
  return answers.map((answer, i) => answer ?? {ok: false, reason: troubles[i] ?? 'refused'})
}

type Open = readonly Readonly<{question: PinnedQuestion; i: number}>[]

type Turn = Readonly<{
  open: Open
  answers: readonly (Answer | undefined)[]
  troubles: readonly NoAnswer[]
  node: RpcNode
  turn: number
}>

/** Whether another turn could bring nothing more: what an old block lacks, or a method, does not come back. */
const isSettled = ({open, answers, troubles, node, turn}: Turn): boolean =>
  open.every(
    ({question, i}) =>
      answers[i] !== undefined ||
      troubles[i] === 'unsupported' ||
      (troubles[i] === 'refused' && turn >= REFUSED_TURNS) ||
      (troubles[i] === 'no_state' && question.block.number + RECENT_BLOCKS < node.state().head),
  )

/** One question that a node does not come to an end with must not keep the others from their answers. Null when the node is not there at all. */
async function askApart(node: RpcNode, open: Open, state: AskingState): Promise<readonly ReplyVerdict[] | null> {
  const verdicts: ReplyVerdict[] = []
  for (const one of open) {
    const verdict = await askOne(node, [one], state, (calls) => node.probe(calls, ALONE_MS))
    if (!verdict && !(await isThere(node))) return null
    verdicts.push(verdict?.[0] ?? {answer: {ok: false, reason: 'refused'}})
  }
  return verdicts
}

const isThere = (node: RpcNode): Promise<boolean> =>
  node.probe([{method: 'eth_chainId', params: []}], ALONE_MS).then(
    ([reply]) => reply?.ok === true,
    () => false,
  )

/** Null when the node was not reached. */
async function askOne(
  node: RpcNode,
  open: Open,
  state: AskingState,
  send: Send = node.fetchReplies,
): Promise<readonly ReplyVerdict[] | null> {
  const pinning = state.byNumber.has(node) ? 'number' : 'hash'
  const calls = open.flatMap(({question}) => buildCalls(question, pinning))
  const replies = await reach(node, calls, send)
  if (!replies) return null
  let at = 0
  const verdicts = open.map(({question}): ReplyVerdict => {
    if (question.kind === 'input') return judgeInput(replies[at++])
    const verdict = judgeCall(replies[at++])
    return pinning === 'hash' || isSameBlock(replies[at++], question) ? verdict : {trouble: 'no_state'}
  })
  const isRefused = pinning === 'hash' && open.some(({question}, i) => question.kind === 'call' && isTrouble(verdicts[i], 'refused'))
  if (!isRefused) return verdicts
  // Perhaps it was the way of naming the block that was refused.
  state.byNumber.add(node)
  const again = await askOne(node, open, state, send)
  if (!again?.some((verdict, i) => open[i]?.question.kind === 'call' && 'answer' in verdict)) state.byNumber.delete(node)
  return again
}

const isTrouble = (verdict: ReplyVerdict | undefined, trouble: NoAnswer): boolean =>
  verdict !== undefined && 'trouble' in verdict && verdict.trouble === trouble

/**
 * Multicall3 is the caller also of what is called directly, so that a contract that looks who calls it says the same however calls are put
 * together. By number, the block's hash is asked for with the call.
 */
function buildCalls(question: PinnedQuestion, pinning: 'hash' | 'number'): readonly RpcCall[] {
  if (question.kind === 'input') return [{method: 'eth_getTransactionByHash', params: [question.transactionHash]}]
  const {to, data, block} = question
  const number = toQuantity(block.number)
  const call = (at: unknown): RpcCall => ({method: 'eth_call', params: [{from: MULTICALL3, to, data, gas: CALL_GAS}, at]})
  if (pinning === 'hash') return [call({blockHash: block.hash})]
  return [call(number), {method: 'eth_getBlockByNumber', params: [number, false]}]
}

function isSameBlock(reply: RpcReply | undefined, {block}: PinnedQuestion): boolean {
  try {
    return reply?.ok === true && parseHeader(reply.result, block.number).hash === block.hash
  } catch {
    return false
  }
}
