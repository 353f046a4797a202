import {spawn} from 'node:child_process'
import {closeSync, openSync, readFileSync, renameSync, statSync} from 'node:fs'
import {join} from 'node:path'
import {signalProcess, waitUntilGone} from '../supervisor/processTable'
import {watchProcess} from '../supervisor/watchProcess'
import type {Binaries} from './binaries'
import type {Runner} from './serverUser'
import {serverSettings} from './settings'

/** A fast shutdown writes a checkpoint first. */
const FAST_SHUTDOWN_MS = 60_000
const LOG_MAX_BYTES = 10 * 1024 * 1024
const LOG_TAIL_LINES = 15

export type ServerProcess = Readonly<{exited: Promise<string>; stop: () => Promise<void>}>

type Options = Readonly<{binaries: Binaries; dir: string; run: Runner; port: number}>

/** In a session of its own, so that Ctrl-C reaches it only through `stop`, after those that write to it. */
export function spawnServer({binaries, dir, run, port}: Options): ServerProcess {
  const logFile = join(dir, 'postgres.log')
  const log = openLog(logFile)
  const {program, args, ...user} = run(binaries.postgres, ['-D', join(dir, 'data'), ...serverSettings(port)])
  const child = spawn(program, args, {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: {PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC'},
  })
  closeSync(log)
  const forget = child.pid
    ? watchProcess({pid: child.pid, stage: 2, signal: 'SIGINT', graceMs: FAST_SHUTDOWN_MS, escalation: 'SIGQUIT'})
    : () => {}
  let isGone = false
  const exited = new Promise<string>((resolve) => {
    const end = (text: string) => {
      isGone = true
      forget()
      resolve(text)
    }
    child.once('error', (error) => end(error.message))
    child.once('exit', () => end(readTail(logFile)))
  })
  const stop = async () => {
    if (isGone || !child.pid) return
    signalProcess(child.pid, 'SIGINT')
    if (!(await waitUntilGone(child.pid, null, FAST_SHUTDOWN_MS))) signalProcess(child.pid, 'SIGQUIT')
    await exited
  }
  return {exited, stop}
}

function openLog(file: string): number {
  if ((statSync(file, {throwIfNoEntry: false})?.size ?? 0) > LOG_MAX_BYTES) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

const readTail = (file: string): string => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n  ')
