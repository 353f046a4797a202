import {parseArgs} from 'node:util'
import {Pool} from 'pg'
import {Counter, Registry} from 'prom-client'
import type {ChainConfig} from '../config/config'
import {requireDatabaseUrl} from '../config/databaseUrl'
import {loadConfig} from '../config/loadConfig'
import {startHealthServer} from '../process/healthServer'
import {createLogger, type Logger} from '../process/logger'
import {notReady, READY} from '../process/readiness'
import {exitWith, onShutdown} from '../process/shutdown'
import {createContractReader} from './ethCall'
import {profileCollections} from './profileCollections'

const IDLE_MS = 1_000
const MAX_PAUSE_MS = 30_000

/** The metadata process: what collections say of themselves by call. `node lib/metadata/main.js [--config <path>]` */
async function main(logger: Logger): Promise<void> {
  const {values} = parseArgs({options: {config: {type: 'string'}}})
  const config = loadConfig({path: values.config, env: process.env})
  const pool = new Pool({connectionString: requireDatabaseUrl(process.env), max: 4, application_name: 'provenance-indexer metadata'})
  pool.on('error', (err) => logger.warn({err}, 'a database connection broke'))
  const registry = new Registry()
  const profiles = new Counter({name: 'metadata_collection_profiles_total', help: 'Collection profiles read', registers: [registry]})
  const troubles = new Map<number, string>()
  let stopped = false
  const work = config.chains.flatMap((chain) => (chain.rpc[0] ? [profileChain(chain, chain.rpc[0])] : []))

  async function profileChain({id}: ChainConfig, rpc: string): Promise<void> {
    const reader = createContractReader(rpc)
    for (let pause = IDLE_MS; !stopped; await sleep(pause)) {
      try {
        const read = await profileCollections(pool, id, reader)
        profiles.inc(read)
        troubles.delete(id)
        pause = read > 0 ? 0 : IDLE_MS
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error)
        if (!troubles.has(id)) logger.warn({err: error, chain: `eip155:${id}`}, 'collection profiles have to wait')
        troubles.set(id, message)
        pause = Math.min(Math.max(pause, IDLE_MS) * 2, MAX_PAUSE_MS)
      }
    }
  }

  const health = await startHealthServer({
    host: process.env['HOST'] || '127.0.0.1',
    port: Number(process.env['METADATA_PORT'] || 0),
    registry,
    readiness: () => (troubles.size === 0 ? READY : notReady([...troubles].map(([id, reason]) => `eip155:${id}: ${reason}`).join('; '))),
  })
  logger.info(`health, readiness and metrics on port ${health.port}`)
  // What is under way is leased: it comes back to the queue by itself.
  onShutdown(logger, async () => {
    stopped = true
    await health.close()
  })
  await Promise.all(work)
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const logger = createLogger('metadata')
main(logger).catch((error: unknown) => exitWith(logger, error))
