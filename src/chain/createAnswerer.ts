import {type Answer, type Ask, NOT_ASKED, type PinnedQuestion} from '../domain/question'
import type {AskingState} from './asking'
import {askNodes} from './askNodes'
import {openCallMemo} from './callMemo'
import type {Note} from './gatewayNote'
import type {NodePool} from './nodePool'

/** From the memo, else from the nodes. What was answered once, "no state" too, is answered the same for as long as the memo is kept. */
export function createAnswerer(pool: NodePool, {cacheDir, chainId}: Readonly<{cacheDir: string | null; chainId: number}>, note: Note): Ask {
  const memo = openCallMemo(cacheDir, chainId, (error) => note('error', 'what the chain answered cannot be kept', {reason: error.message}))
  const state: AskingState = {multicallAbsentTo: -1, byNumber: new WeakSet()}
  return async (questions) => {
    if (pool.nodes.length === 0) return questions.map(() => NOT_ASKED)
    const known: (Answer | undefined)[] = []
    for (const question of questions) known.push(await memo.recall(question))
    const open = questions.flatMap((question, i) => (known[i] ? [] : [question]))
    if (open.length === 0) return known as readonly Answer[]
    const fresh = await askNodes(pool, open, state)
    await memo.keep(open.map((question, i): readonly [PinnedQuestion, Answer] => [question, fresh[i] as Answer]))
    let next = 0
    return known.map((answer) => answer ?? (fresh[next++] as Answer))
  }
}
