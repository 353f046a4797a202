import {fun} from '@subsquid/evm-abi'
import {address, array, bool, bytes, struct} from '@subsquid/evm-codec'
import {id} from 'ethers'
import {type Hex, parseAddress} from '../../domain/hex'
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
/** Digits of the offset and of the length that begin the answer. */
const HEAD = 2 + 2 * 64

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
    // At that block it was not there yet.
    if (answer?.ok === false && answer.reason === 'no_code') return reader.fetchCalls(calls, at)
    const middle = calls.length >> 1
    return [...(await fetchBatch(calls.slice(0, middle), at)), ...(await fetchBatch(calls.slice(middle), at))]
  }

  return {
    fetchAll: async (calls, at) =>
      calls.length > 1 && (await isDeployed(at)) ? fetchBatch(calls, at) : calls.length === 0 ? [] : reader.fetchCalls(calls, at),
  }
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
