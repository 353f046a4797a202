import {existsSync, readFileSync} from 'node:fs'
import {join, resolve} from 'node:path'
import {Client} from 'pg'
import {clusterExists, readPassword} from './cluster'
import {DATABASE} from './embedded'

const CONNECT_TIMEOUT_MS = 2_000

/** The URL of an embedded server that another process of this project runs in the folder; null when none answers there. */
export async function findRunningPostgres(folder: string): Promise<string | null> {
  const dir = resolve(folder)
  const portFile = join(dir, 'port')
  if (!clusterExists(dir) || !existsSync(portFile)) return null
  // The password is that of this folder's server: another one on its port does not take it.
  const url = `postgres://${DATABASE}:${readPassword(dir)}@127.0.0.1:${Number(readFileSync(portFile, 'utf8'))}/${DATABASE}`
  const client = new Client({connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS})
  client.on('error', () => {})
  return client.connect().then(
    () => client.end().then(() => url),
    () => null,
  )
}
