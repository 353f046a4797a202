// Before all others: what threads begin with, and the thread that loads its code while this one loads its own.
import './heapGrowth'
import './gatewayAhead'
import 'reflect-metadata'
import {createPinoSink, setRootSink} from '@subsquid/logger'
import {Counter, type Registry} from 'prom-client'
import {watchArchive} from './chain/archiveWatch'
import {type ChainGateway, createChainGateway} from './chain/createChainGateway'
import {exposeGatewayMetrics} from './chain/exposeGatewayMetrics'
import {createGatewayAsk} from './chain/gatewayAsk'
import {createNodeWatch} from './chain/watchNode'
import {buildPipeline, minTopicsOf, requestsOf} from './chainPipeline'
import type {ChainConfig, Config} from './config/config'
import {ConfigError} from './config/configError'
import {requireDatabaseUrl} from './config/databaseUrl'
import {loadConfig} from './config/loadConfig'
import {readArguments} from './config/readArguments'
import {selectChain} from './config/selectChain'
import {gatewayThread} from './gatewayAhead'
import {handleBlocks, type Pipeline} from './pipeline/handler'
import {createLogger, type Logger} from './process/logger'
import {exitWith, onShutdown} from './process/shutdown'
import {takeSubsquidMetrics} from './process/subsquidMetrics'
import {waitForDatabase} from './process/waitForDatabase'
import {createProcessor, type LogRequest} from './processor'
import {progressView, startVitals} from './processorVitals'
import {startProgressNotes} from './progressNotes'
import {rewindIfOrphaned} from './rewindIfOrphaned'
import {STANDARDS} from './standards/registry'
import {ChainDatabase} from './store/database'
import {createStore} from './store/store'

/**
 * The processor process: one chain's logs into the tables. `node lib/main.js [--chain <id>] [--config <path>] [--to <block> [--from-cache]]`.
 * From the cache everything up to that block is known to be final: no node is asked but for what is missing there.
 */

async function main(logger: Logger): Promise<void> {
  const values = readArguments({config: {type: 'string'}, chain: {type: 'string'}, to: {type: 'string'}, 'from-cache': {type: 'boolean'}})
  const isFromCache = values['from-cache'] === true
  const config = loadConfig({path: values.config, env: process.env, standards: STANDARDS.map(({name}) => name)})
  const chain = endAt(selectChain(config, values.chain), values.to)
  const url = requireDatabaseUrl(process.env)
  const log = logger.child({chain: `eip155:${chain.id}`})
  const silence = takeSubsquidLog(log)
  const vitals = await startVitals(chain, log)
  const {registry, progress} = vitals
  let closeNotes = async (): Promise<void> => {}
  // The database keeps only what was committed; the gateway writes out what its cache has not on disk yet.
  onShutdown(log, async () => {
    silence()
    await vitals.gateway?.close()
    void closeNotes()
    await vitals.close()
  })
  await waitForDatabase(url, log, (reason) => (vitals.away = reason))
  vitals.away = null

  const notes = startProgressNotes(chain, url, () => progressView(chain, vitals), log)
  closeNotes = notes.close

  const pipeline = buildPipeline(chain, config)
  const isRewound = !isFromCache && (await compareWithNodes(chain, url, config, log))
  const requests = requestsOf(chain, config, pipeline)
  const gateway = chain.rpc.length > 0 ? await openGateway({chain, config, pipeline, requests, isFromCache, log}) : null
  if (!gateway) void gatewayThread.terminate()
  const asking = {...pipeline, ask: gateway && createGatewayAsk(gateway.url)}
  const processor = createProcessor(chain, requests, {history: chain.gateway ?? gateway, head: gateway?.headUrl ?? null})
  vitals.gateway = gateway
  if (!gateway) vitals.archive = watchArchive(processor)
  vitals.subsquidMetrics = takeSubsquidMetrics(processor)
  countRewind(registry, isRewound)
  if (gateway) exposeGatewayMetrics(registry, gateway.status)

  const database = new ChainDatabase(url, chain.id, {
    onResume: progress.resume,
    onWritten: progress.written,
    onIndexesLeft: progress.building,
    onFailure: (error) => exitWith(log, error),
    endBlock: chain.endBlock,
  })
  processor.run(database, async ({blocks, store, isHead}) => {
    const report = await handleBlocks(blocks, asking, createStore(store), database.created)
    const height = blocks[blocks.length - 1]?.header.height
    if (height !== undefined) progress.report({...report, height, isHead})
  })
}

/** Subsquid's records, in ours. Answers how to end that: what it says of a head that closes because we close it is no news. */
function takeSubsquidLog(log: Logger): () => void {
  const sink = createPinoSink(log)
  let isSilent = false
  // Its records bring a time of their own.
  setRootSink(({time: _, ...record}) => {
    if (!isSilent) sink(record as Parameters<typeof sink>[0])
  })
  return () => {
    isSilent = true
  }
}

/** A last block by the command line, for a run that ends there. */
function endAt(chain: ChainConfig, to: string | undefined): ChainConfig {
  if (to === undefined) return chain
  if (!/^\d{1,9}$/.test(to)) throw new ConfigError('The command', [{path: '--to', message: 'expected a block number'}])
  return {...chain, endBlock: Math.min(Number(to), chain.endBlock ?? Number.POSITIVE_INFINITY)}
}

/** 1 where this start took back what had been final. */
function countRewind(registry: Registry, isRewound: boolean): void {
  const help = 'Starts of this process that found final blocks taken back by the chain, or hot ones stored in groups, and indexed it anew'
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
    thread: gatewayThread,
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
  // Nodes of another chain are not asked what is orphaned.
  const [isRewound] = await Promise.all([rewindIfOrphaned(chain, url, cache.dir, log), checkChain(chain)])
  return isRewound
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

const logger = createLogger('processor')
main(logger).catch((error: unknown) => exitWith(logger, error))
