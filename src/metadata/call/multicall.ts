import {fun} from '@subsquid/evm-abi'
import {address, array, bool, bytes, struct} from '@subsquid/evm-codec'
import {id} from 'ethers'
import {type Address, type Hex, parseAddress} from '../../domain/hex'
import type {Call, CallResult, ContractReader, PinnedBlock} from '../ethCall'

/** Multicall3, at one address on every chain that has it: https://github.com/mds1/multicall3 */
const MULTICALL = parseAddress('0xca11bde05977b3631167028862be2a173976ca11')
const SIGNATURE = 'aggregate3((address,bool,bytes)[])'
/** ethers' codec takes ten times as long, which was a fifth of what a document costs. */
const AGGREGATE = fun(
  id(SIGNATURE).slice(0, 10),
  SIGNATURE,
  {calls: array(struct({target: address, allowFailure: bool, callData: bytes}))},
  array(struct({success: bool, returnData: bytes})),
)
const CHAIN_ID = id('getChainId()').slice(0, 10) as Hex
/** Contracts that are remembered as slow. */
const MOST_SLOW = 1_000
/** Digits of the offset and of the length that begin the answer. */
const HEAD = 2 + 2 * 64

export type BatchReader = Readonly<{
  /** Every call at one block, in order. @throws NodeUnavailable */
  fetchAll: (calls: readonly Call[], at: PinnedBlock) => Promise<readonly CallResult[]>
}>

/**
 * Many calls in one, where Multicall3 is deployed. A call that burns all gas or answers a megabyte spoils the batch that it is in: such a batch
 * is halved until the culprit is alone and asked directly, so that it costs its neighbours twice their number of requests at most. One that keeps
 * the node busy until it gives up costs time instead: its batch is quartered, all parts at once, and its contract is asked apart from then on.
 */
export function createBatchReader(reader: ContractReader): BatchReader {
  let deployed: boolean | null = null
  const slow = new Set<Address>()

  const fetchApart = async (calls: readonly Call[], at: PinnedBlock): Promise<readonly CallResult[]> => {
    const results = await reader.fetchCalls(calls, at)
    for (const [i, {to}] of calls.entries()) {
      const result = results[i]
      if (result?.ok) slow.delete(to)
      else if (result?.reason === 'unanswered' && slow.size < MOST_SLOW) slow.add(to)
    }
    return results
  }

  /** Once it is there it stays; where it is not it may come. */
  const isDeployed = async (at: PinnedBlock): Promise<boolean> => {
    if (deployed) return true
    const [answer] = await reader.fetchCalls([{to: MULTICALL, data: CHAIN_ID}], at)
    deployed = answer?.ok === true
    return deployed
  }

  const fetchBatch = async (calls: readonly Call[], at: PinnedBlock): Promise<readonly CallResult[]> => {
    if (calls.length <= 1) return fetchApart(calls, at)
    const [answer] = await reader.fetchCalls([{to: MULTICALL, data: encodeCalls(calls)}], at)
    const results = answer?.ok ? decodeResults(answer.data, calls.length) : null
    if (results) return results
    // At that block it was not there yet.
    if (answer?.ok === false && answer.reason === 'no_code') return fetchApart(calls, at)
    if (answer?.ok === false && answer.reason === 'unanswered')
      return (await Promise.all(splitInFour(calls).map((part) => fetchBatch(part, at)))).flat()
    const middle = calls.length >> 1
    return [...(await fetchBatch(calls.slice(0, middle), at)), ...(await fetchBatch(calls.slice(middle), at))]
  }

  const fetchTogether = async (calls: readonly Call[], at: PinnedBlock): Promise<readonly CallResult[]> =>
    calls.length > 1 && (await isDeployed(at)) ? fetchBatch(calls, at) : calls.length === 0 ? [] : fetchApart(calls, at)

  return {
    fetchAll: async (calls, at) => {
      const isApart = calls.map(({to}) => slow.has(to))
      if (!isApart.includes(true)) return fetchTogether(calls, at)
      const [together, apart] = [calls.filter((_, i) => !isApart[i]), calls.filter((_, i) => isApart[i])]
      const [quick, rest] = (await Promise.all([fetchTogether(together, at), fetchApart(apart, at)])).map((results) => results.values())
      return isApart.map((is) => (is ? rest : quick)?.next().value as CallResult)
    },
  }
}

const splitInFour = (calls: readonly Call[]): readonly (readonly Call[])[] => {
  const size = Math.ceil(calls.length / 4)
  return [0, 1, 2, 3].map((i) => calls.slice(i * size, (i + 1) * size)).filter((part) => part.length > 0)
}

const encodeCalls = (calls: readonly Call[]): Hex =>
  AGGREGATE.encode({calls: calls.map(({to, data}) => ({target: to, allowFailure: true, callData: data}))}) as Hex

/** Null for an answer that is none. A call that fails without a word reverted; one that succeeds without a word met no code. */
function decodeResults(data: Hex, count: number): readonly CallResult[] | null {
  // The decoder makes room for as many as are announced.
  if (data.length < HEAD || BigInt(`0x${data.slice(HEAD - 64, HEAD)}`) !== BigInt(count)) return null
  try {
    return AGGREGATE.decodeResult(data).map(({success, returnData}): CallResult => {
      if (!success) return {ok: false, reason: 'reverted'}
      return returnData === '0x' ? {ok: false, reason: 'no_code'} : {ok: true, data: returnData as Hex}
    })
  } catch {
    return null
  }
}
