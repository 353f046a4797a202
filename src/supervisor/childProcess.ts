import {type ChildProcess, spawn} from 'node:child_process'
import {createInterface} from 'node:readline'
import {findFreePort} from './freePort'
import {watchProcess} from './watchProcess'

/** What is run and kept running. */
export type ChildSpec = Readonly<{
  /** As people read it: `api`, `processor eip155:1`. */
  name: string
  /** A built file. */
  script: string
  args: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  /** Where it answers /health and /ready: a fixed port, or the variable that it takes a free one from. */
  health: Readonly<{host: string; port: number | Readonly<{variable: string}>}>
  /** Exit 0 means that its work is done; otherwise it is a crash like any other. */
  mayFinish: boolean
}>

/** Where a line came from: what a process cannot log properly any more goes to `stderr`. */
export type Stream = 'stdout' | 'stderr'

export type RunningChild = Readonly<{
  process: ChildProcess
  healthUrl: string
  startedAt: number
  exited: Promise<Readonly<{code: number | null; signal: NodeJS.Signals | null; error: Error | null}>>
}>

/** After this a process that was told to stop is killed. */
export const GRACE_MS = 10_000

const LAST_WORDS_MS = 500

/**
 * Starts it with an IPC channel, on whose closing it stops (see onShutdown), and in a session of its own:
 * Ctrl-C reaches it only through its supervisor, in order.
 */
export async function startChild(spec: ChildSpec, onLine: (line: string, stream: Stream) => void): Promise<RunningChild> {
  const {host, port: wanted} = spec.health
  const port = typeof wanted === 'number' ? wanted : await findFreePort()
  const chosen = typeof wanted === 'number' ? {} : {[wanted.variable]: String(port)}
  const child = spawn(process.execPath, ['--enable-source-maps', spec.script, ...spec.args], {
    env: {...spec.env, ...chosen},
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const forget = child.pid
    ? watchProcess({pid: child.pid, stage: 0, signal: 'SIGTERM', graceMs: GRACE_MS, escalation: 'SIGKILL'})
    : () => {}
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = child[stream]
    if (input) createInterface({input}).on('line', (line) => (line.trim() === '' ? undefined : onLine(line, stream)))
  }
  const exited = new Promise<Awaited<RunningChild['exited']>>((resolve) => {
    child.once('error', (error) => resolve({code: null, signal: null, error}))
    child.once('exit', (code, signal) => {
      const settle = () => resolve({code, signal, error: null})
      // Its last words first; unless something else holds its output open.
      child.once('close', settle)
      setTimeout(settle, LAST_WORDS_MS)
    })
  })
  void exited.then(forget)
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return {process: child, healthUrl: `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`, startedAt: Date.now(), exited}
}

/** SIGTERM, and SIGKILL when the grace is over. */
export async function stopChild({process: child, exited}: RunningChild): Promise<void> {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
  await exited
  clearTimeout(timer)
}

/** Null: ready. Else why not, in its own words. */
export async function fetchReadiness(healthUrl: string): Promise<string | null> {
  try {
    const response = await fetch(`${healthUrl}/ready`, {signal: AbortSignal.timeout(5000)})
    if (response.ok) return null
    const body = (await response.json().catch(() => null)) as Readonly<{reason?: unknown}> | null
    return typeof body?.reason === 'string' ? body.reason : `/ready answers ${response.status}`
  } catch {
    return 'it does not answer yet'
  }
}
