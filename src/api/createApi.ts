import type {IncomingMessage} from 'node:http'
import {renderGraphiQL} from '@graphql-yoga/render-graphiql'
import {type GraphQLSchema, NoSchemaIntrospectionCustomRule} from 'graphql'
import {createYoga, type Plugin} from 'graphql-yoga'
import type {Pool} from 'pg'
import {type ChainId, formatChainId} from '../domain/caip'
import {readWebhookTerms, type WebhookTerms} from '../feed/webhooks/webhookTerms'
import type {Logger} from '../process/logger'
import {asOfPlugin} from './asOf/asOfPlugin'
import {buildApiSchema} from './buildSchema'
import type {ChainState} from './chainState'
import {type ChangeHub, createChangeHub} from './changes/changeHub'
import {loadLiveChanges} from './changes/liveChange'
import {shareSubscriptions} from './changes/shareSubscriptions'
import type {ApiClient} from './clients'
import {createKeyFinder, identifyClient} from './clients'
import {type Context, createContext} from './context'
import {DEFAULT_QUERY} from './defaultQuery'
import {compiledExecutionPlugin} from './execution/compiledExecution'
import {errorsAsResults} from './execution/errorsAsResults'
import {oneStatementPlugin} from './execution/oneStatement'
import {createHeadWatch} from './freshness/headWatch'
import {minBlockPlugin} from './freshness/minBlock'
import {limitPlugins, requireShallow} from './limits'
import {createReaderNotes} from './metadata/createReaderNotes'
import {type PersistedOperations, persistedOperationsPlugin, resolvePersisted} from './persistedOperations'
import {createStatementNames} from './statementNames'
import {createStateSchemas} from './stateSchemas'

export type ApiOptions = Readonly<{
  pool: Pool
  /** The primary database, where `pool` is a replica. */
  primary?: Pool
  schema?: GraphQLSchema
  chainIds: readonly ChainId[]
  cors: readonly string[]
  introspection: boolean
  /** Operations that clients may name by their hash; with `persistedOnly` nothing else is answered. */
  persisted?: PersistedOperations
  persistedOnly?: boolean
  logger: Logger
  statementTimeoutMs?: number
  /** Open at once, in this process and of one address or key; null: no limit. */
  subscriptions?: number | null
  subscriptionsPerClient?: number | null
  webhooks?: WebhookTerms
}>

/** What a request says, however it comes. */
export type WireParams = Readonly<{
  query?: string | null | undefined
  operationName?: string | null | undefined
  variables?: Record<string, unknown> | null | undefined
  extensions?: Record<string, unknown> | undefined
}>

/** The GraphQL handler: a fetch function, so that tests need no port. */
export function createApi({
  pool,
  primary = pool,
  schema = buildApiSchema(),
  chainIds,
  cors,
  introspection,
  persisted = new Map(),
  persistedOnly = false,
  logger,
  statementTimeoutMs = 10_000,
  subscriptions = 20_000,
  subscriptionsPerClient = 100,
  webhooks = readWebhookTerms({}),
}: ApiOptions) {
  const stateSchemas = createStateSchemas()
  const statementNames = createStatementNames()
  const findKey = createKeyFinder(pool)
  const readers = createReaderNotes(primary, (err) => logger.debug({err}, 'what readers look at is not handed on'))
  const contextOf = (client: ApiClient): Context => createContext({...fixed, client, followFeed: (what) => feed.follow(what)})
  const fixed = {pool, chainIds, stateSchemas, statementNames, statementTimeoutMs, noteReader: readers.note, primary, webhooks}
  const feed: ChangeHub = createChangeHub({
    pool,
    load: (feedId, entries) => loadLiveChanges(contextOf({key: null, address: ''}), feedId, entries),
    limits: {subscriptions, subscriptionsPerClient},
    onTrouble: (err) => logger.warn({err}, 'the feed has to wait'),
  })
  const yoga = createYoga<{req?: IncomingMessage; client?: ApiClient}, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: {title: 'Provenance Indexer', defaultQuery: DEFAULT_QUERY},
    renderGraphiQL,
    cors: cors.length === 0 ? false : {origin: [...cors]},
    batching: false,
    extraParamNames: ['documentId'],
    logging: logger,
    context: async ({request, req, client: admitted}) => {
      const client = admitted ?? (await identifyClient(findKey, request.headers, req?.socket?.remoteAddress ?? ''))
      return contextOf(client)
    },
    plugins: [
      persistedOperationsPlugin(persisted, persistedOnly),
      ...(introspection ? [] : [noIntrospection()]),
      ...limitPlugins(),
      minBlockPlugin(createHeadWatch(pool), chainIds),
      oneSnapshot(),
      shareSubscriptions(({client}) => contextOf(client)),
      compiledExecutionPlugin(schema),
      asOfPlugin(),
      oneStatementPlugin(),
      errorsAsResults(),
    ],
  })
  /** What yoga does with a request's parameters, for those that come by WebSocket. @throws a coded error */
  const checkParams = (params: WireParams): WireParams => {
    requireShallow(params.variables)
    return {...params, query: resolvePersisted(persisted, persistedOnly, params)}
  }
  return Object.assign(yoga, {feed, checkParams})
}

const noIntrospection = (): Plugin => ({onValidate: ({addValidationRule}) => addValidationRule(NoSchemaIntrospectionCustomRule)})

/** The time of a block without an indexed event is not known; that of the last one with one is. */
const describeChain = ({chainId, indexed, finalized, lastEvent, head}: ChainState) => ({
  chainId: formatChainId(chainId),
  indexedBlock: indexed && {...indexed, timestamp: lastEvent?.number === indexed.number ? lastEvent.timestamp : null},
  finalizedBlock: finalized,
  lastEventAt: lastEvent?.timestamp ?? null,
  headBlock: head,
  lagBlocks: head === null || indexed === null ? null : Math.max(0, head - indexed.number),
})

/** Says with every answer which blocks it speaks of, from the answer's own snapshot, and gives the snapshot back. */
const oneSnapshot = (): Plugin<Context> => ({
  onExecute: ({args: {contextValue: context}}) => ({
    onExecuteDone: async ({result, setResult}) => {
      // Where the database does not answer, the fields have said so.
      const chains = await context.chains().catch(() => null)
      // The answer does not wait for the connection to be free again.
      void context.release()
      if (Symbol.asyncIterator in result || chains === null) return
      const freshness = chains.map(describeChain)
      const {asOf, ...others} = result.extensions ?? {}
      setResult({...result, extensions: {...others, indexer: {chains: freshness, ...(asOf ? {asOf} : {})}}})
    },
  }),
})
