import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join, resolve} from 'node:path'
import {Client} from 'pg'
import {findFreePort, isPortFree} from '../supervisor/freePort'
import {type Binaries, findBinaries} from './binaries'
import {clusterExists, createCluster, readPassword, requireSameVersion, SUPERUSER} from './cluster'
import {EmbeddedPostgresFailed} from './failure'
import {giveUpOwnership, takeOver} from './leftover'
import {type ServerProcess, spawnServer} from './serverProcess'
import {chooseRunner, chooseServerUser, type Runner} from './serverUser'

/** Both the database and the role that owns it; what is indexed needs no superuser. */
export const DATABASE = 'indexer'
const START_TIMEOUT_MS = 120_000
const PORT_ATTEMPTS = 3

export type EmbeddedPostgres = Readonly<{
  /** Holds the password. */
  url: string
  /** Whether there was a database already. */
  restored: boolean
  /** Settles when the server ends, also without `stop`; with the last lines of its log. */
  exited: Promise<string>
  stop: () => Promise<void>
}>

type Options = Readonly<{
  /** The database's own folder; made when absent. */
  dir: string
  /** Without it: the one of the last start, or a free one. */
  port?: number | undefined
}>

/**
 * A real PostgreSQL server of this process's own, on loopback, ended with this process in any case (see watchProcess).
 * An existing cluster is used again.
 * @throws EmbeddedPostgresFailed saying what hinders and what to do instead
 */
export async function startEmbeddedPostgres({dir: folder, port}: Options): Promise<EmbeddedPostgres> {
  const dir = resolve(folder)
  const binaries = await findBinaries()
  const cluster = join(dir, 'data')
  const user = chooseServerUser(cluster)
  prepareFolder(dir, user === null)
  const run = chooseRunner(user, dirname(dir), binaries.postgres)
  await takeOver(dir, cluster)
  const restored = clusterExists(dir)
  if (restored) requireSameVersion(dir, binaries)
  else await createCluster({binaries, dir, user, run})
  const {server, url} = await startOnSomePort({binaries, dir, run, port})
  return {
    url,
    restored,
    exited: server.exited,
    stop: async () => {
      await server.stop()
      giveUpOwnership(dir)
    },
  }
}

function prepareFolder(dir: string, isOwnServerUser: boolean): void {
  try {
    mkdirSync(dir, {recursive: true})
    // Another server user passes through, nobody reads.
    chmodSync(dir, isOwnServerUser ? 0o700 : 0o711)
  } catch (cause) {
    const lines = [
      `the folder of the database cannot be used: ${(cause as Error).message}`,
      `If the indexer ran as another user before (root?), start it as that one, or give ${dir} to this one with everything in it`,
    ]
    throw new EmbeddedPostgresFailed(lines, {cause})
  }
}

type StartOptions = Readonly<{binaries: Binaries; dir: string; run: Runner; port: number | undefined}>

async function startOnSomePort(options: StartOptions): Promise<Readonly<{server: ServerProcess; url: string}>> {
  const {dir, port: wanted} = options
  const portFile = join(dir, 'port')
  for (let attempt = 1; ; attempt++) {
    const remembered = attempt === 1 && existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0
    const port = wanted ?? (remembered > 0 && (await isPortFree(remembered)) ? remembered : await findFreePort())
    const password = readPassword(dir)
    const url = (role: string, database: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
    const admin = url(SUPERUSER, 'postgres')
    const server = spawnServer({...options, port})
    try {
      await waitUntilReady(admin, server)
      await createDatabaseOnce(admin, password)
      writeFileSync(portFile, `${port}\n`)
      return {server, url: url(DATABASE, DATABASE)}
    } catch (error) {
      await server.stop()
      // Somebody took the port between the look and the start.
      if (wanted === undefined && attempt < PORT_ATTEMPTS && !(await isPortFree(port))) continue
      throw error
    }
  }
}

/** A server that was killed replays its log first, and says so to who connects (57P03). */
async function waitUntilReady(url: string, server: ServerProcess): Promise<void> {
  let ended: string | null = null
  void server.exited.then((log) => (ended = log))
  for (const deadline = Date.now() + START_TIMEOUT_MS; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (ended !== null) throw new EmbeddedPostgresFailed(['PostgreSQL did not start; the end of its log:', ended])
    const failure = await query(url, 'SELECT 1').then(
      () => null,
      (error: Error & {code?: string}) => error,
    )
    if (!failure) return
    if (failure.code === '28P01')
      throw new EmbeddedPostgresFailed(['the database does not take its password; remove its folder and index again'], {cause: failure})
    if (Date.now() > deadline)
      throw new EmbeddedPostgresFailed([`PostgreSQL is not ready after ${START_TIMEOUT_MS / 1000} s: ${failure.message}`])
  }
}

/** A start that was killed in between left the one without the other. */
async function createDatabaseOnce(admin: string, password: string): Promise<void> {
  const {rowCount: roles} = await query(admin, `SELECT FROM pg_roles WHERE rolname = '${DATABASE}'`)
  // base64url: needs no quoting.
  if (roles === 0) await query(admin, `CREATE ROLE ${DATABASE} LOGIN PASSWORD '${password}'`)
  const {rowCount: databases} = await query(admin, `SELECT FROM pg_database WHERE datname = '${DATABASE}'`)
  if (databases === 0) await query(admin, `CREATE DATABASE ${DATABASE} OWNER ${DATABASE}`)
}

async function query(url: string, sql: string) {
  const client = new Client({connectionString: url, connectionTimeoutMillis: 5000})
  // A server that goes away while nobody asks it anything: the next question tells.
  client.on('error', () => {})
  await client.connect()
  return client.query(sql).finally(() => client.end())
}
