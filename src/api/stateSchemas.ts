import type {Pool} from 'pg'
import type {ChainId} from '../domain/caip'

export const SCHEMA_PREFIX = 'squid_processor_eip155_'
const FRESH_MS = 5_000

/** The chains that processors keep state of in this database, looked up every few seconds: a new processor brings a new schema. */
export function createStateSchemas(pool: Pool): () => Promise<readonly ChainId[]> {
  let known: Readonly<{chains: readonly ChainId[]; until: number}> = {chains: [], until: 0}
  return async () => {
    if (known.until > Date.now()) return known.chains
    const {rows} = await pool.query<{chain: string}>(
      `SELECT substr(n.nspname, ${SCHEMA_PREFIX.length + 1}) AS chain FROM pg_namespace n
       WHERE n.nspname ~ '^${SCHEMA_PREFIX}[0-9]+$' AND to_regclass(n.nspname || '.hot_block') IS NOT NULL AND to_regclass(n.nspname || '.status') IS NOT NULL`,
    )
    known = {chains: rows.map(({chain}) => Number(chain)), until: Date.now() + FRESH_MS}
    return known.chains
  }
}
