import type {Address, Hash32} from '../domain/hex'
import {invalid} from '../domain/invalid'
import type {Log} from '../domain/log'
import type {Deployment, EventLayout, Standard} from '../domain/standard'

export type RoutedLayout = EventLayout & Readonly<{standard: string; deployments: readonly Deployment[]}>

/** `layouts`: asked in turn. `foreign`: passed over. `unknown`: the topic0 is ours, this number of topics is nobody's; `signature` is what it looked like. */
export type Route =
  | Readonly<{kind: 'layouts'; layouts: readonly RoutedLayout[]}>
  | Readonly<{kind: 'foreign'}>
  | Readonly<{kind: 'unknown'; signature: string}>

/** By number of topics (1 to 4); 0 stands for every number that is not listed. */
type Routes = readonly Route[]

/** By topic0. `named`: contracts that are read by a shape of their own. */
type Table = ReadonlyMap<string, Readonly<{others: Routes; named: ReadonlyMap<Address, Routes>}>>

export type Router = Readonly<{
  tables: ReadonlyMap<Address, Table>
  fallback: Table
  /** The topic0 of layouts that ask the chain: of most logs nothing needs to be asked. */
  asking: ReadonlySet<string>
}>

export type RouterOptions = Readonly<{
  /** Names of the standards that a contract is read by, null: all. A contract that is not named is read by all: which contracts are indexed is the subscription's business. */
  standardsByAddress?: ReadonlyMap<Address, readonly string[] | null>
}>

const MAX_TOPICS = 4

/**
 * Built once per process. When several standards claim one (topic0, topic count), they are asked in the order of `standards`, and the first
 * that finds an event in the log has it. Per-contract lists decide between them.
 * @throws InvalidInput when a contract names a standard that does not exist
 */
export function createRouter(standards: readonly Standard[], {standardsByAddress}: RouterOptions = {}): Router {
  const fallback = buildTable(standards.filter(({onlyByName}) => !onlyByName))
  const shared = new Map<string, Table>()
  const tables = new Map<Address, Table>()
  for (const [address, names] of standardsByAddress ?? []) {
    if (names === null) continue
    const key = [...new Set(names)].sort().join()
    const table = shared.get(key) ?? buildTable(selectStandards(standards, names))
    shared.set(key, table)
    tables.set(address, table)
  }
  const asking = new Set(standards.flatMap(({layouts}) => layouts.filter(({asks}) => asks !== undefined).map(({topic0}) => topic0)))
  return {tables, fallback, asking}
}

/** Null: not ours at all. A log may come without topics. */
export function routeLog(router: Router, log: Log): Route | null {
  const topic0 = log.topics[0]
  if (topic0 === undefined) return null
  const table = router.tables.size === 0 ? router.fallback : tableOf(router, log.address)
  const claimed = table.get(topic0)
  if (claimed === undefined) return null
  const routes = claimed.named.size === 0 ? claimed.others : (claimed.named.get(log.address) ?? claimed.others)
  return routes[log.topics.length] ?? routes[0] ?? null
}

/** Whether a log's word about other contracts' assets counts: the operator trusts its contract, or it is the protocol's own. Those are few. */
export const isBelieved = ({address, chainId}: Log, {deployments}: RoutedLayout, trusted: ReadonlySet<Address>): boolean =>
  trusted.has(address) ||
  deployments.some((deployment) => deployment.address === address && (deployment.chains === '*' || deployment.chains.includes(chainId)))

/** What to subscribe to for a contract, or for all of them. Sorted, without repeats. */
export const topic0s = (router: Router, address?: Address): readonly Hash32[] =>
  [...(address === undefined ? router.fallback : tableOf(router, address)).keys()].sort() as Hash32[]

/**
 * How many topics a log of ours has at least, for each topic0 that others use with fewer (ERC-20's Transfer has three): what a node can leave
 * out where every contract is indexed.
 */
export const minTopics = ({fallback}: Router): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...fallback].flatMap(([topic0, {others, named}]) => {
      const least = [others, ...named.values()].reduce((count, routes) => Math.min(count, leastTopics(routes)), MAX_TOPICS)
      return others.slice(0, least).some(({kind}) => kind === 'foreign') ? [[topic0, least]] : []
    }),
  )

const leastTopics = (routes: Routes): number => {
  const least = routes.findIndex(({kind}) => kind === 'layouts')
  return least < 0 ? MAX_TOPICS : least
}

const tableOf = ({tables, fallback}: Router, address: Address): Table => tables.get(address) ?? fallback

function selectStandards(standards: readonly Standard[], names: readonly string[]): readonly Standard[] {
  const known = standards.map(({name}) => name)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw invalid('standard', unknown, `one of ${known.join(', ')}`)
  return standards.filter(({name}) => names.includes(name))
}

function buildTable(standards: readonly Standard[]): Table {
  const layouts = standards.flatMap(({name, layouts, deployments = []}): readonly RoutedLayout[] =>
    layouts.map((layout) => ({...layout, standard: name, deployments})),
  )
  const foreign = new Set(standards.flatMap((standard) => standard.foreign ?? []).map(({topic0, topicCount}) => `${topic0}/${topicCount}`))
  const byTopic0 = new Map<string, RoutedLayout[]>()
  for (const layout of layouts) byTopic0.set(layout.topic0, [...(byTopic0.get(layout.topic0) ?? []), layout])
  return new Map(
    [...byTopic0].map(([topic0, claimants]) => {
      const routesOf = (address: Address | null) => buildRoutes(topic0, claimants.filter(isReading(address)), foreign)
      const named = new Set(claimants.flatMap(({emitters}) => [...(emitters ?? [])]))
      return [topic0, {others: routesOf(null), named: new Map([...named].map((address) => [address, routesOf(address)]))}]
    }),
  )
}

/** Null: a contract that no layout names. */
const isReading =
  (address: Address | null) =>
  ({emitters, leaves}: RoutedLayout): boolean =>
    emitters ? address !== null && emitters.has(address) : address === null || !leaves?.has(address)

/** None where nobody claims the topic0. */
function buildRoutes(topic0: string, claimants: readonly RoutedLayout[], foreign: ReadonlySet<string>): Routes {
  if (claimants.length === 0) return []
  const unknown: Route = {kind: 'unknown', signature: [...new Set(claimants.map(({signature}) => signature))].join(' | ')}
  return Array.from({length: MAX_TOPICS + 1}, (_, topicCount): Route => {
    const layouts = claimants.filter((layout) => layout.topicCount === topicCount)
    if (layouts.length > 0) return {kind: 'layouts', layouts}
    return foreign.has(`${topic0}/${topicCount}`) ? {kind: 'foreign'} : unknown
  })
}
