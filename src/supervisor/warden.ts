import {createInterface} from 'node:readline'
import {signalProcess, waitUntilGone} from './processTable'
import type {Watched} from './watchProcess'

/**
 * A process of its own (see watchProcess). Its standard input stays open as long as the process that started it lives;
 * the system closes it at the latest when that one is killed. Then this one ends what is left, and itself.
 */

const LAST_GRACE_MS = 10_000
const watched = new Map<number, Watched>()

const stop = async ({pid, startTime, signal, graceMs, escalation}: Watched): Promise<void> => {
  signalProcess(pid, signal, startTime)
  if (await waitUntilGone(pid, startTime, graceMs)) return
  signalProcess(pid, escalation, startTime)
  await waitUntilGone(pid, startTime, LAST_GRACE_MS)
}

const stopAll = async (): Promise<void> => {
  const stages = [...new Set([...watched.values()].map(({stage}) => stage))].sort((a, b) => a - b)
  for (const stage of stages) await Promise.all([...watched.values()].filter((entry) => entry.stage === stage).map(stop))
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

createInterface({input: process.stdin})
  .on('line', (line) => {
    const message = JSON.parse(line) as Watched | Readonly<{forget: number}>
    if ('forget' in message) watched.delete(message.forget)
    else watched.set(message.pid, message)
  })
  .on('close', () => {
    void stopAll().then(() => process.exit(0))
  })
