import {type ChildSpec, fetchReadiness, type RunningChild, type Stream, startChild, stopChild} from './childProcess'
import {decideAfterCrash} from './restartPolicy'

/** Why the whole has to end. `code`: what to exit with. */
export type GivenUp = Readonly<{message: string; code: number}>

export type Supervisor = Readonly<{
  /** Settles when a child cannot be kept running; never otherwise. */
  givenUp: Promise<GivenUp>
  /** Names of children that are not ready yet, with their reasons; empty when all are ready or done. */
  notReady: () => Promise<ReadonlyMap<string, string>>
  stop: () => Promise<void>
}>

type Options = Readonly<{
  children: readonly ChildSpec[]
  /** Quick crashes in a row until it gives up: 1 means at the first. */
  maxCrashes: number
  /** A line that a child wrote. */
  onLine: (child: string, line: string, stream: Stream) => void
  /** What the supervisor itself has to say. */
  onEvent: (level: 'info' | 'warn', message: string) => void
}>

type Slot = {
  readonly spec: ChildSpec
  starting: Promise<RunningChild> | null
  running: RunningChild | null
  crashes: number
  isDone: boolean
  timer: NodeJS.Timeout | null
}

/** Exit code of a process whose configuration is at fault: another start would not help. */
const CONFIG_PROBLEM = 2

/** Starts the children and keeps them running until `stop`, or until one cannot be kept. */
export function supervise({children, maxCrashes, onLine, onEvent}: Options): Supervisor {
  const slots: readonly Slot[] = children.map((spec) => ({spec, starting: null, running: null, crashes: 0, isDone: false, timer: null}))
  let isStopping = false
  let giveUp: (reason: GivenUp) => void = () => {}
  const givenUp = new Promise<GivenUp>((resolve) => (giveUp = resolve))

  const start = async (slot: Slot): Promise<void> => {
    slot.timer = null
    slot.starting = startChild(slot.spec, (line, stream) => onLine(slot.spec.name, line, stream))
    const running = await slot.starting
    slot.starting = null
    slot.running = running
    const exit = await running.exited
    slot.running = null
    if (!isStopping) act(slot, judgeExit(slot, exit, {livedMs: Date.now() - running.startedAt, maxCrashes}))
  }
  const launch = (slot: Slot): void => void start(slot).catch((error: Error) => giveUp({message: error.message, code: 1}))
  const act = (slot: Slot, verdict: Verdict): void => {
    slot.crashes = verdict.crashes
    if (verdict.kind === 'giveUp') return giveUp(verdict)
    onEvent(verdict.kind === 'done' ? 'info' : 'warn', verdict.message)
    if (verdict.kind === 'done') slot.isDone = true
    else slot.timer = setTimeout(() => launch(slot), verdict.delayMs)
  }
  const running = () => slots.flatMap((slot) => slot.running ?? [])
  const halt = () => {
    isStopping = true
    for (const {timer} of slots) if (timer) clearTimeout(timer)
  }
  slots.forEach(launch)

  return {
    givenUp,
    notReady: async () => {
      const reasons = await Promise.all(slots.map(async (slot) => [slot.spec.name, await whyNotReady(slot)] as const))
      return new Map(reasons.flatMap(([name, reason]) => (reason === null ? [] : [[name, reason]])))
    },
    stop: async () => {
      halt()
      await Promise.allSettled(slots.map(({starting}) => starting))
      await Promise.all(running().map(stopChild))
    },
  }
}

type Verdict = Readonly<{message: string; crashes: number}> &
  (Readonly<{kind: 'done'}> | Readonly<{kind: 'restart'; delayMs: number}> | Readonly<{kind: 'giveUp'; code: number}>)

function judgeExit(
  {spec: {name, mayFinish}, crashes}: Slot,
  {code, signal, error}: Awaited<RunningChild['exited']>,
  {livedMs, maxCrashes}: Readonly<{livedMs: number; maxCrashes: number}>,
): Verdict {
  if (code === 0 && mayFinish) return {kind: 'done', message: `${name} has done its work`, crashes: 0}
  if (code === CONFIG_PROBLEM) return {kind: 'giveUp', message: `${name} cannot work with this configuration, see above`, crashes, code}
  const how = error ? `could not be started: ${error.message}` : signal ? `was killed by ${signal}` : `ended with exit code ${code}`
  const step = decideAfterCrash({crashesBefore: crashes, livedMs, maxCrashes, random: Math.random()})
  if (step.kind === 'giveUp')
    return {...step, message: `${name} ${how}${maxCrashes > 1 ? `, ${step.crashes} times in a row` : ''}`, code: 1}
  return {...step, message: `${name} ${how}; starting it again in ${(step.delayMs / 1000).toFixed(1)} s`}
}

const whyNotReady = async ({running, isDone}: Slot): Promise<string | null> =>
  isDone ? null : running ? fetchReadiness(running.healthUrl) : 'it is not running'
