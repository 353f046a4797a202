import type {Logger} from './logger'

const GRACE_MS = 10_000

/**
 * Runs `close` once on SIGINT, SIGTERM, or when the supervisor that started this process is gone (its IPC channel closes), then exits with 0;
 * with 1 when closing takes longer than 10 s or fails.
 */
export function onShutdown(logger: Logger, close: () => Promise<void> | void): void {
  let closing = false
  const shutdown = (why: string) => {
    if (closing) return
    closing = true
    logger.info(`${why}: stopping`)
    setTimeout(() => process.exit(1), GRACE_MS).unref()
    Promise.resolve()
      .then(close)
      .then(() => process.exit(0))
      .catch((err: unknown) => {
        logger.error({err}, 'stopping failed')
        process.exit(1)
      })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => shutdown(signal))
  process.on('disconnect', () => shutdown('supervisor gone'))
}

/** One line, and the exit code: 2 for what the operator has to mend (config, usage), else 1. */
export function exitWith(logger: Logger, error: unknown): never {
  const code = (error as {code?: unknown} | null)?.code
  logger.fatal({err: error}, error instanceof Error ? error.message : String(error))
  process.exit(code === 'E_CONFIG' ? 2 : 1)
}
