import {Counter, Registry} from 'prom-client'
import type {ChainConfig} from '../config/config'
import {requireDatabaseUrl} from '../config/databaseUrl'
import {loadConfig} from '../config/loadConfig'
import {readArguments} from '../config/readArguments'
import {readPort} from '../config/readNumber'
import {startHealthServer} from '../process/healthServer'
import {createLogger, type Logger} from '../process/logger'
import {openPool} from '../process/openPool'
import {notReady, READY} from '../process/readiness'
import {exitWith, onShutdown} from '../process/shutdown'
import {createContractReader} from './ethCall'
import {createDocumentFetcher} from './fetch/createDocumentFetcher'
import {profileCollections} from './profileCollections'
import {repeat} from './repeat'
import {createChainWorker} from './work/createChainWorker'
import {createFeeder} from './work/createFeeder'

const IDLE_MS = 1_000
const NOTICE_MS = 300
const MAX_PAUSE_MS = 30_000
/** Of a contract's answer, as JSON-RPC writes it: a URI may be a whole image. */
const MAX_ANSWER = 4 * 1024 * 1024
/** A name takes no work. */
const PROFILE_TIMEOUT_MS = 5_000

/** The metadata process: documents behind token URIs, and what collections say of themselves. `node lib/metadata/main.js [--config <path>]` */
async function main(logger: Logger): Promise<void> {
  const values = readArguments({config: {type: 'string'}})
  const config = loadConfig({path: values.config, env: process.env})
  const database = {
    ...{connectionString: requireDatabaseUrl(process.env), max: 8, application_name: 'provenance-indexer metadata'},
    // A lease or a result that a crash of the database loses is only work done once more; whoever tells of it commits after it.
    options: '-c synchronous_commit=off',
  }
  const pool = openPool(database, (err) => logger.warn({err}, 'a database connection broke'))

  const registry = new Registry()
  const meters = createMeters(registry)
  const troubles = createTroubles(logger)
  const fetcher = createDocumentFetcher(config.metadata)
  let stopped = false
  const isStopped = () => stopped

  const startChain = ({id, rpc}: ChainConfig) => {
    const profiler = createContractReader(rpc, {timeoutMs: PROFILE_TIMEOUT_MS})
    const feeder = createFeeder(pool, id, config.metadata)
    const worker = createChainWorker({
      ...{pool, chainId: id, fetcher, ...config.metadata, reader: createContractReader(rpc, {maxBytes: MAX_ANSWER})},
      onProcessed: (result) => meters.documents.inc({result}),
      onTrouble: (error) => troubles.note(`eip155:${id} documents`, error),
    })
    const profiling = repeat({
      round: async () => {
        const read = await profileCollections(pool, id, profiler)
        meters.profiles.inc(read)
        return read > 0
      },
      ...{idleMs: IDLE_MS, maxPauseMs: MAX_PAUSE_MS, isStopped},
      onTrouble: (error) => troubles.note(`eip155:${id} collection profiles`, error),
    })
    const feeding = repeat({
      round: async () => (await feeder.run(), false),
      ...{idleMs: NOTICE_MS, maxPauseMs: MAX_PAUSE_MS, isStopped},
      onTrouble: (error) => troubles.note(`eip155:${id} changes`, error),
    })
    return {done: Promise.all([profiling, feeding, worker.done]), stop: worker.stop}
  }

  const health = await startHealthServer({
    host: process.env['HOST'] || '127.0.0.1',
    port: readPort(process.env, 'METADATA_PORT', 0),
    registry,
    readiness: () => (troubles.text() === '' ? READY : notReady(troubles.text())),
  })
  logger.info(`health, readiness and metrics on port ${health.port}`)
  const chains = config.chains.filter(({rpc}) => rpc.length > 0).map(startChain)
  // What is under way is given back, or comes back by itself when its lease ends.
  onShutdown(logger, async () => {
    stopped = true
    await Promise.all(chains.map(({stop}) => stop()))
    await fetcher.close()
    await health.close()
  })
  await Promise.all(chains.map(({done}) => done))
}

const createMeters = (registry: Registry) => ({
  profiles: new Counter({name: 'metadata_collection_profiles_total', help: 'Collection profiles read', registers: [registry]}),
  documents: new Counter({
    name: 'metadata_documents_total',
    help: 'Documents asked for, by what came of it: read, failed, interrupted',
    labelNames: ['result'],
    registers: [registry],
  }),
})

/** What hinders, by what it hinders: logged when it begins, shown as long as it lasts. */
function createTroubles(logger: Logger) {
  const troubles = new Map<string, string>()
  return {
    note: (what: string, error: unknown) => {
      if (error === null) return void troubles.delete(what)
      if (!troubles.has(what)) logger.warn({err: error}, `${what} have to wait`)
      troubles.set(what, error instanceof Error ? error.message : String(error))
    },
    text: () => [...troubles].map(([what, reason]) => `${what}: ${reason}`).join('; '),
  }
}

const logger = createLogger('metadata')
main(logger).catch((error: unknown) => exitWith(logger, error))
