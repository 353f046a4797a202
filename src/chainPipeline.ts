import type {ChainConfig, Config} from './config/config'
import {buildConfiguredLayout, buildConfiguredStandard, type ConfiguredLayout} from './configured/configuredStandard'
import {creationMapping} from './configured/creationMapping'
import type {EventMapping} from './configured/eventMapping'
import type {Address} from './domain/hex'
import type {Standard} from './domain/standard'
import type {Pipeline} from './pipeline/handler'
import {buildProjectionIndex} from './pipeline/projectionIndex'
import {createRouter, minTopics, topic0s} from './pipeline/router'
import {type LogRequest, logRequests} from './processor'
import {createProjections} from './projections'
import {STANDARDS} from './standards/registry'

/** How one chain's logs become rows, by the operator's file. */
export function buildPipeline(chain: ChainConfig, config: Config): Pipeline {
  const mappings = [...config.events, ...chain.factories.map(creationMapping)]
  const configured = buildConfiguredStandard(layoutsOf(mappings))
  const lists = chain.contracts === '*' ? [] : chain.contracts
  const standardsByAddress = new Map(
    lists.map(({address, standards}): [Address, readonly string[] | null] => [address, standards && [...standards, configured.name]]),
  )
  return {
    chainId: chain.id,
    router: createRouter([configured, ...STANDARDS.map((standard) => (chain.royaltyInfo ? standard : withoutRoyalties(standard)))], {
      standardsByAddress,
    }),
    projections: buildProjectionIndex(createProjections(config.roles)),
    trusted: new Set(chain.trusted),
    listed: listedOf(chain, config, mappings),
    ask: null,
  }
}

const layoutsOf = (mappings: readonly EventMapping[]): readonly ConfiguredLayout[] =>
  mappings.map(buildConfiguredLayout).flatMap((result) => (result.ok ? [result.layout] : []))

/** Two calls for each sale, of the state of its time, are too much to ask of nodes that nobody said it of. */
const withoutRoyalties = (standard: Standard): Standard => ({
  ...standard,
  layouts: standard.layouts.map(({asks, ...layout}) => (asks && !layout.asksRoyalties ? {...layout, asks} : layout)),
})

/** Contracts beside the configured ones whose logs matter. */
const alsoEmitting = ({trusted, factories}: ChainConfig, {events}: Config): readonly Address[] => [
  ...trusted,
  ...events.flatMap(({contracts}) => (contracts === '*' ? [] : contracts)),
  ...factories.flatMap(({addresses}) => addresses),
]

/** With factories, logs of every contract are asked for, and those of strangers left out by what the factories are known to have made. */
const hasFactories = ({contracts, factories}: ChainConfig): boolean => contracts !== '*' && factories.length > 0

function listedOf(chain: ChainConfig, config: Config, mappings: readonly EventMapping[]): Pipeline['listed'] {
  if (chain.contracts === '*' || !hasFactories(chain)) return null
  const creations = layoutsOf(mappings.filter((mapping) => mapping.as === 'contract.created'))
  return {
    addresses: new Set([...chain.contracts.map(({address}) => address), ...alsoEmitting(chain, config)]),
    creations: new Set(creations.map(({topic0}) => topic0)),
  }
}

/** Which logs a chain's processor asks for. */
export function requestsOf(chain: ChainConfig, config: Config, {router}: Pipeline): readonly LogRequest[] {
  const requests = logRequests(chain, router, alsoEmitting(chain, config))
  if (!hasFactories(chain)) return requests
  const from = Math.max(chain.startBlock, Math.min(...chain.factories.map(({startBlock}) => startBlock)))
  return [...requests, {topic0: [...topic0s(router)], range: {from}}]
}

/** How many topics a log has at least, where no contract is named. */
export const minTopicsOf = (chain: ChainConfig, {router}: Pipeline) =>
  chain.contracts === '*' || hasFactories(chain) ? minTopics(router) : {}
