import {type ChildProcess, spawn} from 'node:child_process'
import {join} from 'node:path'
import {readProcess, signalProcess} from './processTable'

/** How to end a process when the one that started it can no longer do so. */
export type Watched = Readonly<{
  pid: number
  startTime: string | null
  /** Ended in this order; a stage waits for the one before it. A database comes after those that write to it. */
  stage: number
  signal: NodeJS.Signals
  graceMs: number
  /** Sent when the grace is over. */
  escalation: NodeJS.Signals
}>

const watched = new Map<number, Watched>()
let warden: ChildProcess | null = null

/**
 * From now on the process ends soon after this one does, however this one ends: killed with SIGKILL too. Answers how to take that back.
 * One small process (warden.js) does it, for all that are watched.
 */
export function watchProcess(options: Omit<Watched, 'startTime'>): () => void {
  const entry: Watched = {...options, startTime: readProcess(options.pid)?.startTime ?? null}
  watched.set(entry.pid, entry)
  if (warden) send(warden, entry)
  else startWarden()
  return () => {
    watched.delete(entry.pid)
    if (warden) send(warden, {forget: entry.pid})
  }
}

/** For who will not wait: every watched process gets its escalation now. */
export function endWatchedProcesses(): void {
  for (const {pid, startTime, escalation} of watched.values()) signalProcess(pid, escalation, startTime)
}

function startWarden(): void {
  // A session of its own: Ctrl-C and a closed terminal do not reach it.
  // Its argument tells a reader of `ps` whose it is.
  const child = spawn(process.execPath, [join(__dirname, 'warden.js'), String(process.pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  })
  warden = child
  child.stdin.on('error', () => {})
  child.on('error', () => {})
  child.once('exit', () => {
    warden = null
    if (watched.size > 0) setTimeout(() => (warden || watched.size === 0 ? undefined : startWarden()), 1000).unref()
  })
  child.unref()
  ;(child.stdin as unknown as {unref: () => void}).unref()
  for (const entry of watched.values()) send(child, entry)
}

const send = (to: ChildProcess, message: Watched | Readonly<{forget: number}>): void => {
  to.stdin?.write(`${JSON.stringify(message)}\n`)
}
