import {readFileSync, readlinkSync} from 'node:fs'

/** What the system says of a process. `startTime` tells it from a later one with the same id; null where there is no /proc. */
export type ProcessEntry = Readonly<{parent: number | null; startTime: string | null}>

/** Null: there is no such process, or it has ended and only waits to be reaped. */
export function readProcess(pid: number): ProcessEntry | null {
  if (process.platform !== 'linux') return answersSignals(pid) ? {parent: null, startTime: null} : null
  try {
    // proc(5): the name in parentheses may hold anything; then state (3), parent (4), …, start time (22).
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : {parent: Number(fields[1]), startTime: fields[19] ?? null}
  } catch {
    return null
  }
}

/** Null where the system does not tell. */
export function readWorkingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

/** Whether it is still the process that it was when `startTime` was read. */
export function isRunning(pid: number, startTime: string | null): boolean {
  const entry = readProcess(pid)
  return entry !== null && (startTime === null || entry.startTime === startTime)
}

/** Sends it if that process is still there; whether it was. */
export function signalProcess(pid: number, signal: NodeJS.Signals, startTime: string | null = null): boolean {
  if (!isRunning(pid, startTime)) return false
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

/** False when it is still there after `timeoutMs`. */
export async function waitUntilGone(pid: number, startTime: string | null, timeoutMs: number): Promise<boolean> {
  for (const deadline = Date.now() + timeoutMs; isRunning(pid, startTime); await new Promise((resolve) => setTimeout(resolve, 25)))
    if (Date.now() > deadline) return false
  return true
}

const answersSignals = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
