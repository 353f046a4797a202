import type {EventMapping} from '../configured/eventMapping'
import type {AccountRef, AssetRef, ChainId} from '../domain/caip'
import type {Address} from '../domain/hex'
import type {ChangeKindName} from '../domain/provenanceKind'
import type {Role} from '../domain/role'

/** indexer.yaml and the environment, parsed, checked and complete: every default is filled in here and nowhere else. */
export type Config = Readonly<{
  chains: readonly ChainConfig[]
  /** `maxBytes` null: unbounded. */
  cache: Readonly<{dir: string; maxBytes: number | null}>
  metadata: Readonly<{
    ipfsGateways: readonly string[]
    arweaveGateways: readonly string[]
    allowPrivateAddresses: boolean
    /** Documents read at once, of each chain. */
    concurrency: number
    /** Questions to one host of a stranger's, and to one gateway of the operator's, at once. */
    perHost: number
    perGateway: number
    /** Documents that nobody waits for, of each chain; 0: only those that are asked for or change. */
    backgroundPerSecond: number
    /** After so many hours a document is read again though nothing says that it changed. */
    rereadHours: number
  }>
  roles: ReadonlyMap<Address, Role>
  /** Endpoints that the feed worker tells what happens, beside those that keys register. */
  webhooks: readonly WebhookConfig[]
  /** Contracts' own event shapes. */
  events: readonly EventMapping[]
  api: Readonly<{
    cors: readonly string[]
    introspection: boolean
    replicaUrl: string | null
    /** Of one address, and of one API key; null: no limit. */
    requestsPerMinute: number | null
    keyRequestsPerMinute: number | null
    /** Of one address or key, at once. */
    concurrentRequests: number | null
    /** Subscriptions of the feed: of a process, and of one address or key. */
    subscriptions: number | null
    subscriptionsPerClient: number | null
    /** Addresses and ranges whose X-Forwarded-For is believed. */
    trustedProxies: readonly string[]
    /** JSON file of SHA-256 to text. */
    persistedOperations: string | null
    persistedOnly: boolean
  }>
}>

export type {Role}

/** Known by its name: a webhook of another name is another one. Null filters: everything. */
export type WebhookConfig = Readonly<{
  name: string
  url: string
  /** Signs; never log it. */
  secret: string
  /** Tells at once, or only what no fork can take back. */
  finality: 'head' | 'final'
  kinds: readonly ChangeKindName[] | null
  collections: readonly AccountRef[] | null
  assets: readonly AssetRef[] | null
  includeUnverified: boolean
}>

export type ChainConfig = Readonly<{
  id: ChainId
  /** At least one, unless `gateway` is set; http(s) or ws(s). They carry keys: never log one unredacted. */
  rpc: readonly string[]
  /** SQD gateway for finalized history. */
  gateway: string | null
  /** The node's `finalized` tag, or a number of confirmations. */
  finality: 'finalized' | number
  startBlock: number
  /** Index to here, then exit with code 0. */
  endBlock: number | null
  /** `*`: every contract that emits a standard. */
  contracts: '*' | readonly ContractConfig[]
  factories: readonly FactoryConfig[]
  /** Whether contracts of sold tokens are asked what is due of each sale (ERC-2981). */
  royaltyInfo: boolean
  /** Contracts whose word about other contracts' assets counts. */
  trusted: readonly Address[]
  verification: 'none' | 'bloom' | 'receipts'
  pollIntervalMs: number
  /** Without a new head for so long, readiness is false; null: the chain may rest. */
  headStallSeconds: number | null
}>

/** Whose creation events name contracts that are indexed too. */
export type FactoryConfig = Readonly<{
  addresses: readonly Address[]
  /** Solidity, as an event mapping's. */
  event: string
  /** The parameter that names the created contract. */
  child: string
  startBlock: number
}>

export type ContractConfig = Readonly<{
  address: Address
  /** Names of folders under src/standards; null: all of them. */
  standards: readonly string[] | null
  startBlock: number
}>
