import {Client} from 'pg'
import type {Logger} from './logger'

const FIRST_PAUSE_MS = 250
const MAX_PAUSE_MS = 2_000
const CONNECT_TIMEOUT_MS = 5_000

/** Of the network, and of a server that starts, stops or is full; https://www.postgresql.org/docs/current/errcodes-appendix.html */
const PASSING = /^(ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|57P0|53300|08)/

type Failure = Readonly<{code?: unknown; message?: unknown; errors?: readonly unknown[]}>

/** Whether another try may succeed. A wrong password or a database that does not exist is for the operator to mend. */
export function isDatabaseAway(error: unknown): boolean {
  const {code, message, errors} = (error ?? {}) as Failure
  if (typeof code === 'string') return PASSING.test(code)
  // A host of several addresses fails once for each; a connection that is cut off has a message only.
  return errors ? errors.every(isDatabaseAway) : /^(connection terminated|timeout)/i.test(String(message ?? ''))
}

/**
 * Waits until the database answers: a process that ended instead would be given up by whoever starts it again.
 * `onWaiting` is told why, each time. @throws what is no use waiting for
 */
export async function waitForDatabase(connectionString: string, logger: Logger, onWaiting: (reason: string) => void): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
    const error = await tryDatabase(connectionString)
    if (error === null) return
    if (!isDatabaseAway(error)) throw error
    const reason = `the database does not answer: ${describe(error)}`
    if (pause === FIRST_PAUSE_MS) logger.warn({}, `${reason}; waiting for it`)
    onWaiting(reason)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

async function tryDatabase(connectionString: string): Promise<unknown> {
  const client = new Client({connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS})
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return null
  } catch (error) {
    return error ?? new Error('no answer')
  } finally {
    await client.end().catch(() => {})
  }
}

/** Host and port stand in the message of the network's errors, a password in none. */
const describe = (error: unknown): string => {
  const {errors, message} = (error ?? {}) as Failure
  return errors ? errors.map(describe).join('; ') : String(message ?? error)
}
