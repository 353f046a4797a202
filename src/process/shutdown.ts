import {constants} from 'node:os'
import type {Logger} from './logger'

const GRACE_MS = 10_000

/**
 * Runs `close` once on SIGINT, SIGTERM, or when the supervisor that started this process is gone (its IPC channel closes), then exits with 0;
 * with 1 when closing takes longer than 10 s or fails. Under a supervisor a signal is told by the exit code (128 and its number), as 0 says
 * there that the work is done, and a signal that the supervisor did not send is no reason to leave it undone.
 */
export function onShutdown(logger: Logger, close: () => Promise<void> | void): void {
  let closing = false
  const shutdown = (why: string, code: number) => {
    if (closing) return
    closing = true
    logger.info(`${why}: stopping`)
    setTimeout(() => process.exit(1), GRACE_MS).unref()
    Promise.resolve()
      .then(close)
      .then(() => process.exit(code))
      .catch((err: unknown) => {
        logger.error({err}, 'stopping failed')
        process.exit(1)
      })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => shutdown(signal, process.connected ? 128 + constants.signals[signal] : 0))
  process.on('disconnect', () => shutdown('supervisor gone', 0))
}

/** One line, and the exit code: 2 for what the operator has to mend (config, usage), else 1. */
export function exitWith(logger: Logger, error: unknown): never {
  const code = (error as {code?: unknown} | null)?.code
  logger.fatal({err: error}, error instanceof Error ? error.message : String(error))
  process.exit(code === 'E_CONFIG' ? 2 : 1)
}
