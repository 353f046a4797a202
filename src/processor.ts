import {EvmBatchProcessor} from '@subsquid/evm-processor'
import type {ChainConfig, ContractConfig} from './config/config'
import {confirmationsOf} from './config/finality'
import type {Address} from './domain/hex'
import {FIELDS} from './pipeline/handler'
import {type Router, topic0s} from './pipeline/router'

/** Where blocks come from: `gateway` for finalized history, `rpc` for the head. */
export type Sources = Readonly<{gateway: string | null; rpc: string | null}>

/** `alsoEmitting`: contracts beside the configured ones whose logs matter: trusted registries and those with shapes of their own. */
export function createProcessor(chain: ChainConfig, router: Router, alsoEmitting: readonly Address[], {gateway, rpc}: Sources) {
  const processor = new EvmBatchProcessor()
    .setFields(FIELDS)
    .setBlockRange({from: chain.startBlock, ...(chain.endBlock === null ? {} : {to: chain.endBlock})})
    .setFinalityConfirmation(confirmationsOf(chain))
  if (gateway) processor.setGateway(gateway)
  if (rpc) processor.setRpcEndpoint({url: rpc, maxBatchCallSize: 100}).setRpcDataIngestionSettings({headPollInterval: chain.pollIntervalMs})
  for (const request of logRequests(chain, router, alsoEmitting)) processor.addLog({...request, transaction: true})
  return processor
}

type LogRequest = Readonly<{address?: string[]; topic0: string[]; range: {from: number}}>

/** One request for contracts that are read alike; all of them at once when every contract is indexed. */
function logRequests(chain: ChainConfig, router: Router, alsoEmitting: readonly Address[]): readonly LogRequest[] {
  if (chain.contracts === '*') return [{topic0: [...topic0s(router)], range: {from: chain.startBlock}}]
  const listed = new Set(chain.contracts.map(({address}) => address))
  const others = alsoEmitting
    .filter((address) => !listed.has(address))
    .map((address): ContractConfig => ({address, standards: null, startBlock: 0}))
  const groups = new Map<string, {address: string[]; topic0: string[]; range: {from: number}}>()
  for (const {address, startBlock} of [...chain.contracts, ...others]) {
    const topics = [...topic0s(router, address)]
    const from = Math.max(startBlock, chain.startBlock)
    const key = `${from} ${topics.join()}`
    const group = groups.get(key)
    if (group) group.address.push(address)
    else groups.set(key, {address: [address], topic0: topics, range: {from}})
  }
  return [...groups.values()]
}
