import {existsSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {isRunning, readProcess, readWorkingDirectory, signalProcess, waitUntilGone} from '../supervisor/processTable'
import {EmbeddedPostgresFailed} from './failure'

const FAST_SHUTDOWN_MS = 60_000
const IMMEDIATE_SHUTDOWN_MS = 10_000

type Owner = Readonly<{pid: number; startTime: string | null}>

/**
 * Makes the folder this process's own: waits for an owner that is about to end, then stops a server that outlived its owner.
 * @throws EmbeddedPostgresFailed when another one is at work in it
 */
export async function takeOver(dir: string, cluster: string): Promise<void> {
  const file = join(dir, 'owner.json')
  const owner = readOwner(file)
  if (
    owner &&
    owner.pid !== process.pid &&
    isRunning(owner.pid, owner.startTime) &&
    !(await waitUntilGone(owner.pid, owner.startTime, 2000))
  )
    throw new EmbeddedPostgresFailed([
      `another indexer (process ${owner.pid}) is running with the database in ${dir}`,
      'Stop it first, or start this one in another folder',
    ])
  await stopLeftover(cluster)
  writeFileSync(file, JSON.stringify({pid: process.pid, startTime: readProcess(process.pid)?.startTime ?? null}))
}

export const giveUpOwnership = (dir: string): void => rmSync(join(dir, 'owner.json'), {force: true})

const readOwner = (file: string): Owner | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner
  } catch {
    return null
  }
}

/** Only a server whose working directory is this very cluster; a postmaster.pid of a process that is no server is removed. */
async function stopLeftover(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  const entry = Number.isSafeInteger(pid) && pid > 1 ? readProcess(pid) : null
  const isOurs = entry !== null && (readWorkingDirectory(pid) ?? realpathSync(cluster)) === realpathSync(cluster)
  if (!entry || !isOurs) return rmSync(file, {force: true})
  // Its warden is perhaps just stopping it; a second SIGINT changes nothing.
  signalProcess(pid, 'SIGINT', entry.startTime)
  if (await waitUntilGone(pid, entry.startTime, FAST_SHUTDOWN_MS)) return
  signalProcess(pid, 'SIGQUIT', entry.startTime)
  if (await waitUntilGone(pid, entry.startTime, IMMEDIATE_SHUTDOWN_MS)) return
  throw new EmbeddedPostgresFailed([`a PostgreSQL (process ${pid}) left over in ${cluster} does not stop: end it by hand`])
}
