import {Interface} from 'ethers'
import {buildPipeline} from '../../src/chainPipeline'
import {parseConfig} from '../../src/config/loadConfig'
import {selectChain} from '../../src/config/selectChain'
import {handleBlocks, type Pipeline, type SubsquidBlock} from '../../src/pipeline/handler'
import {address, hash} from './givenEvents'
import {memoryStore, type Tables} from './memoryStore'

type GivenLog = Readonly<{address: string; topics: readonly string[]; data: string}>

/** A log as evm-processor hands it over, but for its place. `signature` as Solidity writes an event, without `event`. */
export const logBy = (emitter: string, signature: string, values: readonly unknown[]): GivenLog => {
  const abi = new Interface([`event ${signature}`])
  return {address: emitter, ...abi.encodeEventLog(signature.slice(0, signature.indexOf('(')), values)}
}

/** A block of one transaction; block n has the time 1,700,000,000 + 12n. */
export const blockOf = (height: number, ...logs: readonly GivenLog[]): SubsquidBlock =>
  ({
    header: {height, hash: hash(height), parentHash: hash(height - 1), timestamp: 1_700_000_000_000 + height * 12_000},
    logs: logs.map((one, logIndex) => ({...one, logIndex, transactionHash: hash(9 * height), transaction: {from: address(7)}})),
  }) as unknown as SubsquidBlock

/** By the only chain of an operator's file. */
export function pipelineOf(yaml: string): Pipeline {
  const config = parseConfig(yaml, {env: {}})
  return buildPipeline(selectChain(config, undefined), config)
}

/** The rows of these logs in one block, where every contract is indexed and has these own shapes. `events`: YAML, as in indexer.yaml. */
export async function tablesOfShapes(events: string, ...logs: readonly GivenLog[]): Promise<Tables> {
  const pipeline = pipelineOf(`chains: [{id: 1, rpc: ["http://node"], contracts: "*"}]\nevents: ${events}`)
  const store = memoryStore()
  await handleBlocks([blockOf(5, ...logs)], pipeline, store, store.created)
  return store.tables()
}
