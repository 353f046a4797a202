import {resolve} from 'node:path'
import {Command} from 'commander'
import {databaseUrl} from '../../config/databaseUrl'
import {configPath, loadConfig} from '../../config/loadConfig'
import {startEmbeddedPostgres} from '../../postgres/embedded'
import {STANDARDS} from '../../standards/registry'
import type {Stream} from '../../supervisor/childProcess'
import {formatAsRecord, formatForTerminal} from '../../supervisor/formatLine'
import {POSTGRES_DIR} from '../dataDir'
import {exitCodeOf} from '../exitCodes'
import {createLifetime, type Lifetime} from '../lifetime'
import {chooseEndpoint, type Endpoint, runIndexer} from '../runIndexer'

const MAX_CRASHES = 5
const PATIENCE_MS = 10_000

type StartOptions = Readonly<{config?: string; port?: string}>

export const startCommand = (): Command =>
  new Command('start')
    .description('Index the configured chains and answer queries: database, migrations, one processor per chain, and the API.')
    .option('-c, --config <path>', 'the configuration file (default: INDEXER_CONFIG, else indexer.yaml)')
    .option('-p, --port <port>', 'where the API listens (default: GQL_PORT, else 4350; 0: a free one)')
    .addHelpText(
      'after',
      `
Environment:
  DB_URL        PostgreSQL 16 or later (or DATABASE_URL, or DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASS);
                without any of them an embedded server with its data under ${POSTGRES_DIR}
  HOST          where the API and the health checks listen (default 127.0.0.1)
  LOG_LEVEL     trace, debug, info, warn, error (default info)

Examples:
  indexer start
  indexer start --config production.yaml
  DB_URL=postgres://me:secret@db.example:5432/provenance HOST=0.0.0.0 indexer start

A process that crashes is started again; after ${MAX_CRASHES} quick crashes in a row all ends with exit code 1.
Ctrl-C stops everything in order (exit code 0); the next start goes on where this one stopped.`,
    )
    .action(async ({config: path, port}: StartOptions) => {
      const config = loadConfig({path, env: process.env, standards: STANDARDS.map(({name}) => name)})
      const database = databaseUrl(process.env)
      const endpoint = await chooseEndpoint(process.env, port)
      const lifetime = createLifetime({say})
      try {
        const url = database ?? (await startDatabase(lifetime))
        const format = process.stdout.isTTY ? formatForTerminal : formatAsRecord
        const onLine = (child: string, line: string, stream: Stream) => console.log(format(child, line, stream))
        const file = resolve(configPath({path, env: process.env}))
        await runIndexer({
          lifetime,
          config,
          configPath: file,
          databaseUrl: url,
          endpoint,
          env: process.env,
          maxCrashes: MAX_CRASHES,
          patienceMs: PATIENCE_MS,
          onLine,
          say,
        })
        say(describeEndpoint(endpoint))
      } catch (error) {
        await lifetime.end(exitCodeOf(error), error instanceof Error ? error.message : String(error))
      }
    })

const startDatabase = async (lifetime: Lifetime): Promise<string> => {
  const server = await lifetime.own(startEmbeddedPostgres({dir: POSTGRES_DIR}), ({stop}) => stop())
  void server.exited.then((log) => lifetime.end(1, `PostgreSQL ended unexpectedly; the end of its log:\n  ${log}`))
  say(`Embedded PostgreSQL ${server.restored ? 'goes on with' : 'has made'} its data in ${POSTGRES_DIR}.`)
  return server.url
}

const describeEndpoint = ({graphql}: Endpoint): string => `GraphQL and its explorer: ${graphql}`

/** To people; standard output belongs to the processes' records. */
const say = (message: string): void => console.error(message)
