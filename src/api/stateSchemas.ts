import {isDeepStrictEqual} from 'node:util'
import type {ChainId} from '../domain/caip'

export const SCHEMA_PREFIX = 'squid_processor_eip155_'
const FRESH_MS = 5_000

/** The chains that processors keep state of in this database. */
export const STATE_SCHEMAS_SQL = `SELECT substr(n.nspname, ${SCHEMA_PREFIX.length + 1}) AS chain FROM pg_namespace n
  WHERE n.nspname ~ '^${SCHEMA_PREFIX}[0-9]{1,16}$' AND to_regclass(n.nspname || '.hot_block') IS NOT NULL AND to_regclass(n.nspname || '.status') IS NOT NULL`

/** What an answer found out, kept for a few seconds: a new processor brings a new schema. */
export type StateSchemas = Readonly<{
  known: () => readonly ChainId[] | null
  learn: (chains: readonly ChainId[]) => readonly ChainId[]
  forget: () => void
}>

export function createStateSchemas(): StateSchemas {
  let found: Readonly<{chains: readonly ChainId[]; until: number}> | null = null
  return {
    known: () => (found && found.until > Date.now() ? found.chains : null),
    learn: (now) => {
      // Mostly the same as before: what was made for them then is found again.
      const chains = found && isDeepStrictEqual(found.chains, now) ? found.chains : now
      found = {chains, until: Date.now() + FRESH_MS}
      return chains
    },
    forget: () => {
      found = null
    },
  }
}
