import {EvmBatchProcessor} from '@subsquid/evm-processor'
import {type GatewayAddress, useGateway} from './chain/gatewaySource'
import type {ChainConfig, ContractConfig} from './config/config'
import {confirmationsOf} from './config/finality'
import type {Address} from './domain/hex'
import {FIELDS} from './pipeline/handler'
import {type Router, topic0s} from './pipeline/router'

/** Where blocks come from. `history`: an SQD gateway's URL, or our own gateway; `head`: the loopback node of our own. */
export type Sources = Readonly<{history: string | GatewayAddress | null; head: string | null}>

export function createProcessor(chain: ChainConfig, requests: readonly LogRequest[], {history, head}: Sources) {
  const processor = new EvmBatchProcessor()
    .setFields(FIELDS)
    .setBlockRange({from: chain.startBlock, ...(chain.endBlock === null ? {} : {to: chain.endBlock})})
    .setFinalityConfirmation(confirmationsOf(chain))
  if (typeof history === 'string') processor.setGateway(history)
  else if (history) useGateway(processor, history)
  if (head)
    processor.setRpcEndpoint({url: head, maxBatchCallSize: 100}).setRpcDataIngestionSettings({headPollInterval: chain.pollIntervalMs})
  for (const request of requests) processor.addLog({...request, transaction: true})
  return processor
}

export type LogRequest = Readonly<{address?: string[]; topic0: string[]; range: {from: number}}>

/**
 * One request for contracts that are read alike; all of them at once when every contract is indexed. `alsoEmitting`: contracts beside the
 * configured ones whose logs matter: trusted registries and those with shapes of their own.
 */
export function logRequests(chain: ChainConfig, router: Router, alsoEmitting: readonly Address[]): readonly LogRequest[] {
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
