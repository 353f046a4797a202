import {Interface} from 'ethers'
import {buildPipeline} from '../../src/chainPipeline'
import {parseConfig} from '../../src/config/loadConfig'
import {selectChain} from '../../src/config/selectChain'
import type {Pipeline, SubsquidBlock} from '../../src/pipeline/handler'
import {address, hash} from './givenEvents'

type EmittedLog = Readonly<{address: string; topics: readonly string[]; data: string}>

/** `signature` as Solidity writes an event, without `event`. */
export const emitted = (emitter: string, signature: string, values: readonly unknown[]): EmittedLog => {
  const abi = new Interface([`event ${signature}`])
  return {address: emitter, ...abi.encodeEventLog(signature.slice(0, signature.indexOf('(')), values)}
}

/** As Subsquid hands it over: one transaction with these logs. */
export const blockOf = (height: number, ...logs: readonly EmittedLog[]): SubsquidBlock =>
  ({
    header: {height, hash: hash(height), parentHash: hash(height - 1), timestamp: 1_700_000_000_000 + height * 12_000},
    logs: logs.map((one, logIndex) => ({...one, logIndex, transactionHash: hash(9 * height), transaction: {from: address(7)}})),
  }) as unknown as SubsquidBlock

/** By the only chain of an operator's file. */
export function pipelineOf(yaml: string): Pipeline {
  const config = parseConfig(yaml, {env: {}})
  return buildPipeline(selectChain(config, undefined), config)
}
