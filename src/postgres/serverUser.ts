import {execFileSync, spawnSync} from 'node:child_process'
import {statSync} from 'node:fs'
import {dirname} from 'node:path'
import {EmbeddedPostgresFailed} from './failure'

/** Who the server runs as; null: as we do. */
export type ServerUser = Readonly<{uid: number; gid: number}> | null

/**
 * PostgreSQL refuses to run as root. Then it runs as the owner of the existing cluster, else as `postgres` where the system has that user,
 * else as `nobody`: no account is made on the machine for it.
 */
export function chooseServerUser(cluster: string): ServerUser {
  if (process.getuid?.() !== 0) return null
  const owner = statSync(cluster, {throwIfNoEntry: false})
  if (owner && owner.uid !== 0) return {uid: owner.uid, gid: owner.gid}
  const user = findUser('postgres') ?? findUser('nobody')
  if (user) return user
  throw new EmbeddedPostgresFailed([
    'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody',
    'Start as another user, or use a PostgreSQL of your own: DB_URL=postgres://user:password@host:5432/database',
  ])
}

const findUser = (name: string): ServerUser => {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, name], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}))
  try {
    return {uid: idOf('-u'), gid: idOf('-g')}
  } catch {
    return null
  }
}

/** The first folder on the way to `path` that this user may not pass. */
export function findClosedFolder(path: string, user: ServerUser): string | null {
  if (!user) return null
  const parent = dirname(path)
  const above = parent === path ? null : findClosedFolder(parent, user)
  if (above) return above
  const entry = statSync(path, {throwIfNoEntry: false})
  if (!entry) return null
  const bit = entry.uid === user.uid ? 0o100 : entry.gid === user.gid ? 0o010 : 0o001
  return entry.mode & bit ? null : path
}

/** A program as the server's user may run it. */
export type Runner = (
  program: string,
  args: readonly string[],
) => Readonly<{program: string; args: readonly string[]; uid?: number; gid?: number}>

/**
 * As root the server has to get from `/` to the programs and to its data, also through a folder that only root may enter, as /root is on most systems.
 * Then setpriv (util-linux) lets it pass with one capability of root's.
 * @throws EmbeddedPostgresFailed where that is not to be had
 */
export function chooseRunner(user: ServerUser, dir: string, binary: string): Runner {
  if (!user) return (program, args) => ({program, args})
  const blocked = [dir, binary].map((path) => ({path, closed: findClosedFolder(path, user)})).find(({closed}) => closed !== null)
  if (!blocked) return (program, args) => ({program, args, ...user})
  for (const capability of PASSING) {
    const prefix = [
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      '--clear-groups',
      '--no-new-privs',
      '--securebits=+no_setuid_fixup',
      `--inh-caps=+${capability}`,
      `--ambient-caps=+${capability}`,
      '--',
    ]
    if (spawnSync('setpriv', [...prefix, binary, '--version'], {stdio: 'ignore'}).status === 0)
      return (program, args) => ({program: 'setpriv', args: [...prefix, program, ...args]})
  }
  throw closedFolder(String(blocked.closed), blocked.path, user.uid)
}

/** The first is enough and may not write; containers commonly have only the second. (access(2) asks for no_setuid_fixup: it clears capabilities otherwise.) */
const PASSING = ['dac_read_search', 'dac_override']

const closedFolder = (closed: string, path: string, uid: number) =>
  new EmbeddedPostgresFailed([
    `PostgreSQL does not run as root; as user ${uid} it cannot get through ${closed}, which only root may enter, to ${path}`,
    `Any of these helps: let others pass through (not list) that folder: chmod o+x ${closed}`,
    'or move the project to a folder that others may enter, such as /srv or /opt',
    'or start as a user who is not root',
    'or use a PostgreSQL of your own: DB_URL=postgres://user:password@host:5432/database',
  ])
