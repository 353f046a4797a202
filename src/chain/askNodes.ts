import type {Address, Hash32} from '../domain/hex'
import type {Answer, NoAnswer, PinnedQuestion} from '../domain/question'
import {type AskingState, reach, type Send} from './asking'
import {askTogether} from './askTogether'
import {toQuantity} from './blockRange'
import {judgeCall, judgeError, judgeInput, type ReplyVerdict} from './callReply'
import {MULTICALL3} from './multicall'
import type {NodePool} from './nodePool'
import {isRpcFailure, type RpcFailure} from './rpcFailure'
import type {RpcNode} from './rpcNode'
import {parseHeader} from './rpcShapes'
import type {RpcCall, RpcReply} from './rpcTransport'

/** Gas of one call, which bounds what a contract can make a node and us do: two megabytes of memory, a million steps. */
const CALL_GAS = '0x989680'
/** Turns in which every node had its chance. A block of a moment ago may not have reached the others. */
const MAX_TURNS = 12
const TURN_PAUSE_MS = 250
const REFUSED_TURNS = 4
/** For a question that is asked alone because it did not go well together with others. */
const ALONE_MS = 10_000
const RECENT_BLOCKS = 12

/**
 * Asks whichever node answers. As long as none is well this waits, as reading logs does, for an outcome is kept for good; but what every
 * node fails at that is otherwise well, again and again, is an outcome: a question can cost a few seconds and never a standstill.
 */
export async function askNodes(pool: NodePool, questions: readonly PinnedQuestion[], state: AskingState): Promise<readonly Answer[]> {
  const answers: (Answer | undefined)[] = questions.map(() => undefined)
  await askTogether(pool, questions, state, answers)
  const all = questions.map((question, i): OpenQuestion => ({question, i, turns: 0, trouble: null, isUnheard: false}))
  const avoid = new Set<string>()
  for (;;) {
    const open = all.filter(({i}) => !answers[i])
    if (open.length === 0) return answers as readonly Answer[]
    const node = await pool.acquire({avoid})
    const isLast = avoid.has(node.name) || avoid.size + 1 >= pool.nodes.length
    avoid.add(node.name)
    const together = await askOne(node, open, state)
    const verdicts = isRpcFailure(together) ? await askApart(node, open, state) : together
    for (const [k, one] of open.entries()) {
      const verdict = verdicts[k] ?? UNAVAILABLE
      if ('answer' in verdict) answers[one.i] = verdict.answer
      else if (verdict.trouble === 'unavailable') one.isUnheard = true
      else one.trouble = verdict.trouble
    }
    if (!isLast) continue
    avoid.clear()
    for (const one of open) answers[one.i] ??= endTurn(one, node.state().head)
    if (open.some(({i}) => !answers[i])) await new Promise((resolve) => setTimeout(resolve, TURN_PAUSE_MS))
  }
}

type OpenQuestion = {
  readonly question: PinnedQuestion
  readonly i: number
  /** In which every node that was asked had something to say of it. */
  turns: number
  trouble: NoAnswer | null
  /** A node of this turn was not well. */
  isUnheard: boolean
}
type Open = readonly OpenQuestion[]

const UNAVAILABLE: ReplyVerdict = {trouble: 'unavailable'}

/** The outcome, when another turn could bring nothing more. A turn in which a node was not well counts for nothing. */
function endTurn(one: OpenQuestion, head: number): Answer | undefined {
  const {question, trouble, isUnheard} = one
  one.isUnheard = false
  if (!trouble || isUnheard) return undefined
  one.turns += 1
  return one.turns >= turnsFor(trouble, question, head) ? {ok: false, reason: trouble} : undefined
}

/** What an old block lacks, or a method, does not come back. */
function turnsFor(trouble: NoAnswer, {block}: PinnedQuestion, head: number): number {
  if (trouble === 'unsupported') return 1
  if (trouble === 'refused') return REFUSED_TURNS
  return trouble === 'no_state' && block.number + RECENT_BLOCKS < head ? 1 : MAX_TURNS
}

/** One question that a node does not come to an end with must not keep the others from their answers. Ends where the node is not well. */
async function askApart(node: RpcNode, open: Open, state: AskingState): Promise<readonly ReplyVerdict[]> {
  const verdicts: ReplyVerdict[] = []
  for (const {question} of open) {
    const asked = await askAlone(node, question, state)
    const verdict = isRpcFailure(asked) ? await judgeFailure(node, question, state, asked) : asked[0]
    if (!verdict) break
    verdicts.push(verdict)
  }
  return verdicts
}

/** Whether it is the question that a node fails at. Undefined when it fails at a harmless one of the same kind and block too. */
async function judgeFailure(
  node: RpcNode,
  question: PinnedQuestion,
  state: AskingState,
  {kind, isTimeout}: RpcFailure,
): Promise<ReplyVerdict | undefined> {
  if (kind === 'rateLimited') return undefined
  const asked = await askAlone(node, harmlessLike(question), state)
  const isWell = !isRpcFailure(asked) && !isTrouble(asked[0], 'unavailable')
  // A contract that keeps a node busy must not do so a second time; it may keep it from every other call meanwhile.
  if (isTimeout && isWell) return {answer: {ok: false, reason: 'refused'}}
  return isWell || (isTimeout && (await isThere(node))) ? {trouble: 'refused'} : undefined
}

const harmlessLike = (question: PinnedQuestion): PinnedQuestion =>
  question.kind === 'input'
    ? {...question, transactionHash: `0x${'0'.repeat(64)}` as Hash32}
    : {...question, to: `0x${'0'.repeat(40)}` as Address, data: '0x'}

const isThere = (node: RpcNode): Promise<boolean> =>
  node.probe([{method: 'eth_chainId', params: []}], ALONE_MS).then(
    ([reply]) => reply?.ok === true,
    () => false,
  )

const askAlone = (node: RpcNode, question: PinnedQuestion, state: AskingState) =>
  askOne(node, [{question}], state, (calls) => node.probe(calls, ALONE_MS))

/** The failure when there were no replies. */
async function askOne(
  node: RpcNode,
  open: readonly Readonly<{question: PinnedQuestion}>[],
  state: AskingState,
  send: Send = node.fetchReplies,
): Promise<readonly ReplyVerdict[] | RpcFailure> {
  const pinning = state.byNumber.has(node) ? 'number' : 'hash'
  const calls = open.flatMap(({question}) => buildCalls(question, pinning))
  const replies = await reach(node, calls, send)
  if (isRpcFailure(replies)) return replies
  let at = 0
  const verdicts = open.map(({question}): ReplyVerdict => {
    if (question.kind === 'input') return judgeInput(replies[at++])
    const verdict = judgeCall(replies[at++])
    return pinning === 'hash' ? verdict : (judgeBlock(replies[at++], question) ?? verdict)
  })
  const isRefused = pinning === 'hash' && open.some(({question}, i) => question.kind === 'call' && isTrouble(verdicts[i], 'refused'))
  if (!isRefused) return verdicts
  // Perhaps it was the way of naming the block that was refused.
  state.byNumber.add(node)
  const again = await askOne(node, open, state, send)
  if (isRpcFailure(again) || !again.some((verdict, i) => open[i]?.question.kind === 'call' && 'answer' in verdict))
    state.byNumber.delete(node)
  return again
}

const isTrouble = (verdict: ReplyVerdict | undefined, trouble: NoAnswer | 'unavailable'): boolean =>
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

/** Null when the node's block of that number is the question's. */
function judgeBlock(reply: RpcReply | undefined, {block}: PinnedQuestion): ReplyVerdict | null {
  if (reply && !reply.ok && isTrouble(judgeError(reply.error), 'unavailable')) return UNAVAILABLE
  try {
    return reply?.ok === true && parseHeader(reply.result, block.number).hash === block.hash ? null : {trouble: 'no_state'}
  } catch {
    return {trouble: 'no_state'}
  }
}
