import 'reflect-metadata'
import {Counter, Registry} from 'prom-client'
import type {WebhookConfig} from '../config/config'
import {requireDatabaseUrl} from '../config/databaseUrl'
import {configPath, loadConfig} from '../config/loadConfig'
import {readArguments} from '../config/readArguments'
import {readPort} from '../config/readNumber'
import type {ChainId} from '../domain/caip'
import {startHealthServer} from '../process/healthServer'
import {createLogger, type Logger} from '../process/logger'
import {openPool} from '../process/openPool'
import {notReady, READY} from '../process/readiness'
import {exitWith, onShutdown} from '../process/shutdown'
import {createSequencer, type Sequencer} from './createSequencer'
import {applyConfiguredWebhooks} from './webhooks/configuredWebhooks'
import {createPoster} from './webhooks/postMessage'
import {runWebhooks, type Webhooks} from './webhooks/runWebhooks'
import {createWebhookRenderer} from './webhooks/webhookRenderer'
import {readWebhookTerms, type WebhookTerms} from './webhooks/webhookTerms'
import {requireUsableUrls} from './webhooks/webhookUrl'

const IDLE_MS = 200
const STANDBY_MS = 2_000
const MAX_PAUSE_MS = 10_000

const countChanges = (registry: Registry) =>
  new Counter({name: 'feed_changes_total', help: 'Entries of the journal written', labelNames: ['type'], registers: [registry]})

/** The feed process: gives every fact its position in the journal, and tells webhooks. `node lib/feed/main.js [--config <path>]` */
async function main(logger: Logger): Promise<void> {
  const values = readArguments({config: {type: 'string'}})
  const config = loadConfig({path: values.config, env: process.env})
  const url = requireDatabaseUrl(process.env)
  const registry = new Registry()
  const changes = countChanges(registry)
  let trouble: string | null = null
  const chainIds = config.chains.map(({id}) => id)
  const terms = readWebhookTerms(process.env)
  requireUsableUrls(config.webhooks, terms.allowPrivate, configPath({path: values.config, env: process.env}))
  const webhooks = startWebhooks({url, chainIds, configured: config.webhooks, terms, registry, logger})
  let stopped = false

  async function work(sequencer: Sequencer): Promise<void> {
    while (!stopped) {
      const step = await sequencer.run()
      trouble = null
      changes.inc({type: 'event'}, step?.appended ?? 0)
      changes.inc({type: 'retracted'}, step?.retracted ?? 0)
      if (!step?.isFull) await sleep(step ? IDLE_MS : STANDBY_MS)
    }
  }

  const health = await startHealthServer({
    host: process.env['HOST'] || '127.0.0.1',
    port: readPort(process.env, 'FEED_PORT', 0),
    registry,
    readiness: () => {
      if (trouble !== null) return notReady(`the feed stands still: ${trouble}`)
      const reason = webhooks.trouble()
      return reason === null ? READY : notReady(`webhooks stand still: ${reason}`)
    },
  })
  logger.info(`health, readiness and metrics on port ${health.port}`)
  // A step is one transaction: what is under way is either in the journal or not.
  onShutdown(logger, async () => {
    stopped = true
    await webhooks.stop()
    await health.close()
  })
  for (let pause = IDLE_MS; !stopped; await sleep(pause)) {
    let sequencer: Sequencer | null = null
    try {
      sequencer = await createSequencer(url)
      await work(sequencer)
    } catch (error) {
      if (trouble === null) logger.warn({err: error}, 'the feed has to wait')
      pause = trouble === null ? IDLE_MS : Math.min(pause * 2, MAX_PAUSE_MS)
      trouble = error instanceof Error ? error.message : String(error)
    } finally {
      await sequencer?.close().catch(() => {})
    }
  }
}

type WebhookOptions = Readonly<{
  url: string
  chainIds: readonly ChainId[]
  configured: readonly WebhookConfig[]
  terms: WebhookTerms
  registry: Registry
  logger: Logger
}>

function startWebhooks({url, chainIds, configured, terms, registry, logger}: WebhookOptions): Webhooks {
  const database = {connectionString: url, max: 8, application_name: 'provenance-indexer webhooks'}
  const pool = openPool(database, (err) => logger.warn({err}, 'a database connection broke'))
  const webhooks = runWebhooks({
    pool,
    render: createWebhookRenderer(pool, chainIds),
    poster: createPoster({allowPrivateAddresses: terms.allowPrivate}),
    box: terms.box,
    prepare: () => applyConfiguredWebhooks(pool, configured, terms),
    registry,
    onTrouble: (err) => logger.warn({err}, 'webhooks have to wait'),
  })
  return {trouble: webhooks.trouble, stop: () => webhooks.stop().then(() => pool.end())}
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const logger = createLogger('feed')
main(logger).catch((error: unknown) => exitWith(logger, error))
