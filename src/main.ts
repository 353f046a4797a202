import 'reflect-metadata'
import {parseArgs} from 'node:util'
import {createPinoSink, setRootSink} from '@subsquid/logger'
import {Counter, Registry} from 'prom-client'
import {type ChainGateway, createChainGateway} from './chain/createChainGateway'
import {exposeGatewayMetrics} from './chain/exposeGatewayMetrics'
import {createNodeWatch} from './chain/watchNode'
import {buildPipeline, minTopicsOf, requestsOf} from './chainPipeline'
import type {ChainConfig, Config} from './config/config'
import {ConfigError} from './config/configError'
import {requireDatabaseUrl} from './config/databaseUrl'
import {loadConfig} from './config/loadConfig'
import {selectChain} from './config/selectChain'
import {handleBlocks, type Pipeline} from './pipeline/handler'
import {startHealthServer} from './process/healthServer'
import {createLogger, type Logger} from './process/logger'
import {createProgress, type Progress} from './process/progress'
import {notReady, READY, type Readiness} from './process/readiness'
import {exitWith, onShutdown} from './process/shutdown'
import {joinMetrics, takeSubsquidMetrics} from './process/subsquidMetrics'
import {createProcessor, type LogRequest} from './processor'
import {rewindIfOrphaned} from './rewindIfOrphaned'
import {STANDARDS} from './standards/registry'
import {ChainDatabase} from './store/database'
import {createStore} from './store/store'

/**
 * The processor process: one chain's logs into the tables. `node lib/main.js [--chain <id>] [--config <path>] [--to <block> [--from-cache]]`.
 * From the cache everything up to that block is known to be final: no node is asked but for what is missing there.
 */

async function main(logger: Logger): Promise<void> {
  const {values} = parseArgs({
    options: {config: {type: 'string'}, chain: {type: 'string'}, to: {type: 'string'}, 'from-cache': {type: 'boolean'}},
  })
  const isFromCache = values['from-cache'] === true
  const config = loadConfig({path: values.config, env: process.env, standards: STANDARDS.map(({name}) => name)})
  const chain = endAt(selectChain(config, values.chain), values.to)
  const url = requireDatabaseUrl(process.env)
  const log = logger.child({chain: `eip155:${chain.id}`})
  const sink = createPinoSink(log)
  // What Subsquid says of a head that closes because we close it is no news.
  let stopping = false
  // Subsquid's records bring a time of their own.
  setRootSink(({time: _, ...record}) => {
    if (!stopping) sink(record as Parameters<typeof sink>[0])
  })

  const pipeline = buildPipeline(chain, config)
  const isRewound = !isFromCache && (await compareWithNodes(chain, url, config, log))
  const requests = requestsOf(chain, config, pipeline)
  const gateway = chain.rpc.length > 0 ? await openGateway({chain, config, pipeline, requests, isFromCache, log}) : null
  const processor = createProcessor(chain, requests, {history: chain.gateway ?? gateway, head: gateway?.headUrl ?? null})
  const registry = new Registry()
  countRewind(registry, isRewound)
  if (gateway) exposeGatewayMetrics(registry, gateway.status)
  const progress = createProgress(log, registry, () => chain.endBlock ?? viewOf(gateway).head)
  const health = await startHealthServer({
    host: process.env['HOST'] || '127.0.0.1',
    port: Number(process.env['PROCESSOR_PORT'] || 0),
    registry: joinMetrics(registry, takeSubsquidMetrics(processor)),
    readiness: () => readiness(progress, gateway, chain),
  })
  log.info(`health, readiness and metrics on port ${health.port}`)
  // The database keeps only what was committed; the gateway writes out what its cache has not on disk yet.
  onShutdown(log, async () => {
    stopping = true
    await gateway?.close()
    await health.close()
  })

  const database = new ChainDatabase(url, chain.id, {
    onResume: progress.resume,
    onWritten: progress.written,
    onIndexesLeft: progress.building,
    onFailure: (error) => exitWith(log, error),
    endBlock: chain.endBlock,
  })
  processor.run(database, async ({blocks, store, isHead}) => {
    const report = await handleBlocks(blocks, pipeline, createStore(store))
    const height = blocks[blocks.length - 1]?.header.height
    if (height !== undefined) progress.report({...report, height, isHead})
  })
}

/** A last block by the command line, for a run that ends there. */
function endAt(chain: ChainConfig, to: string | undefined): ChainConfig {
  if (to === undefined) return chain
  if (!/^\d{1,9}$/.test(to)) throw new ConfigError('The command', [{path: '--to', message: 'expected a block number'}])
  return {...chain, endBlock: Math.min(Number(to), chain.endBlock ?? Number.POSITIVE_INFINITY)}
}

/** 1 where this start took back what had been final. */
function countRewind(registry: Registry, isRewound: boolean): void {
  const help = 'Starts of this process that found final blocks taken back by the chain, and indexed it anew'
  new Counter({name: 'indexer_rewinds_total', help, registers: [registry]}).inc(isRewound ? 1 : 0)
}

/** Without an SQD gateway the chain gateway serves history too; the head it serves in any case. */
function openGateway({chain, config, pipeline, requests, isFromCache, log}: GatewayNeeds): Promise<ChainGateway> {
  return createChainGateway(chain, {
    note: (level, message, detail) => log[level](detail, message),
    cacheDir: config.cache.dir,
    cacheMaxBytes: config.cache.maxBytes,
    knownFinal: isFromCache ? chain.endBlock : null,
    logs: requests.map((request) => ({...request, transaction: true})),
    minTopics: minTopicsOf(chain, pipeline),
    onFailure: (error) => exitWith(log, error),
  })
}

type GatewayNeeds = Readonly<{
  chain: ChainConfig
  config: Config
  pipeline: Pipeline
  requests: readonly LogRequest[]
  isFromCache: boolean
  log: Logger
}>

/** Before a start: whether the nodes serve this chain, and still have what was stored as final. Answers whether that was taken back. */
async function compareWithNodes(chain: ChainConfig, url: string, {cache}: Config, log: Logger): Promise<boolean> {
  await checkChain(chain)
  return rewindIfOrphaned(chain, url, cache.dir, log)
}

/** With one node only, one of another chain is a mistake to be told at once. Of several the gateway sets the wrong ones aside. */
async function checkChain({rpc, id}: ChainConfig): Promise<void> {
  const [url] = rpc
  if (!url || rpc.length > 1) return
  const node = createNodeWatch(url)
  const served = await node.fetchChainId().catch(() => null)
  node.close()
  if (served !== null && served !== id)
    throw new ConfigError('The node', [{path: 'chains[].rpc[0]', message: `serves chain ${served}, not ${id}`}])
}

function viewOf(gateway: ChainGateway | null): Readonly<{head: number | null; failure: string | null}> {
  const status = gateway?.status()
  return {head: status?.head?.number ?? status?.finalized ?? null, failure: status?.problem ?? null}
}

/** Ready while blocks come in, or while there are none to come. */
function readiness(progress: Progress, gateway: ChainGateway | null, chain: ChainConfig): Readiness {
  const stallMs = Number(process.env['READY_STALL_SECONDS'] || 120) * 1000
  const height = progress.height()
  const view = viewOf(gateway)
  const details = {chain: `eip155:${chain.id}`, indexedBlock: height, nodeHead: view.head}
  if (view.failure) return notReady(view.failure, details)
  if (progress.indexesLeft() > 0) return notReady(`building indexes for readers, ${progress.indexesLeft()} are left`, details)
  const last = progress.lastBatchAt()
  if (height === null || last === null) return notReady('no block is indexed yet', details)
  const behind = view.head !== null && view.head > height
  if (behind && Date.now() - last > stallMs)
    return notReady(`no progress for ${Math.round((Date.now() - last) / 1000)} s at block ${height}, the node is at ${view.head}`, details)
  return {...READY, details}
}

const logger = createLogger('processor')
main(logger).catch((error: unknown) => exitWith(logger, error))
