import 'reflect-metadata'
import type {Pool} from 'pg'
import {requireDatabaseUrl} from '../config/databaseUrl'
import {loadConfig} from '../config/loadConfig'
import {readArguments} from '../config/readArguments'
import {readNumber, readPort} from '../config/readNumber'
import {readWebhookTerms} from '../feed/webhooks/webhookTerms'
import {createLogger, type Logger} from '../process/logger'
import {openPool} from '../process/openPool'
import {exitWith, onShutdown} from '../process/shutdown'
import {createAddressOf} from './admission/clientAddress'
import {createAdmission} from './admission/createAdmission'
import {buildApiSchema} from './buildSchema'
import {createApi} from './createApi'
import {createExportHandler} from './export/exportHandler'
import {startApiServer} from './httpServer'
import {readPersistedOperations} from './persistedOperations'

/** The API process. `node lib/api/main.js [--config <path>]`, GQL_PORT (default 4350), HOST (default 127.0.0.1). */
async function main(logger: Logger): Promise<void> {
  const values = readArguments({config: {type: 'string'}})
  const config = loadConfig({path: values.config, env: process.env})
  const url = config.api.replicaUrl ?? requireDatabaseUrl(process.env)
  const database = {
    connectionString: url,
    max: readNumber(process.env, 'API_DB_CONNECTIONS', {fallback: 16, min: 1, max: 10_000}),
    application_name: 'provenance-indexer api',
    connectionTimeoutMillis: 10_000,
    // What a connection has prepared makes its first answers slow: it is kept over a lull.
    idleTimeoutMillis: 300_000,
  }
  const pool = openPool(database, (err) => logger.warn({err}, 'a database connection broke'))
  const primary = config.api.replicaUrl === null ? pool : createPrimary(requireDatabaseUrl(process.env), logger)
  const {persistedOperations} = config.api
  const persisted = persistedOperations === null ? new Map() : readPersistedOperations(persistedOperations)
  const served = {
    pool,
    primary,
    schema: buildApiSchema(),
    chainIds: config.chains.map(({id}) => id),
    ...config.api,
    persisted,
    webhooks: readWebhookTerms(process.env),
    logger,
  }
  const api = createApi(served)
  const admission = createAdmission({pool, limits: config.api})
  const exportHandler = createExportHandler({...served, admission})
  const host = process.env['HOST'] || '127.0.0.1'
  const server = await startApiServer({
    api,
    admission,
    exportHandler,
    pool,
    limits: config.api,
    addressOf: createAddressOf(config.api.trustedProxies),
    host,
    port: readPort(process.env, 'GQL_PORT', 4350),
  })
  onShutdown(logger, async () => {
    await server.close()
    await pool.end()
    if (primary !== pool) await primary.end()
  })
  logger.info(`GraphQL on ${host}:${server.port}/graphql`)
}

/** For the little that the API writes, where it reads from a replica. */
function createPrimary(connectionString: string, logger: Logger): Pool {
  const database = {connectionString, max: 2, application_name: 'provenance-indexer api', connectionTimeoutMillis: 10_000}
  return openPool(database, (err) => logger.warn({err}, 'a connection to the primary database broke'))
}

const logger = createLogger('api')
main(logger).catch((error: unknown) => exitWith(logger, error))
