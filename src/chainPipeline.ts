import type {ChainConfig, Config} from './config/config'
import {buildConfiguredLayout, buildConfiguredStandard} from './configured/configuredStandard'
import type {Address} from './domain/hex'
import type {Pipeline} from './pipeline/handler'
import {buildProjectionIndex} from './pipeline/projectionIndex'
import {createRouter, minTopics} from './pipeline/router'
import {type LogRequest, logRequests} from './processor'
import {createProjections} from './projections'
import {STANDARDS} from './standards/registry'

/** How one chain's logs become rows, by the operator's file. */
export function buildPipeline(chain: ChainConfig, config: Config): Pipeline {
  const layouts = config.events.map(buildConfiguredLayout).flatMap((result) => (result.ok ? [result.layout] : []))
  const configured = buildConfiguredStandard(layouts)
  const lists = chain.contracts === '*' ? [] : chain.contracts
  const standardsByAddress = new Map(
    lists.map(({address, standards}): [Address, readonly string[] | null] => [address, standards && [...standards, configured.name]]),
  )
  return {
    chainId: chain.id,
    router: createRouter([configured, ...STANDARDS], {standardsByAddress}),
    projections: buildProjectionIndex(createProjections(config.roles)),
    trusted: new Set(chain.trusted),
    ask: null,
  }
}

/** Which logs a chain's processor asks for. */
export function requestsOf(chain: ChainConfig, config: Config, {router}: Pipeline): readonly LogRequest[] {
  const alsoEmitting = [...chain.trusted, ...config.events.flatMap(({contracts}) => (contracts === '*' ? [] : contracts))]
  return logRequests(chain, router, alsoEmitting)
}

/** How many topics a log has at least, where no contract is named. */
export const minTopicsOf = (chain: ChainConfig, {router}: Pipeline) => (chain.contracts === '*' ? minTopics(router) : {})
