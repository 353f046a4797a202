import type {Answer, PinnedQuestion} from '../domain/question'
import {type AskingState, reach} from './asking'
import {judgeCall} from './callReply'
import {MULTICALL3} from './multicall'
import type {NodePool} from './nodePool'
import {isRpcFailure} from './rpcFailure'

const MULTICALL_SIZE = 40
const WORTH_MULTICALL = 3

/** Several calls at one block go by Multicall3, where it is; what did not succeed there is asked again alone. */
export async function askTogether(
  pool: NodePool,
  questions: readonly PinnedQuestion[],
  state: AskingState,
  answers: (Answer | undefined)[],
): Promise<void> {
  const chunks = chunksOf(questions, state)
  if (chunks.length === 0) return
  // Most chains are never asked by it, and its coder is a third of what the gateway's thread would load at its start.
  const {decodeAggregate, encodeAggregate} = await import('./aggregateCalls.js')
  const node = await pool.acquire()
  if (state.byNumber.has(node)) return
  const replies = await reach(
    node,
    chunks.map(({block, members}) => ({
      method: 'eth_call',
      params: [{from: MULTICALL3, to: MULTICALL3, data: encodeAggregate(members)}, {blockHash: block.hash}],
    })),
    node.fetchReplies,
  )
  if (isRpcFailure(replies)) return
  for (const [c, {block, members}] of chunks.entries()) {
    const reply = replies[c]
    if (!reply?.ok) continue
    if (reply.result === '0x') state.multicallAbsentTo = Math.max(state.multicallAbsentTo, block.number)
    const results = typeof reply.result === 'string' ? decodeAggregate(reply.result, members.length) : null
    for (const [m, result] of (results ?? []).entries()) {
      const verdict = result.success ? judgeCall({ok: true, result: result.data}) : null
      if (verdict && 'answer' in verdict) answers[(members[m] as Member).i] = verdict.answer
    }
  }
}

type Member = Readonly<{i: number; to: string; data: string}>
type Chunk = Readonly<{block: PinnedQuestion['block']; members: readonly Member[]}>

function chunksOf(questions: readonly PinnedQuestion[], {multicallAbsentTo}: AskingState): readonly Chunk[] {
  const groups = new Map<string, {block: PinnedQuestion['block']; members: Member[]}>()
  for (const [i, question] of questions.entries()) {
    if (question.kind !== 'call' || question.block.number <= multicallAbsentTo) continue
    const group = groups.get(question.block.hash) ?? {block: question.block, members: []}
    groups.set(question.block.hash, group)
    group.members.push({i, to: question.to, data: question.data})
  }
  return [...groups.values()]
    .filter(({members}) => members.length >= WORTH_MULTICALL)
    .flatMap(({block, members}) =>
      Array.from({length: Math.ceil(members.length / MULTICALL_SIZE)}, (_, k) => ({
        block,
        members: members.slice(k * MULTICALL_SIZE, (k + 1) * MULTICALL_SIZE),
      })),
    )
}
