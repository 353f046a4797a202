import {join} from 'node:path'
import type {Config} from '../config/config'
import {ConfigError} from '../config/configError'
import {readNumber, readPort} from '../config/readNumber'
import type {ChildSpec, Stream} from '../supervisor/childProcess'
import {findFreePort, isPortFree} from '../supervisor/freePort'
import {type Supervisor, supervise} from '../supervisor/supervise'
import type {Lifetime} from './lifetime'
import {migrateDatabase} from './migrateDatabase'
import {ROOT} from './version'

export type Environment = Readonly<Record<string, string | undefined>>

/** Where the API listens. */
export type Endpoint = Readonly<{host: string; port: number; graphql: string}>

const DEFAULT_PORT = 4350

/**
 * GQL_PORT (default 4350; 0: a free one) and HOST (default 127.0.0.1). Looks before anything is started whether the port can be had.
 * @throws ConfigError when it is no port
 * @throws Error when it is taken
 */
export async function chooseEndpoint(env: Environment, portOption?: string): Promise<Endpoint> {
  const host = env['HOST'] || '127.0.0.1'
  const text = portOption ?? (env['GQL_PORT'] || String(DEFAULT_PORT))
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65535)
    throw new ConfigError(portOption === undefined ? 'The environment' : 'The command', [
      {path: portOption === undefined ? 'GQL_PORT' : '--port', message: 'expected a port from 0 to 65535'},
    ])
  const port = text === '0' ? await findFreePort() : Number(text)
  if (!(await isPortFree(port, host)))
    throw new Error(
      `Port ${port} on ${host} is taken by another process (perhaps an indexer that still runs). Free it, or choose another: GQL_PORT=${port + 1}`,
    )
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return {host, port, graphql: `http://${reachable}:${port}/graphql`}
}

type Options = Readonly<{
  lifetime: Lifetime
  config: Config
  configPath: string
  databaseUrl: string
  endpoint: Endpoint
  env: Environment
  /** Quick crashes in a row until all ends. */
  maxCrashes: number
  /** How long to wait for processors once the API is ready; 0: not at all. A node that does not answer is no reason to withhold what is there. */
  patienceMs: number
  onLine: (child: string, line: string, stream: Stream) => void
  say: (message: string) => void
}>

const READY_POLL_MS = 200
const CAUSE_MS = 500
const START_TIMEOUT_MS = 120_000

/** Migrates, starts the API, the metadata worker, the feed worker and a processor for each chain, and answers when the API answers. From then on only `lifetime` ends it. @throws ConfigError */
export async function runIndexer(options: Options): Promise<void> {
  const {lifetime, say, databaseUrl, maxCrashes, onLine} = options
  const children = childrenOf(options)
  const applied = await migrateDatabase(databaseUrl)
  if (applied.length > 0) say(`Database brought up to date (${applied.length} migrations).`)
  const supervisor = supervise({children, maxCrashes, onLine, onEvent: (_, message) => say(message)})
  await lifetime.own(Promise.resolve(supervisor), ({stop}) => stop())
  const givenUp = supervisor.givenUp.then(async ({message, code}) => {
    // A database or a chain that ended takes others with it, and the first to be noticed need not be the cause.
    await new Promise((resolve) => setTimeout(resolve, CAUSE_MS))
    return lifetime.end(code, message)
  })
  await Promise.race([givenUp, waitUntilReady(supervisor, options)])
}

function childrenOf({config, configPath, databaseUrl, endpoint, env}: Options): readonly ChildSpec[] {
  const common: Environment = {...env, DB_URL: databaseUrl, HOST: endpoint.host, GQL_PORT: String(endpoint.port)}
  const firstPort = readNumber(env, 'PROCESSOR_PORT', {fallback: 0, min: 0, max: 65_536 - config.chains.length})
  const portOf = (variable: string) => readPort(env, variable, 0) || {variable}
  return [
    {
      name: API,
      script: join(ROOT, 'lib/api/main.js'),
      args: ['--config', configPath],
      env: common,
      health: {host: endpoint.host, port: endpoint.port},
      mayFinish: false,
    },
    {
      name: 'metadata',
      script: join(ROOT, 'lib/metadata/main.js'),
      args: ['--config', configPath],
      env: common,
      health: {host: endpoint.host, port: portOf('METADATA_PORT')},
      mayFinish: false,
    },
    {
      name: 'feed',
      script: join(ROOT, 'lib/feed/main.js'),
      args: ['--config', configPath],
      env: common,
      health: {host: endpoint.host, port: portOf('FEED_PORT')},
      mayFinish: false,
    },
    ...config.chains.map(({id}, i): ChildSpec => {
      const port = firstPort > 0 ? firstPort + i : null
      return {
        name: `processor eip155:${id}`,
        script: join(ROOT, 'lib/main.js'),
        args: ['--config', configPath, '--chain', String(id)],
        env: port === null ? common : {...common, PROCESSOR_PORT: String(port)},
        health: {host: endpoint.host, port: port ?? {variable: 'PROCESSOR_PORT'}},
        mayFinish: true,
      }
    }),
  ]
}

const API = 'api'

async function waitUntilReady({notReady}: Supervisor, {lifetime, patienceMs, say}: Options): Promise<void> {
  for (const start = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS))) {
    const reasons = await notReady()
    if (reasons.size === 0) return
    const waited = Date.now() - start
    if (!reasons.has(API) && patienceMs === 0) return
    if (!reasons.has(API) && waited > patienceMs)
      return say([...reasons].map(([name, reason]) => `${name} is not ready yet: ${reason}`).join('\n'))
    if (waited > START_TIMEOUT_MS) await lifetime.end(1, `The API is not ready after ${START_TIMEOUT_MS / 1000} s: ${reasons.get(API)}`)
  }
}
