import type {IncomingMessage} from 'node:http'
import {renderGraphiQL} from '@graphql-yoga/render-graphiql'
import {type GraphQLSchema, NoSchemaIntrospectionCustomRule} from 'graphql'
import {createYoga, type Plugin} from 'graphql-yoga'
import type {Pool} from 'pg'
import type {ChainId} from '../domain/caip'
import {readWebhookTerms, type WebhookTerms} from '../feed/webhooks/webhookTerms'
import type {Logger} from '../process/logger'
import type {Admitted} from './admission/createAdmission'
import {createKnownMoments} from './asOf/knownMoments'
import {buildApiSchema} from './buildSchema'
import {type ChangeHub, createChangeHub} from './changes/changeHub'
import {loadLiveChanges} from './changes/liveChange'
import {shareSubscriptions} from './changes/shareSubscriptions'
import type {SubscriptionLimits} from './changes/subscriberCount'
import type {ApiClient} from './clients'
import {createKeyFinder, identifyClient} from './clients'
import {type Context, type ContextOptions, createContext, spreadable} from './context'
import {DEFAULT_QUERY} from './defaultQuery'
import {executionPlugin} from './execution/executionPlugin'
import {createKnownAnswers} from './execution/knownAnswers'
import {createOperations} from './execution/operation'
import {createHeadWatch} from './freshness/headWatch'
import {minBlockPlugin} from './freshness/minBlock'
import {withFreshness} from './freshness/withFreshness'
import {limitPlugins, requireShallow} from './limits'
import {createReaderNotes} from './metadata/createReaderNotes'
import {type PersistedOperations, persistedOperationsPlugin, resolvePersisted} from './persistedOperations'
import {createStatementNames} from './statementNames'
import {createStateSchemas} from './stateSchemas'
import type {WireParams} from './wireParams'

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
  const findKey = createKeyFinder(pool)
  const limits = {subscriptions, subscriptionsPerClient}
  const {contextOf, feed} = createAnswering({pool, primary, chainIds, webhooks, logger, statementTimeoutMs, limits})
  const operations = createOperations(schema)
  const moments = createKnownMoments()
  const known = createKnownAnswers({schema, operations, moments, contextOf, logger})
  const yoga = createYoga<{req?: IncomingMessage} & Partial<Admitted>, Context>({
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
      return spreadable(contextOf(client))
    },
    plugins: [
      persistedOperationsPlugin(persisted, persistedOnly),
      ...(introspection ? [] : [noIntrospection()]),
      ...limitPlugins(operations),
      minBlockPlugin(createHeadWatch(pool), chainIds),
      oneSnapshot(),
      shareSubscriptions(({client}) => contextOf(client)),
      known.plugin,
      executionPlugin(schema, operations, moments),
    ],
  })
  /** What yoga does with a request's parameters, for those that come by WebSocket. @throws a coded error */
  const checkParams = (params: WireParams): WireParams => {
    requireShallow(params.variables)
    return {...params, query: resolvePersisted(persisted, persistedOnly, params)}
  }
  /** By the short way, where the query is known; null: yoga has to answer. @throws a coded error */
  const answerKnown = (params: WireParams, client: ApiClient) =>
    known.answer({...params, query: resolvePersisted(persisted, persistedOnly, params)}, client)
  return Object.assign(yoga, {feed, checkParams, answerKnown})
}

type Answering = Pick<ContextOptions, 'pool' | 'primary' | 'chainIds' | 'webhooks' | 'statementTimeoutMs'> &
  Readonly<{logger: Logger; limits: SubscriptionLimits}>

/** What answers are made with, and the feed that they follow. */
function createAnswering({logger, limits, ...given}: Answering) {
  const readers = createReaderNotes(given.primary, (err) => logger.debug({err}, 'what readers look at is not handed on'))
  const shared: ContextOptions = {
    ...given,
    stateSchemas: createStateSchemas(),
    statementNames: createStatementNames(),
    noteReader: readers.note,
    followFeed: (what) => feed.follow(what),
  }
  const contextOf = (client?: ApiClient): Context => createContext(shared, client)
  const feed: ChangeHub = createChangeHub({
    pool: given.pool,
    load: (feedId, entries) => loadLiveChanges(contextOf(), feedId, entries),
    limits,
    onTrouble: (err) => logger.warn({err}, 'the feed has to wait'),
  })
  return {contextOf, feed}
}

const noIntrospection = (): Plugin => ({onValidate: ({addValidationRule}) => addValidationRule(NoSchemaIntrospectionCustomRule)})

/** Says with every answer which blocks it speaks of. */
const oneSnapshot = (): Plugin<Context> => ({
  onExecute: ({args: {contextValue: context}}) => ({
    onExecuteDone: async ({result, setResult}) => {
      if (Symbol.asyncIterator in result) return void context.release()
      setResult(await withFreshness(result, context))
    },
  }),
})
