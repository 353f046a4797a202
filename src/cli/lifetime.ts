import {endWatchedProcesses} from '../supervisor/watchProcess'

/** What a command has started, ended in reverse order however the command ends. */
export type Lifetime = Readonly<{
  /** Registers how to stop a thing as soon as its start begins, so that a Ctrl-C during the start stops it too. */
  own: <T>(starting: Promise<T>, stop: (started: T) => Promise<unknown>) => Promise<T>
  /** Stops everything, then exits the process. */
  end: (code: number, why: string) => Promise<never>
}>

type Options = Readonly<{
  /** What the person at the terminal is told. */
  say: (message: string) => void
}>

const HANG_UP = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const endAtOnce = (): never => {
  endWatchedProcesses()
  process.exit(1)
}

/** Longer than the grace of a child and a database's last checkpoint together. */
const END_TIMEOUT_MS = 90_000

/** One for the whole process: it takes the signals. The first one stops in order (exit code 0), the second at once (exit code 1). */
export function createLifetime({say}: Options): Lifetime {
  const stops: (() => Promise<unknown>)[] = []
  let ending: Promise<never> | null = null

  const endInOrder = async (code: number, why: string): Promise<never> => {
    say(why)
    setTimeout(endAtOnce, END_TIMEOUT_MS).unref()
    let exitCode = code
    for (const stop of stops.reverse())
      await stop().catch((error: unknown) => {
        exitCode ||= 1
        say(`stopping: ${error instanceof Error ? error.message : String(error)}`)
      })
    process.exit(exitCode)
  }
  const end = (code: number, why: string): Promise<never> => (ending ??= endInOrder(code, why))

  // Whoever read the output is gone, as with a closed terminal.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => void end(1, 'Nobody reads the output any more.'))
  for (const signal of HANG_UP)
    process.on(signal, () => {
      if (!ending) return void end(0, 'Stopping; once more ends at once.')
      say('Ending at once.')
      endAtOnce()
    })

  return {
    own: (starting, stop) => {
      stops.push(async () => {
        // A start that failed left nothing to stop.
        const started = await starting.then(
          (value) => ({value}),
          () => null,
        )
        if (started) await stop(started.value)
      })
      // While ending, nobody goes on from here: `end` exits the process.
      return starting.then(
        (value) => (ending ? new Promise<never>(() => {}) : value),
        (error: unknown) => (ending ? new Promise<never>(() => {}) : Promise.reject(error)),
      )
    },
    end,
  }
}
