import type {Hex} from '../../src/domain/hex'
import {type Answer, type Ask, NOT_ASKED} from '../../src/domain/question'
import type {SubsquidBlock} from '../../src/pipeline/handler'
import type {EventChain} from './eventChain'

/** Whole blocks of the chain, as the gateway hands them over. */
export async function readBlocks(chain: EventChain, sender: string): Promise<readonly SubsquidBlock[]> {
  const {height} = await chain.tip()
  const blocks: SubsquidBlock[] = []
  for (let n = 0; n <= height; n++) {
    const number = `0x${n.toString(16)}`
    const header = (await chain.rpc('eth_getBlockByNumber', number, false)) as {hash: string; parentHash: string; timestamp: string}
    const logs = (await chain.rpc('eth_getLogs', {fromBlock: number, toBlock: number})) as readonly {logIndex: string}[]
    blocks.push({
      header: {...header, height: n, timestamp: Number(header.timestamp) * 1000},
      logs: logs.map((log) => ({...log, logIndex: Number(log.logIndex), transaction: {from: sender}})),
    } as unknown as SubsquidBlock)
  }
  return blocks
}

/** The chain itself, asked at the block of the log. */
export const askerOf =
  (chain: EventChain): Ask =>
  (questions) =>
    Promise.all(
      questions.map(async (question): Promise<Answer> => {
        if (question.kind === 'input') return NOT_ASKED
        const {to, data, block} = question
        const answer = (await chain.rpc('eth_call', {to, data}, {blockHash: block.hash}).catch(() => null)) as Hex | null
        return answer === null ? {ok: false, reason: 'reverted'} : {ok: true, data: answer}
      }),
    )
