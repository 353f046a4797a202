import {AbiCoder, id} from 'ethers'
import {type Hex, parseAddress} from '../../domain/hex'
import type {Call, CallResult, ContractReader, PinnedBlock} from '../ethCall'

/** Multicall3, at one address on every chain that has it: https://github.com/mds1/multicall3 */
const MULTICALL = parseAddress('0xca11bde05977b3631167028862be2a173976ca11')
const AGGREGATE = id('aggregate3((address,bool,bytes)[])').slice(0, 10)
const CHAIN_ID = id('getChainId()').slice(0, 10) as Hex
const CALLS = ['tuple(address target, bool allowFailure, bytes callData)[]']
const RESULTS = ['tuple(bool success, bytes returnData)[]']

export type BatchReader = Readonly<{
  /** Every call at one block, in order. @throws NodeUnavailable */
  fetchAll: (calls: readonly Call[], at: PinnedBlock) => Promise<readonly CallResult[]>
}>

/**
 * Many calls in one, where Multicall3 is deployed. A call that burns all gas or answers a megabyte spoils the batch that it is in: such a batch
 * is halved until the culprit is alone and asked directly, so that it costs its neighbours twice their number of requests at most.
 */
export function createBatchReader(reader: ContractReader): BatchReader {
  let deployed: boolean | null = null

  /** Once it is there it stays; where it is not it may come. */
  const isDeployed = async (at: PinnedBlock): Promise<boolean> => {
    if (deployed) return true
    const [answer] = await reader.fetchCalls([{to: MULTICALL, data: CHAIN_ID}], at)
    deployed = answer?.ok === true
    return deployed
  }

  const fetchBatch = async (calls: readonly Call[], at: PinnedBlock): Promise<readonly CallResult[]> => {
    if (calls.length <= 1) return reader.fetchCalls(calls, at)
    const [answer] = await reader.fetchCalls([{to: MULTICALL, data: encodeCalls(calls)}], at)
    const results = answer?.ok ? decodeResults(answer.data, calls.length) : null
    if (results) return results
    const middle = calls.length >> 1
    return [...(await fetchBatch(calls.slice(0, middle), at)), ...(await fetchBatch(calls.slice(middle), at))]
  }

  return {
    fetchAll: async (calls, at) =>
      calls.length > 1 && (await isDeployed(at)) ? fetchBatch(calls, at) : calls.length === 0 ? [] : reader.fetchCalls(calls, at),
  }
}

const encodeCalls = (calls: readonly Call[]): Hex =>
  `${AGGREGATE}${AbiCoder.defaultAbiCoder()
    .encode(CALLS, [calls.map(({to, data}) => [to, true, data])])
    .slice(2)}` as Hex

/** Null for an answer that is none. A call that fails without a word reverted; one that succeeds without a word met no code. */
function decodeResults(data: Hex, count: number): readonly CallResult[] | null {
  try {
    const [results] = AbiCoder.defaultAbiCoder().decode(RESULTS, data) as unknown as [readonly (readonly [boolean, Hex])[]]
    if (results.length !== count) return null
    return results.map(([isOk, answer]): CallResult => {
      if (!isOk) return {ok: false, reason: 'reverted'}
      return answer === '0x' ? {ok: false, reason: 'no_code'} : {ok: true, data: answer}
    })
  } catch {
    return null
  }
}
