import {type ChildProcess, spawn} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {watchProcess} from '../supervisor/watchProcess'
import type {Binaries} from './binaries'
import {EmbeddedPostgresFailed} from './failure'
import type {Runner, ServerUser} from './serverUser'

export const SUPERUSER = 'postgres'

type Options = Readonly<{binaries: Binaries; dir: string; user: ServerUser; run: Runner}>

/**
 * A new cluster in `cluster`: locale C (text order is byte order, so it is chain order), UTF8, a random password.
 * Made beside its place and moved there when complete: a kill half way leaves nothing that looks usable.
 */
export async function createCluster({binaries, dir, user, run}: Options): Promise<void> {
  const cluster = join(dir, 'data')
  const unfinished = join(dir, 'data.new')
  rmSync(unfinished, {recursive: true, force: true})
  mkdirSync(unfinished, {mode: 0o700})
  const password = randomBytes(24).toString('base64url')
  const passwordFile = join(dir, 'password')
  writeFileSync(passwordFile, `${password}\n`, {mode: 0o600})
  // initdb opens it as the server's user.
  const handedOver = join(dir, 'password.initdb')
  writeFileSync(handedOver, `${password}\n`, {mode: 0o600})
  if (user) for (const path of [unfinished, handedOver]) chownSync(path, user.uid, user.gid)
  try {
    await runInitdb(run(binaries.initdb, ['-D', unfinished, '-U', SUPERUSER, `--pwfile=${handedOver}`, ...INITDB_FLAGS]))
  } finally {
    rmSync(handedOver, {force: true})
  }
  renameSync(unfinished, cluster)
}

const INITDB_FLAGS = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums']

async function runInitdb({program, args, ...user}: ReturnType<Runner>): Promise<void> {
  const env = {PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC'}
  const child = spawn(program, args, {...user, cwd: '/', detached: true, stdio: ['ignore', 'ignore', 'pipe'], env})
  const forget = child.pid ? watchProcess({pid: child.pid, stage: 2, signal: 'SIGTERM', graceMs: 2000, escalation: 'SIGKILL'}) : () => {}
  const {code, output} = await collect(child)
  forget()
  if (code === 0) return
  const hint = /shared librar/.test(output) ? ['npm ci --ignore-scripts leaves out its libraries: npm rebuild'] : []
  throw new EmbeddedPostgresFailed([
    `initdb failed (${code}): ${output.trim()}`,
    ...hint,
    'Or use a PostgreSQL of your own: DB_URL=postgres://…',
  ])
}

const collect = (child: ChildProcess): Promise<Readonly<{code: number | string; output: string}>> =>
  new Promise((resolve) => {
    let output = ''
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk))
    child.once('error', (error: NodeJS.ErrnoException) => resolve({code: error.code ?? 'error', output: error.message}))
    child.once('close', (code, signal) => resolve({code: code ?? signal ?? 'error', output}))
  })

/** @throws EmbeddedPostgresFailed when the cluster was made by another major version */
export function requireSameVersion(dir: string, {majorVersion}: Binaries): void {
  const found = readFileSync(join(dir, 'data', 'PG_VERSION'), 'utf8').trim()
  if (found === majorVersion) return
  throw new EmbeddedPostgresFailed([
    `the database in ${dir} was made by PostgreSQL ${found}, this is ${majorVersion}`,
    'Everything in it can be indexed again: remove that folder and start; or keep it with the former version of this project',
  ])
}

export const clusterExists = (dir: string): boolean => existsSync(join(dir, 'data', 'PG_VERSION'))

export function readPassword(dir: string): string {
  try {
    return readFileSync(join(dir, 'password'), 'utf8').trim()
  } catch (cause) {
    const lines = [
      `the password of the database, ${join(dir, 'password')}, cannot be read`,
      'Bring it back, or remove the folder and index again',
    ]
    throw new EmbeddedPostgresFailed(lines, {cause})
  }
}
