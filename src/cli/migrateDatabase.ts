import {redactUrl} from '../process/redact'
import {migrate} from '../store/migrate'

/** Applies what is missing; answers its names. @throws Error that names the database without its password */
export async function migrateDatabase(url: string): Promise<readonly string[]> {
  try {
    return await migrate(url)
  } catch (cause) {
    throw new Error(`The database ${redactUrl(url)} cannot be used: ${messageOf(cause)}`, {cause})
  }
}

/** Of a host with several addresses a failed connection has no message, but one for each address. */
const messageOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : error instanceof Error ? error.message : String(error)
